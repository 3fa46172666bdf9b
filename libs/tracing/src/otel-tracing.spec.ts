import * as api from '@opentelemetry/api';
import { NodeSDK, tracing as sdk } from '@opentelemetry/sdk-node';
import { AppError } from '#domain';
import { OtelTracing } from './otel-tracing.js';
import type { SentRecord } from './tracing.js';

class Broken extends AppError {
  readonly code = 'BROKEN';
  readonly retryable = true;
}

const traceId = (n: number): string => String(n).padStart(32, '0');
const asked = (n: number, flags = '01') => ({
  headers: { traceparent: Buffer.from(`00-${traceId(n)}-b7ad6b7169203331-${flags}`), tracestate: 'a=b' },
});
const batchOf = (...records: object[]) => ({ topic: 't', partition: 3, firstOffset: '7', records });
const record: SentRecord = { topic: 'out' };

describe('spans', () => {
  const kept = new sdk.InMemorySpanExporter();
  const node = new NodeSDK({
    autoDetectResources: false,
    metricReaders: [],
    logRecordProcessors: [],
    // No trace begins here.
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOffSampler() }),
    spanProcessors: [new sdk.SimpleSpanProcessor(kept)],
  });
  let traced: OtelTracing;
  beforeAll(() => {
    node.start();
    traced = new OtelTracing(api as never, undefined, () => Promise.resolve());
  });
  beforeEach(() => kept.reset());
  afterAll(() => node.shutdown());

  const sent = async (): Promise<readonly SentRecord[]> => {
    let records: readonly SentRecord[] = [];
    await traced.send([record], (given) => {
      records = given;
      return Promise.resolve();
    });
    return records;
  };

  it('of a batch belong to its first trace, are linked to all, and what is sent goes on', async () => {
    const records = await traced.batch(batchOf({}, asked(1), asked(2)), 'g', sent);
    const [send, process] = kept.getFinishedSpans();
    expect([process.name, process.spanContext().traceId]).toEqual(['process t', traceId(1)]);
    expect(process.links.map(({ context }) => context.traceId)).toEqual([traceId(1), traceId(2)]);
    expect(process.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': 't',
      'messaging.destination.partition.id': '3',
      'messaging.batch.message_count': 3,
    });
    const traceparent = `00-${traceId(1)}-${send.spanContext().spanId}-01`;
    expect(records).toEqual([{ ...record, headers: { traceparent, tracestate: 'a=b' } }]);
  });

  it.each([
    ['none asks for a trace', [{}]],
    ['the trace is not kept', [asked(1, '00')]],
  ])('are none, and records stay as they are, where %s', async (_, records) => {
    expect(await traced.batch(batchOf(...records), 'g', sent)).toEqual([record]);
    expect(kept.getFinishedSpans()).toEqual([]);
  });

  it('say a fault by its code and nothing more', async () => {
    const failing = traced.batch(batchOf(asked(1)), 'g', () => Promise.reject(new Broken('00004 said 12')));
    await expect(failing).rejects.toThrow(Broken);
    const [{ attributes, status, events }] = kept.getFinishedSpans();
    expect([attributes['error.type'], status, events]).toEqual(['BROKEN', { code: api.SpanStatusCode.ERROR }, []]);
  });

  it('of a write are linked to all of its batches', async () => {
    const causes: object[] = [];
    for (const n of [1, 2]) {
      await traced.batch(batchOf(asked(n)), 'g', () => Promise.resolve(causes.push(traced.cause() as object)));
    }
    await traced.write(3, causes, sent);
    const write = kept.getFinishedSpans().find(({ name }) => name === 'write partition');
    expect(write?.spanContext().traceId).toBe(traceId(1));
    expect(write?.links.map(({ context }) => context)).toEqual(causes);
  });

  it('of a write without causes are none, whatever began the timer that led to it', async () => {
    const records = await traced.batch(batchOf(asked(1)), 'g', () => traced.write(3, [], sent));
    expect(records).toEqual([record]);
    expect(kept.getFinishedSpans().map(({ name }) => name)).toEqual(['process t']);
  });

  it('of a step are part of what is under way', async () => {
    await traced.batch(batchOf(asked(1)), 'g', () => Promise.resolve(traced.step('send stream', { n: 2 }, () => 1)));
    const [step, process] = kept.getFinishedSpans();
    expect([step.name, step.attributes, step.parentSpanContext?.spanId]).toEqual([
      'send stream',
      { n: 2 },
      process.spanContext().spanId,
    ]);
    expect(traced.step('send stream', {}, () => 1)).toBe(1);
    expect(kept.getFinishedSpans()).toHaveLength(2);
  });
});
