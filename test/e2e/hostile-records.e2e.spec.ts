/**
 * Whatever a stranger writes to the event topic or sends to the intake, nothing stops: what comes behind it is in the country's
 * figures soon, each of its records is refused at its own place, and what it leads to fits easily where it goes.
 */
import fc from 'fast-check';
import { topicSpecs } from '#contracts';
import { COUNTRY, indicators } from '#domain';
import { boundsOf, readTopic } from '#stream';
import { connectStore, rejectionModel, storedItems, windowModel, type Connection } from '#store';
import { anEvent } from '../kit/builders.js';
import { hostileBatch, hostileKinds, type HostileBatch } from '../kit/hostile-batches.js';
import { eventually, FIRST_GENERATION, startInstallation, type TestInstallation } from '../kit/installation.js';
import { produceRaw } from '../kit/raw-producer.js';
import { batchBytes, codecs, type PlainRecord } from '../kit/record-batch.js';
import { seeded } from '../kit/seeded-workload.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

/** On a machine that is busy with other work; alone it is a second or two. */
const SOON_MS = 60_000;
const RUNS = 12;
const SEED = 12;
const MESSAGE_TOO_LARGE = 10;
const DEFAULT_MAX_BYTES = 1_048_588;
const PERIOD = '2026-01';

const [...partitions] = [0, 1, 2, 3].keys();
const counts = indicators.filter(
  ({ kind, breakdown, max_per_unit, reported_by }) =>
    kind === 'count' && breakdown === undefined && max_per_unit === undefined && reported_by.includes('commune'),
);

/** Any key, value and headers, of any length that fits, in any codec. */
const lengths = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 900_000 }));
const bytes = lengths.chain((length) =>
  fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((byte) => Buffer.alloc(length, byte)),
    fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.alloc(length, some.length > 0 ? some : 0)),
  ),
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  lengths.map((length) => 'x'.repeat(length % 60_000)),
);
const json = fc.record({ id: texts, source: texts, type: texts, time: texts, data: fc.jsonValue({ maxDepth: 8 }) });
const depth = fc.integer({ min: 1, max: 30_000 }).map((n) => Buffer.from(`${'['.repeat(n)}${']'.repeat(n)}`));
const values = fc.oneof(
  bytes,
  depth,
  json.map((event) => Buffer.from(JSON.stringify({ ...anEvent(), ...event, specversion: '1.0' }))),
  fc.constant(null),
);
const records: fc.Arbitrary<PlainRecord> = fc.record({
  key: fc.oneof(bytes, fc.constant(null)),
  value: values,
  headers: fc.array(fc.tuple(fc.string({ maxLength: 300 }), fc.oneof(bytes, fc.constant(null))), { maxLength: 5 }),
});
const anyBatch: fc.Arbitrary<HostileBatch> = fc
  .tuple(fc.array(records, { minLength: 1, maxLength: 4 }), fc.constantFrom(...Object.keys(codecs)))
  .map(([made, name]) => {
    const [codec, pack] = codecs[name];
    return { kind: `any, ${name}`, bytes: batchBytes(made, { codec, pack }), records: made.length, isReadable: true };
  });

describe('records that nobody should write', () => {
  let installation: TestInstallation;
  let connection: Connection;
  let round = 0;
  const places: string[] = [];

  beforeAll(async () => {
    installation = await startInstallation('check,province,ministry,projection,intake');
    connection = await connectStore(installation.config);
  });
  afterAll(async () => {
    await connection?.close();
    await installation?.stop();
  });

  const put = async (partition: number, batch: Buffer) => {
    const { config, topics } = installation;
    return produceRaw(config.KAFKA_BROKERS[0], topics.indicatorEvents, partition, batch);
  };

  /** Returns false where the broker does not take it. */
  const putHostile = async (partition: number, { bytes: batch, records: count }: HostileBatch): Promise<boolean> => {
    const { error, baseOffset } = await put(partition, batch);
    if (error === MESSAGE_TOO_LARGE) return false;
    expect(error).toBe(0);
    const topic = installation.topics.indicatorEvents;
    for (let n = 0; n < count; n += 1) places.push(`${topic}|${partition}|${baseOffset + BigInt(n)}`);
    return true;
  };

  const countrysFigures = async (): Promise<number[]> => {
    const windows = windowModel(connection, FIRST_GENERATION);
    const document = await windows.findById(`${COUNTRY}|${PERIOD}`, { unit: 1, items: 1 }).lean().exec();
    const items = document === null ? [] : storedItems(document);
    return partitions.map((n) => Number(items.find(({ indicator }) => indicator === counts[n].code)?.value ?? 0));
  };

  /** One good event behind everything, in each partition: milliseconds until the country's figures say all of them. */
  const untilFigures = async (): Promise<number> => {
    round += 1;
    const startedAt = Date.now();
    for (const partition of partitions) {
      const data = { indicator: counts[partition].code, period: PERIOD, revision: round, value: round };
      const { numerator: _n, denominator: _d, ...measure } = anEvent({ data }).data as Record<string, unknown>;
      const event = { ...anEvent({ id: `good-${round}-${partition}` }), data: measure };
      const record = { key: Buffer.from('00004'), value: Buffer.from(JSON.stringify(event)) };
      expect(await put(partition, batchBytes([record]))).toMatchObject({ error: 0 });
    }
    await eventually(countrysFigures, (figures) => partitions.every((n) => figures[n] === round), SOON_MS);
    return Date.now() - startedAt;
  };

  it.each(hostileKinds)('%s: what comes behind it is in the figures soon', async (kind) => {
    const random = seeded(SEED + round);
    for (const partition of partitions) expect(await putHostile(partition, hostileBatch(kind, random))).toBe(true);
    await untilFigures();
  });

  it('any keys, values and headers: what comes behind them is in the figures soon', async () => {
    const property = fc.asyncProperty(fc.array(anyBatch, { minLength: 2, maxLength: 8 }), async (batches) => {
      for (const [n, batch] of batches.entries()) await putHostile(partitions[n % partitions.length], batch);
      await untilFigures();
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
  }, 300_000);

  it('takes no longer for a key sixteen times as long, but for the bytes', async () => {
    const msOf = async (length: number) => {
      for (const partition of partitions) {
        const record = { key: Buffer.alloc(length, 'k'), value: Buffer.from(JSON.stringify(anEvent())) };
        await putHostile(partition, { kind: 'key', bytes: batchBytes([record]), records: 1, isReadable: true });
      }
      return untilFigures();
    };
    const short = await msOf(64_000);
    const long = await msOf(1_024_000);
    // The square of a key of 64 kB would be 256 times as much: a minute and more.
    expect(long).toBeLessThan(short + 5_000);
  });

  it('sent over HTTP by the dozen, they do not hold up a good one', async () => {
    const post = (type: string, body: string) =>
      authorizedFetch(`${installation.intake}/v1/events`, { method: 'POST', headers: { 'content-type': type }, body });
    const hostile = Array.from({ length: 60 }, (_, n) =>
      JSON.stringify(anEvent({ id: `h-${n}`, data: { unit: String(n).padStart(60_000, '0') } })),
    );
    const batch = post('application/cloudevents-batch+json', `[${hostile.join()}]`);
    const startedAt = Date.now();
    const good = await post('application/cloudevents+json', JSON.stringify(anEvent({ id: 'good' })));
    expect([good.status, Date.now() - startedAt < 5_000]).toEqual([202, true]);
    expect((await batch).status).toBe(422);
  });

  it('are each refused at their own place', async () => {
    await installation.drained();
    const stored = await rejectionModel(connection).find({}, { _id: 1 }).lean().exec();
    const ids = new Set(stored.map(({ _id }) => _id));
    expect(places.length).toBeGreaterThan(1_000);
    expect(places.filter((place) => !ids.has(place))).toEqual([]);
  });

  it('lead to no record of more than half of what its topic takes', async () => {
    const { indicatorEvents, rejectedEvents, communeReports, communeRollups, provinceRollups, nationalRollups } =
      installation.topics;
    const inner = { rejectedEvents, communeReports, communeRollups, provinceRollups, nationalRollups };
    const largest: Record<string, number> = {};
    for (const topic of Object.values(inner)) {
      const config = topicSpecs(installation.topics).find((spec) => spec.topic === topic)?.config;
      const limit = Number(config?.['max.message.bytes'] ?? DEFAULT_MAX_BYTES);
      let read = 0;
      await readTopic(
        installation.kafka,
        topic,
        await boundsOf(installation.kafka, topic),
        (_, { key, value, headers = {} }) => {
          const size = (key?.length ?? 0) + (value?.length ?? 0) + JSON.stringify(headers).length;
          read += 1;
          largest[topic] = Math.max(largest[topic] ?? 0, size / limit);
        },
      );
      expect(read).toBeGreaterThan(0);
    }
    expect(Object.entries(largest).filter(([, share]) => share > 0.5)).toEqual([]);
    expect(indicatorEvents in largest).toBe(false);
  });
});
