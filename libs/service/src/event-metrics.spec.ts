import { refused } from '#domain';
import { SkippedRecords } from '#stream';
import { countRefusals, countSkipped, measuredSends } from './event-metrics.js';
import { ServiceMetrics } from './metrics.js';

const someMetrics = () => new ServiceMetrics({ service: 'test', version: '0', restarts: 0 });

describe('refusals', () => {
  it('are counted by code and origin, those that never came with 0', async () => {
    const metrics = someMetrics();
    const onRefused = countRefusals(metrics, 'http');
    onRefused([refused('SCHEMA', '', 'x'), refused('SCHEMA', '', 'y'), refused('TOO_LARGE', '', 'z')]);
    const text = await metrics.scrape();
    expect(text).toContain('tonghop_refused_events_total{code="SCHEMA",origin="http"} 2');
    expect(text).toContain('tonghop_refused_events_total{code="TOO_LARGE",origin="http"} 1');
    expect(text).toContain('tonghop_refused_events_total{code="FUTURE_TIME",origin="http"} 0');
  });
});

describe('sends', () => {
  const batch = {
    topicMessages: [
      { topic: 'a', messages: [{ value: '1' }, { value: '2' }] },
      { topic: 'b', messages: [{ value: '3' }] },
    ],
  };

  it('are measured: how long, how many records, to which topics', async () => {
    const metrics = someMetrics();
    const answer = await measuredSends({ sendBatch: () => Promise.resolve([]) }, metrics).sendBatch(batch);
    const text = await metrics.scrape();
    expect(answer).toEqual([]);
    expect(text).toContain('messaging_client_sent_messages_total{messaging_destination_name="a"} 2');
    expect(text).toContain('messaging_client_sent_messages_total{messaging_destination_name="b"} 1');
    expect(text).toContain('messaging_client_operation_duration_seconds_count{messaging_operation_name="send"} 1');
    expect(text).toContain('tonghop_send_records_sum 3');
    expect(text).toContain('tonghop_send_failures_total 0');
  });

  it('that fail are counted as such, and their error is told', async () => {
    const metrics = someMetrics();
    const producer = { sendBatch: () => Promise.reject(new Error('away')) };
    await expect(measuredSends(producer, metrics).sendBatch(batch)).rejects.toThrow('away');
    const text = await metrics.scrape();
    expect(text).toContain('tonghop_send_failures_total 1');
    expect(text).not.toContain('messaging_client_sent_messages_total{');
  });
});

describe('records set aside', () => {
  it('are counted: how many there are, and how often one was passed over', async () => {
    const metrics = someMetrics();
    const skipped = new SkippedRecords({} as never, 'skipped');
    countSkipped(skipped, metrics);
    const held = { v: 1, topic: 't', partition: 0, offset: '7', reason: 'r', by: 'b', at: '2026-01-01T00:00:00Z' };
    (skipped as unknown as { take(message: object): void }).take({ value: Buffer.from(JSON.stringify(held)) });
    for (let n = 0; n < 2; n += 1)
      skipped.marked('t', 0, [
        { offset: '7', value: null },
        { offset: '8', value: null },
      ] as never);
    const text = await metrics.scrape();
    expect(text).toContain('tonghop_set_aside_records 1');
    expect(text).toContain('tonghop_skipped_records_total{topic="t"} 2');
  });
});
