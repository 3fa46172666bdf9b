import { topicsOf } from '#contracts';
import { RecordSender } from '#kafka';
import type { RecordBatch } from '#stream';
import type { Cause } from '#tracing';
import { CheckController } from './check.controller.js';
import type { StageContext } from './rollup.config.js';

const topics = topicsOf('t');
const cause = {} as Cause;
const decision = {
  v: 1,
  type: 'month.reopened',
  province: '01',
  period: '2026-03',
  by: { id: 'a', name: 'A' },
  reason: 'r',
};

describe('the check stage', () => {
  it('passes decisions on to the partition of their province, with what led to them; what is none is passed over', async () => {
    const sent: Parameters<RecordSender['send']>[] = [];
    const sender = new RecordSender({ sendBatch: () => Promise.resolve([]) });
    sender.send = (...args) => {
      sent.push(args);
      return Promise.resolve();
    };
    const context = { topics, generation: 1, partitions: new Map([[topics.communeReports, 12]]) };
    const records = [JSON.stringify(decision), 'poison'].map((value, offset) => ({
      value: Buffer.from(value),
      offset: String(offset),
      timestamp: '5',
    }));
    const batch = { topic: topics.decisions, partition: 0, records, cause } as unknown as RecordBatch;
    await new CheckController(context as unknown as StageContext, sender).handle(batch);
    const [[[record, ...others], options]] = sent;
    expect(others).toEqual([]);
    expect(JSON.parse(String(record.value))).toMatchObject({
      g: 1,
      decisions: [{ ...decision, order: 0, receivedAt: 5 }],
    });
    expect(options?.cause).toBe(cause);
  });
});
