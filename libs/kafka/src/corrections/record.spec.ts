import { createRequire } from 'node:module';
import { encodeRecord, type Encoded, type ProtocolRecord } from './record.js';

const require = createRequire(import.meta.url);
const kafkajs = require('kafkajs/src/protocol/recordBatch/record/v0') as (record: ProtocolRecord) => Encoded;

describe('a record in the protocol', () => {
  const contents = [null, undefined, '', 'x', '00004|2026-03', 'Phường Ba Đình', '💊', Buffer.from([0, 255, 1])];
  const sized = [63, 64, 8_191, 8_192, 1_048_576].map((length) => 'a'.repeat(length));

  it.each([...contents, ...sized].map((content) => [content]))('has the bytes that kafkajs writes (%#)', (content) => {
    for (const offsetDelta of [0, 1, 63, 64, 499, 8_192, 1_000_000]) {
      for (const timestampDelta of [0, 5, 64, 100_000, 2 ** 29]) {
        const record = { offsetDelta, timestampDelta, key: content, value: content ?? null };
        expect(encodeRecord(record).buffer.equals(kafkajs(record).buffer)).toBe(true);
      }
    }
  });

  it.each([
    [{}],
    [{ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }],
    [{ traceparent: Buffer.from('x'), tracestate: 'á=b'.repeat(100), tên: '' }],
    [Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`h${n}`, `v${n}`]))],
  ])('has the headers that kafkajs writes (%#)', (headers) => {
    const record = { offsetDelta: 1, key: '00004', value: Buffer.from('x'), headers };
    expect(encodeRecord(record).buffer.equals(kafkajs(record).buffer)).toBe(true);
  });
});
