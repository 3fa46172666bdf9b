import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkEvent, isRefusal, refused, type Refusal } from '#domain';
import { anEvent } from '../../../test/kit/builders.js';
import { processorMs } from '../../../test/kit/processor-time.js';
import {
  decodeRejected,
  headersOf,
  KEPT_BYTES,
  KEPT_HEADER_BYTES,
  refusedUnit,
  rejectedUnit,
  rejectionRecord,
  type Received,
  type RejectedEvent,
} from './rejection.js';
import { topicSpecs, topicsOf } from './topics.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const refusal = refused('MALFORMED_JSON', '', 'not JSON');
const record = (received: Partial<Received>, why: Refusal = refusal) =>
  rejectionRecord(why, { origin: 'http', receivedAt: 0, bytes: Buffer.from('{'), ...received }, sha256);
const rejectedOf = (received: Partial<Received>) => decodeRejected(record(received).value) as RejectedEvent;

const topics = topicsOf('t');
const limit = Number(
  topicSpecs(topics).find(({ topic }) => topic === topics.rejectedEvents)?.config['max.message.bytes'],
);

describe('the record of a refused event', () => {
  it('keeps the bytes and headers as received', () => {
    const bytes = Buffer.from([0x7b, 0xff]);
    const headers = headersOf({ ce_id: Buffer.from('é'), ce_type: ['a', 'b'], empty: undefined });
    const { raw, headers: kept, ...rest } = rejectedOf({ bytes, headers });
    expect(Buffer.from(raw, 'base64')).toEqual(bytes);
    expect(kept?.map(([name, value]) => [name, Buffer.from(value, 'base64').toString()])).toEqual([
      ['ce_id', 'é'],
      ['ce_type', 'a'],
      ['ce_type', 'b'],
      ['empty', ''],
    ]);
    expect(Object.keys(rest)).toEqual(['code', 'pointer', 'detail', 'receivedAt', 'origin']);
  });

  it('keeps the beginning, the size and the hash of what is too large', () => {
    const bytes = Buffer.alloc(KEPT_BYTES + 1, 'x');
    const { raw, rawBytes, rawSha256 } = rejectedOf({ bytes });
    expect(Buffer.from(raw, 'base64')).toEqual(bytes.subarray(0, KEPT_BYTES));
    expect({ rawBytes, rawSha256 }).toEqual({ rawBytes: KEPT_BYTES + 1, rawSha256: sha256(bytes) });
  });

  it('says how many headers found no room', () => {
    const headers = headersOf({ a: 'x', b: 'y'.repeat(KEPT_HEADER_BYTES), c: 'z' });
    expect(rejectedOf({ headers })).toMatchObject({ headers: [['a', 'eA==']], headersLeftOut: 2 });
  });

  it.each([NaN, Infinity, 1e300, -1])('is made whatever the timestamp of the record says: %d', (receivedAt) =>
    expect(rejectedOf({ receivedAt })).toBeDefined(),
  );

  it('has the code of a unit as its key, or none', () => {
    const keys = ['00004', '01', Buffer.from('00004'), 'VN', 'x', '', null, 'x'.repeat(1_000_000)];
    expect(keys.map((key) => record({ key }).key)).toEqual(['00004', '01', '00004', null, null, null, null, null]);
  });

  it('is of the unit that the event names, else of its key, and both only where they are units', () => {
    const named = (unit: unknown) => Buffer.from(JSON.stringify({ data: { unit } }));
    const cases: [Buffer | null, string | null, string | undefined][] = [
      [named('00004'), '00008', '00004'],
      [Buffer.concat([Buffer.from('\ufeff'), named('00004')]), null, '00004'],
      [named('x'.repeat(60_000)), '00008', '00008'],
      [named(4), null, undefined],
      [null, '00008', '00008'],
      [Buffer.from('{'), 'x', undefined],
      [Buffer.concat([named('00004'), Buffer.alloc(KEPT_BYTES, ' ')]), '00008', '00008'],
    ];
    for (const [bytes, key, unit] of cases) {
      expect(refusedUnit(bytes, key)).toBe(unit);
      // What stands in the topic says the same as what was received.
      const { key: kept, value } = record({ bytes, key });
      expect(rejectedUnit(decodeRejected(value) as RejectedEvent, kept === null ? null : Buffer.from(kept))).toBe(unit);
    }
  });

  it('is under half of what the topic takes, whatever is refused', () => {
    const texts = fc.oneof(fc.string(), fc.constantFrom('~', '/', '"', '\\', '\u0001', '\ud800', '{"a":', 'ế'));
    const long = fc.tuple(texts, fc.nat(200_000)).map(([text, times]) => text.repeat(times % 40_000).slice(0, times));
    const events = long.map((name) => JSON.stringify(anEvent({ data: { [name]: 1 } })));
    fc.assert(
      fc.property(
        fc.oneof(long, events),
        fc.array(fc.tuple(long, long), { maxLength: 4 }),
        long,
        (text, pairs, key) => {
          const bytes = Buffer.from(text);
          const outcome = checkEvent({ bytes: bytes.length, text, key, receivedAt: 0 });
          if (!isRefusal(outcome)) throw new Error('not refused');
          const headers = pairs.map(([name, value]) => [name, Buffer.from(value)] as const);
          expect(record({ bytes, key, headers }, outcome).value.length).toBeLessThan(limit / 2);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes time in proportion to what is refused', async () => {
    const key = 'x'.repeat(16_000_000);
    const bytes = Buffer.alloc(16_000_000, '"');
    expect(await processorMs(() => record({ bytes, key }))).toBeLessThan(1_000);
  });
});
