import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { type Consumer, createKafka, ensureTopics, isKafkaError } from '#kafka';
import { KafkaBatchServer } from './batch-server.js';
import { markOf } from './committed-places.js';
import { PipelineOffsets } from '../progress/pipeline-offsets.js';

const brokers = process.env['KAFKA_BROKERS'];
if (brokers === undefined) throw new Error('KAFKA_BROKERS is not set');

const logger = pino({ level: 'silent' });
const kafka = createKafka({ KAFKA_BROKERS: brokers.split(',') }, 'markers-test', logger);
const id = randomUUID();
const topic = `test-markers-${id}`;
const groupOf = () => `test-markers.${id}`;
const offsets = new PipelineOffsets(kafka);
const servers: KafkaBatchServer[] = [];

const startServer = async (): Promise<string[]> => {
  const server = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: () => topic,
    groupOf,
    commits: () => 'after-batch',
    from: 'earliest',
    startsOver: () => true,
    onFatal: (error) => {
      throw error;
    },
    sessionTimeoutMs: 6_000,
    placesMs: 300,
  });
  const read: string[] = [];
  server.addHandler(
    'records',
    (batch: { records: { value: Buffer | null }[] }) => {
      read.push(...batch.records.map(({ value }) => String(value)));
      return Promise.resolve();
    },
    true,
  );
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.listen((error) => (error ? reject(error as Error) : resolve())));
  return read;
};

const transaction = async (how: 'commit' | 'abort' | 'open', value: string) => {
  const producer = kafka.producer({ transactionalId: `${topic}.${value}`, maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  const begun = await producer.transaction();
  await begun.send({ topic, messages: [{ value }] });
  const end = async () => {
    await (how === 'commit' ? begun.commit() : begun.abort());
    await producer.disconnect();
  };
  if (how !== 'open') await end();
  return end;
};

/** Resolves when the group has committed up to the end of everything that was written. */
const caughtUp = async (ms = 20_000): Promise<void> => {
  for (const until = Date.now() + ms; ;) {
    const { high } = await offsets.bounds(topic);
    const committed = await offsets.committed(groupOf(), topic);
    if (committed[0] === high[0]) return;
    if (Date.now() > until) throw new Error(`committed ${committed[0]} of ${high[0]}`);
    await sleep(100);
  }
};

beforeAll(async () => {
  await ensureTopics(kafka, [{ topic, partitions: 1, config: {} }], 1);
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await offsets.close();
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] }).catch((error: unknown) => {
    if (!isKafkaError(error)) throw error;
  });
  await admin.disconnect();
});

describe('a topic that is written in transactions', () => {
  it('is read to its very end, whatever stands there', async () => {
    const read = await startServer();
    await transaction('commit', 'a');
    await caughtUp();
    await transaction('abort', 'b');
    await transaction('abort', 'c');
    await caughtUp();
    expect(read).toEqual(['a']);
  });

  it('is read to its end by a worker that finds nothing but markers', async () => {
    await servers.splice(0)[0].close();
    await transaction('abort', 'd');
    const read = await startServer();
    await caughtUp();
    expect(read).toEqual([]);
  });

  it('ends behind the records of a transaction that is open, and is not read to there before it ends', async () => {
    const end = await transaction('open', 'e');
    const before = await offsets.committed(groupOf(), topic);
    const { high } = await offsets.bounds(topic);
    expect(Number(high[0])).toBe(Number(before[0]) + 1);
    await expect(caughtUp(1_500)).rejects.toThrow('committed');
    await end();
    await caughtUp();
  });

  it('is read to its end again where a commit that came late has set the place back', async () => {
    const consumer = servers[0].unwrap<Consumer[]>()[0];
    const { high } = await offsets.bounds(topic);
    for (const offset of ['1', String(Number(high[0]) - 1)]) {
      await consumer.commitOffsets([{ topic, partition: 0, offset, metadata: markOf(offset) }]);
      expect((await offsets.committed(groupOf(), topic))[0]).toBe(offset);
      await caughtUp();
    }
  });
});
