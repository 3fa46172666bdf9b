/**
 * Records that anyone with the right may write to the event topics, from the same grammar as the requests: keys, values, headers and
 * codecs of any kind, in batches that are well formed, and some that are not.
 */
import { provinceEventTopics, type Topics } from '#contracts';
import { hostileBatch, hostileKinds } from '../kit/hostile-batches.js';
import { produceRaw } from '../kit/raw-producer.js';
import { batchBytes, codecs, type PlainRecord } from '../kit/record-batch.js';
import { seeded } from '../kit/seeded-workload.js';
import { below, hostileTexts, pick, randomSeed, varied, type Pool, type Random } from './grammar.js';

const BATCH = 400;
const MAX_BYTES = 700_000;
const AT_ONCE = 4;
const PROVINCE_SHARE = 0.15;
const VALID_SHARE = 0.9;

const unitIn = (value: Buffer): string => /"unit":"(\d+)"/.exec(value.toString('latin1'))?.[1] ?? '00004';

export class RecordCases {
  constructor(
    private readonly seed: number,
    private readonly pool: Pool,
  ) {}

  /** The record of a number, always the same for the same seed. */
  of(n: number): PlainRecord {
    const random = seeded(randomSeed(this.seed + 2, n));
    const value = valueOf(this.pool, random);
    const headers = random() < 0.1 ? headersOf(random) : [];
    return { key: keyOf(value, random), value, headers, timestampDelta: random() < 0.05 ? below(random, 2 ** 31) : 0 };
  }
}

const valueOf = (pool: Pool, random: Random): Buffer | null => {
  const chance = random();
  if (chance < 0.98) return varied(pool, random, VALID_SHARE);
  if (chance < 0.985) return null;
  if (chance < 0.99) return Buffer.alloc(0);
  if (chance < 0.995) return Buffer.alloc(70_000, '"x');
  return Buffer.from(pick(random, hostileTexts));
};

const keyOf = (value: Buffer | null, random: Random): Buffer | null => {
  const chance = random();
  if (chance < 0.95 && value !== null) return Buffer.from(unitIn(value));
  if (chance < 0.97) return null;
  return chance < 0.99 ? Buffer.from(pick(random, hostileTexts)) : Buffer.from([0xff, 0xfe, 0]);
};

const headerNames = ['ce_specversion', 'ce_id', 'ce_type', 'content-type', 'traceparent', '__proto__', '', 'ce_'];

const headersOf = (random: Random): (readonly [string, Buffer | null])[] =>
  Array.from({ length: below(random, 5) }, () => [
    pick(random, headerNames),
    random() < 0.2 ? null : Buffer.from(pick(random, ['1.0', 'application/json', ...hostileTexts])),
  ]);

export interface RecordGround {
  readonly broker: string;
  readonly topics: Topics;
  readonly partitions: number;
}

export class RecordSender {
  taken = 0;
  readonly faults: string[] = [];

  constructor(
    private readonly ground: RecordGround,
    private readonly seed: number,
  ) {}

  async sendAll(cases: RecordCases, numbers: readonly number[]): Promise<void> {
    const batches: number[][] = [];
    for (let from = 0; from < numbers.length; from += BATCH) batches.push([...numbers.slice(from, from + BATCH)]);
    const left = batches.map((batch, at) => ({ batch, at }));
    const one = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const random = seeded(randomSeed(this.seed + 3, next.at));
        const records = next.batch.map((n) => cases.of(n));
        for (const portion of portions(records)) await this.send(portion, random);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  /** Each kind of what nobody should write. What the broker turns away is none of ours. */
  async sendHostile(): Promise<void> {
    const random = seeded(this.seed + 4);
    for (const kind of hostileKinds) {
      const { bytes, records } = hostileBatch(kind, random);
      const { error } = await this.produce(this.ground.topics.indicatorEvents, bytes, random);
      if (error === 0) this.taken += records;
    }
  }

  private async send(records: readonly PlainRecord[], random: Random): Promise<void> {
    const [codec, pack] = codecs[pick(random, Object.keys(codecs))];
    const isOfProvince = random() < PROVINCE_SHARE;
    const topic = isOfProvince
      ? pick(random, provinceEventTopics(this.ground.topics)).topic
      : this.ground.topics.indicatorEvents;
    const { error } = await this.produce(topic, batchBytes(records, { codec, pack }), random, isOfProvince);
    if (error === 0) this.taken += records.length;
    else this.faults.push(`the broker turned a batch of ${records.length} away: error ${error}`);
  }

  private produce(topic: string, bytes: Buffer, random: Random, isSingle = false) {
    const partition = isSingle ? 0 : below(random, this.ground.partitions);
    return produceRaw(this.ground.broker, topic, partition, bytes);
  }
}

const sizeOf = ({ value }: PlainRecord): number => (value?.length ?? 0) + 100;

const portions = (records: readonly PlainRecord[]): PlainRecord[][] => {
  const cut: PlainRecord[][] = [[]];
  let size = 0;
  for (const record of records) {
    size += sizeOf(record);
    if (size > MAX_BYTES) {
      cut.push([]);
      size = sizeOf(record);
    }
    cut[cut.length - 1].push(record);
  }
  return cut;
};
