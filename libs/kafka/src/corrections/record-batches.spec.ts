import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { processorMs } from '../../../../test/kit/processor-time.js';
import { batchBytes, codecs, zstdBomb, type PlainRecord } from '../../../../test/kit/record-batch.js';
import './fetch.js';
import { readBatches } from './record-batches.js';

const text = (value: Buffer | null | undefined) => value?.toString('latin1') ?? null;
const eventsOf = (count: number): PlainRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    key: Buffer.from('00004'),
    value: Buffer.from(`event ${n} `.repeat(20)),
  }));

describe('record batches of a fetch', () => {
  it.each(Object.entries(codecs))('packed with %s are read to the byte', async (_, [codec, pack]) => {
    const records = eventsOf(500);
    const read = await readBatches(batchBytes(records, { firstOffset: 7n, codec, pack }));
    expect(read.map(({ offset, value }) => [offset, text(value)])).toEqual(
      records.map(({ value }, n) => [String(7 + n), text(value)]),
    );
    expect(read[0]).toMatchObject({ timestamp: '1700000000000', isControlRecord: false });
  });

  it('are read by kafkajs through the same code', async () => {
    const require = createRequire(__filename);
    const DecoderOfKafkajs = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => unknown;
    const decode = require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages') as (
      d: unknown,
    ) => Promise<{ value: Buffer }[]>;
    const batch = batchBytes(eventsOf(3), { codec: 2, pack: codecs.snappy[1] });
    const size = Buffer.alloc(4);
    size.writeInt32BE(batch.length);
    const read = await decode(new DecoderOfKafkajs(Buffer.concat([size, batch])));
    expect(read.map(({ value }) => text(value))).toEqual(eventsOf(3).map(({ value }) => text(value)));
  });

  it('give back any keys, values, headers, deltas', async () => {
    const bytes = fc.option(fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)));
    const record = fc.record({
      key: bytes,
      value: bytes,
      headers: fc.array(fc.tuple(fc.string({ unit: 'binary' }), bytes), { maxLength: 4 }),
      timestampDelta: fc.integer({ min: 0, max: 2 ** 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const read = await readBatches(batchBytes(records));
        expect(read).toHaveLength(records.length);
        read.forEach(({ key, value, headers, timestamp }, n) => {
          expect([text(key), text(value)]).toEqual([text(records[n].key), text(records[n].value)]);
          expect(timestamp).toBe(String(1_700_000_000_000 + records[n].timestampDelta));
          const named = new Set(records[n].headers.map(([name]) => Buffer.from(name).toString()));
          expect(new Set(Object.keys(headers ?? {}))).toEqual(named);
        });
      }),
    );
  });

  it('gather the values of a header that comes twice', async () => {
    const headers = ['a', 'b', 'c'].map((value) => ['x', Buffer.from(value)] as const);
    const [{ headers: read }] = await readBatches(batchBytes([{ headers: [...headers, ['__proto__', null]] }]));
    expect(read?.x?.toString()).toBe('a,b,c');
    expect(Object.keys(read ?? {})).toEqual(['x', '__proto__']);
  });

  it('that are cut off at the end come with the next fetch', async () => {
    const [first, second] = [batchBytes(eventsOf(2)), batchBytes(eventsOf(2), { firstOffset: 2n })];
    const read = await readBatches(Buffer.concat([first, second.subarray(0, -1)]));
    expect(read.map(({ offset }) => offset)).toEqual(['0', '1']);
  });

  it('of which compaction has taken the last records still end where they ended', async () => {
    const read = await readBatches(batchBytes(eventsOf(2), { lastOffsetDelta: 9 }));
    expect(read.map(({ offset, isControlRecord }) => [offset, isControlRecord])).toEqual([
      ['0', false],
      ['1', false],
      ['9', true],
    ]);
  });
});

describe('a batch that cannot be read stands as one record at its end, and what comes after it is read', () => {
  const after = batchBytes(eventsOf(1), { firstOffset: 8n });
  const broken = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] ^= 0x40;
    return copy;
  };
  const at5 = (records: readonly PlainRecord[], options: object) =>
    batchBytes(records, { firstOffset: 5n, ...options });
  const three = eventsOf(3);
  const hostile: readonly [string, string, Buffer][] = [
    ['of a codec that nobody knows', 'UNKNOWN_CODEC', at5(three, { codec: 6 })],
    ['with a checksum that does not match', 'CORRUPT', broken(at5(three, {}), 100)],
    ...Object.entries(codecs)
      .slice(1)
      .map(([name, [codec]]): [string, string, Buffer] => [
        `of garbage that is said to be ${name}`,
        'CORRUPT',
        at5(three, { codec, pack: () => Buffer.from('this is not packed by anything at all') }),
      ]),
    ['with more records than bytes', 'CORRUPT', at5(three, { count: 1_000_000, lastOffsetDelta: 2 })],
    ['with fewer bytes than a record says', 'CORRUPT', at5(three, { pack: (plain: Buffer) => plain.subarray(0, -30) })],
    [
      'that unpacks to 100 MB of gzip',
      'TOO_LARGE',
      at5(three, { codec: 1, pack: () => gzipSync(Buffer.alloc(100 << 20)) }),
    ],
    ['that unpacks to 13 GB of zstd', 'TOO_LARGE', at5(three, { codec: 4, pack: () => zstdBomb(100_000) })],
    [
      'of more records than anybody sends at once',
      'TOO_LARGE',
      at5(three, {
        codec: 1,
        count: 300_000,
        pack: () => gzipSync(Buffer.concat(Array<Buffer>(300_000).fill(Buffer.from([12, 0, 0, 0, 1, 1, 0])))),
      }),
    ],
  ];

  it.each(hostile)('%s', async (_, why, batch) => {
    const read = await readBatches(Buffer.concat([batch, after]));
    expect(read.map(({ offset, value }) => [offset, text(value)?.slice(0, 7) ?? null])).toEqual([
      ['7', null],
      ['8', 'event 0'],
    ]);
    expect(read[0].unreadable).toMatchObject({ why, firstOffset: '5', lastOffset: '7' });
  });

  it('whatever byte of it is changed', async () => {
    const batch = at5(three, { codec: 1, pack: codecs.gzip[1] });
    for (let at = 17; at < batch.length; at += 1) {
      const read = await readBatches(Buffer.concat([broken(batch, at), after]));
      expect(read[0].unreadable).toBeDefined();
      expect(read.at(-1)?.offset).toBe('8');
    }
  });

  it('a thousand bombs in one answer are read a few at a time', async () => {
    const tiny = Buffer.concat(Array<Buffer>(200_000).fill(Buffer.from([12, 0, 0, 0, 1, 1, 0])));
    const bomb = batchBytes([], { codec: 1, count: 200_000, pack: () => gzipSync(tiny) });
    const read = await readBatches(Buffer.concat(Array<Buffer>(1_000).fill(bomb)));
    expect(read.length).toBeLessThanOrEqual(200_001);
  });

  it('headers take time in proportion to their number', async () => {
    const timed = (count: number) => {
      const headers = Array.from({ length: count }, (_, n) => [`h${n}`, null] as const);
      const batch = batchBytes([{ headers }]);
      return processorMs(() => readBatches(batch));
    };
    await timed(20_000);
    const [small, large] = [await timed(10_000), await timed(80_000)];
    expect(large).toBeLessThan(40 * Math.max(small, 1));
  });
});
