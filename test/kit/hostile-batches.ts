/**
 * Record batches that nobody here would write: as large as the broker takes, or larger once unpacked, with keys, headers and texts of
 * any length, with bytes that are nothing. Each of their records is to be refused at its own place, and nothing else may come of it.
 *
 * A broker looks into what it takes: what is broken in a way that it sees it turns away itself.
 */
import { gzipSync } from 'node:zlib';
import { REPORTED } from '#domain';
import { anEvent } from './builders.js';
import { batchBytes, codecs, type BatchOptions, type PlainRecord } from './record-batch.js';

export interface HostileBatch {
  readonly kind: string;
  readonly bytes: Buffer;
  /** How many records it holds. Each stands in rejected-events; of one that cannot be unpacked, the batch as a whole, at its last place. */
  readonly records: number;
  readonly isReadable: boolean;
}

type Random = () => number;

/** Kafka's default for a batch, packed; and what a batch's and a record's own fields take of it at most. */
const MAX_BATCH_BYTES = 1_048_588;
const OVERHEAD_BYTES = 200;
const LARGEST = MAX_BATCH_BYTES - OVERHEAD_BYTES;
const MIB = 1_048_576;

const below = (random: Random, top: number): number => Math.floor(random() * top);
const between = (random: Random, least: number, most: number): number => least + below(random, most - least + 1);

const noise = (random: Random, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(Math.floor(random() * 4_294_967_296), at);
  return bytes;
};

const eventText = (fields: Parameters<typeof anEvent>[0] = {}): Buffer => Buffer.from(JSON.stringify(anEvent(fields)));

const packed = (name: string): BatchOptions => ({ codec: codecs[name][0], pack: codecs[name][1] });
const packings = Object.keys(codecs);

const nested = (open: string, close: string, depth: number): Buffer =>
  Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`);

/** An event with one text of the length given. */
const longTexts: readonly ((length: number) => Buffer)[] = [
  (length) => eventText({ id: 'i'.repeat(length) }),
  (length) => eventText({ source: `/units/${'0'.repeat(length)}` }),
  (length) => eventText({ type: `${REPORTED}${'.x'.repeat(length / 2)}` }),
  (length) => eventText({ time: `2026-03-14T09:30:00.${'0'.repeat(length)}Z` }),
  (length) => eventText({ data: { unit: '0'.repeat(length) } }),
  (length) => eventText({ data: { indicator: 'b'.repeat(length) } }),
  (length) => eventText({ data: { period: '2'.repeat(length) } }),
  (length) => eventText({ data: { [`f${'x'.repeat(length)}`]: 1 } }),
  (length) => eventText({ data: { revision: 'r'.repeat(length) } }),
  (length) => eventText({ specversion: 's'.repeat(length) }),
];

/** Makes the records, and says how they are packed. */
type Recipe = (random: Random) => { readonly records: readonly PlainRecord[]; readonly options?: BatchOptions };

const someKey = Buffer.from('00004');

const readable: Readonly<Record<string, Recipe>> = {
  'a key as large as the broker takes': (random) => ({
    records: [{ key: noise(random, LARGEST - 1_000), value: eventText() }],
  }),
  'keys of 250 kB to 900 kB': (random) => ({
    records: [{ key: Buffer.alloc(between(random, 250_000, 900_000), 'k'), value: eventText() }],
  }),
  'a key of 10 MB, packed': (random) => ({
    records: [{ key: Buffer.alloc(10 * MIB, below(random, 256)), value: eventText() }],
    options: packed('gzip'),
  }),
  'a value as large as the broker takes': (random) => ({ records: [{ key: someKey, value: noise(random, LARGEST) }] }),
  'a value of 10 MB, packed': (random) => ({
    records: [{ key: someKey, value: Buffer.alloc(10 * MIB, below(random, 256)) }],
    options: packed(['gzip', 'lz4', 'snappy'][below(random, 3)]),
  }),
  '250 events with ids of 60 kB': () => ({
    records: Array.from({ length: 250 }, (_, n) => ({
      key: someKey,
      value: eventText({ id: `${n}-`.padEnd(60_000, 'x') }),
    })),
    options: packed('gzip'),
  }),
  'a header as large as the broker takes': (random) => ({
    records: [{ key: someKey, value: Buffer.from('{'), headers: [['h', noise(random, LARGEST - 100)]] }],
  }),
  'ten thousand headers': (random) => ({
    records: [
      {
        key: someKey,
        value: Buffer.from('{'),
        headers: Array.from({ length: 10_000 }, (_, n) => [`ce_${n % 100}`, noise(random, 8)] as const),
      },
    ],
  }),
  'noise for keys, values and headers': (random) => ({
    records: Array.from({ length: between(random, 1, 40) }, () => ({
      key: random() < 0.2 ? null : noise(random, below(random, 200)),
      value: random() < 0.1 ? null : noise(random, below(random, 5_000)),
      headers: random() < 0.5 ? [] : [[`h${below(random, 9)}`, random() < 0.3 ? null : noise(random, 20)] as const],
    })),
    options: packed(packings[below(random, packings.length)]),
  }),
  'values of nothing': (random) => ({
    records: [null, Buffer.alloc(0), Buffer.from(' '), Buffer.from('null'), Buffer.from('\ufeff')].map((value) => ({
      key: random() < 0.5 ? null : Buffer.alloc(0),
      value,
    })),
  }),
  'JSON as deep as an event may be long': (random) => ({
    records: [
      { key: someKey, value: nested('[', ']', 32_000) },
      { key: someKey, value: nested('{"data":', '}', 7_000) },
      { key: someKey, value: Buffer.from(`{"data":${'['.repeat(between(random, 1, 60_000))}`) },
    ],
  }),
  'one long text in an event': (random) => ({
    records: longTexts.map((make) => ({ key: someKey, value: make(between(random, 300, 64_000)) })),
    options: packed(packings[below(random, packings.length)]),
  }),
  'two thousand records that say nothing': (random) => ({
    records: Array.from({ length: 2_000 }, (_, n) => ({
      key: someKey,
      value: Buffer.from(`{"n":${n * below(random, 9)}`),
    })),
    options: packed(packings[below(random, packings.length)]),
  }),
};

/** What unpacks to more than anybody can hold at once: a record of zeros, 1,000 times as large as its batch. */
const UNPACKED_BYTES = 100 * MIB;
let bomb: Buffer | undefined;
const unpacksTooLarge = (): Buffer =>
  (bomb ??= batchBytes([{ key: someKey, value: Buffer.alloc(UNPACKED_BYTES) }], {
    codec: 1,
    pack: (plain) => gzipSync(plain),
  }));

export const hostileKinds: readonly string[] = [...Object.keys(readable), 'a batch that unpacks to 100 MB'];

export const hostileBatch = (kind: string, random: Random): HostileBatch => {
  if (!(kind in readable)) return { kind, bytes: unpacksTooLarge(), records: 1, isReadable: false };
  const { records, options } = readable[kind](random);
  return { kind, bytes: batchBytes(records, options), records: records.length, isReadable: true };
};
