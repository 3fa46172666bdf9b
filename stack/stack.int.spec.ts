/**
 * The embedded stack with its real servers: up is idempotent, what was killed returns with its data at its old port, and
 * neither `down` nor an owner's sudden death leaves a process behind.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { createProbingKafka, createProducer, type Kafka } from '#kafka';
import { stackDown, stackStatus, stackUp, type StackAddresses, type StackOptions } from './index.js';
import { identify } from './process.js';

const silent = (): void => undefined;
const noEnvironment = { PATH: process.env['PATH'], JAVA_HOME: process.env['JAVA_HOME'] };
const topic = 'stack-test';

const kafkaAt = (at: StackAddresses): Kafka => createProbingKafka(at.KAFKA_BROKERS, 'stack-test');

const writeKafka = async (at: StackAddresses): Promise<void> => {
  const admin = kafkaAt(at).admin();
  const producer = createProducer(kafkaAt(at));
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: [{ value: 'kept' }] });
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
};

const kafkaHolds = async (at: StackAddresses): Promise<string | undefined> => {
  const admin = kafkaAt(at).admin();
  try {
    return (await admin.fetchTopicOffsets(topic))[0]?.high;
  } finally {
    await admin.disconnect();
  }
};

const withMongo = async <T>(at: StackAddresses, use: (notes: mongo.Collection) => Promise<T>): Promise<T> => {
  const client = new mongo.MongoClient(at.MONGODB_URI);
  try {
    return await use(client.db().collection('notes'));
  } finally {
    await client.close();
  }
};

const withRedis = async <T>(at: StackAddresses, use: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(at.REDIS_URL);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
};

const goneWithin = async (pids: number[], milliseconds: number): Promise<boolean> => {
  for (let waited = 0; waited < milliseconds; waited += 200) {
    if (pids.every((pid) => identify(pid) === undefined)) return true;
    await sleep(200);
  }
  return false;
};

describe('the embedded stack', () => {
  let options: StackOptions & { dir: string };
  let at: StackAddresses;

  const up = (more: StackOptions = {}): Promise<StackAddresses> => stackUp({ ...options, ...more }, noEnvironment);
  const pidOf = async (name: string): Promise<number> =>
    (await stackStatus(options)).find((server) => server.name === name)?.pid ?? -1;
  const pids = async (): Promise<number[]> => (await stackStatus(options)).flatMap(({ pid }) => pid ?? []);
  const guardPid = (): number | undefined =>
    JSON.parse(readFileSync(join(options.dir, 'stack.json'), 'utf8')).guard?.pid;

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tonghop-stack-test-'));
    options = { dir, database: 'stack_test', progress: silent };
    at = await up({ ownerPid: process.pid });
  }, 300_000);

  afterAll(async () => {
    await stackDown(options);
    rmSync(options.dir, { recursive: true, force: true });
  });

  it('is up once however often and however simultaneously it is brought up', async () => {
    const before = await stackStatus(options);
    expect(before.map(({ up: isUp }) => isUp)).toEqual([true, true, true]);
    const again = await Promise.all([up({ ownerPid: process.pid }), up({ ownerPid: process.pid })]);
    expect(again).toEqual([at, at]);
    expect(await stackStatus(options)).toEqual(before);
  });

  it('starts nothing for servers that the environment names', async () => {
    const named = { KAFKA_BROKERS: 'k:1', MONGODB_URI: 'mongodb://m/x', REDIS_URL: 'redis://r' };
    const dir = join(options.dir, 'never');
    expect(await stackUp({ ...options, dir }, named)).toEqual(named);
    expect(existsSync(dir)).toBe(false);
  });

  it('brings a killed Kafka back at its old port with its records', async () => {
    await writeKafka(at);
    process.kill(await pidOf('kafka'), 'SIGKILL');
    expect(await up({ ownerPid: process.pid })).toEqual(at);
    expect(await kafkaHolds(at)).toBe('1');
  });

  it('brings back what has died where the environment holds the addresses that it printed', async () => {
    process.kill(await pidOf('redis'), 'SIGKILL');
    const ownEnvironment = { ...noEnvironment, ...at };
    expect(await stackUp({ ...options, ownerPid: process.pid }, ownEnvironment)).toEqual(at);
    expect((await stackStatus(options)).map(({ up: isUp }) => isUp)).toEqual([true, true, true]);
    expect(await withRedis(at, (redis) => redis.ping())).toBe('PONG');
  });

  it('brings a killed MongoDB back at its old port with every acknowledged write', async () => {
    await withMongo(at, (notes) => notes.insertOne({ note: 'kept' }, { writeConcern: { w: 1, journal: true } }));
    process.kill(await pidOf('mongodb'), 'SIGKILL');
    expect(await up({ ownerPid: process.pid })).toEqual(at);
    expect(await withMongo(at, (notes) => notes.countDocuments({ note: 'kept' }))).toBe(1);
  });

  it('brings a killed Redis back at its old port with its keys', async () => {
    await withRedis(at, (redis) => redis.set('note', 'kept'));
    process.kill(await pidOf('redis'), 'SIGKILL');
    expect(await up({ ownerPid: process.pid })).toEqual(at);
    expect(await withRedis(at, (redis) => redis.get('note'))).toBe('kept');
  });

  it('leaves no process when it is taken down, and keeps ports and data for the next time', async () => {
    const running = [...(await pids()), guardPid() ?? -1];
    expect(running).toHaveLength(4);
    await stackDown(options);
    expect(await goneWithin(running, 1)).toBe(true);
    expect((await stackStatus(options)).map(({ pid, up: isUp }) => [pid, isUp])).toEqual(
      Array(3).fill([undefined, false]),
    );
    expect(await up({ ownerPid: process.pid })).toEqual(at);
    expect(await kafkaHolds(at)).toBe('1');
    await stackDown({ ...options, ownerPid: process.pid });
    expect(await pids()).toEqual([]);
  });

  it('goes down by itself when the last of its owners is killed', async () => {
    const owners = [1, 2].map(() => spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' }));
    for (const owner of owners) await up({ ownerPid: owner.pid as number });
    const running = [...(await pids()), guardPid() ?? -1];
    expect(running).toHaveLength(4);
    owners[0]?.kill('SIGKILL');
    await sleep(1_500);
    expect(await goneWithin(running.slice(0, 3), 1)).toBe(false);
    expect(await pids()).toHaveLength(3);
    owners[1]?.kill('SIGKILL');
    expect(await goneWithin(running, 20_000)).toBe(true);
  });

  it('is left up by an owner that found it up', async () => {
    await up();
    await up({ ownerPid: process.pid });
    await stackDown({ ...options, ownerPid: process.pid });
    expect(await pids()).toHaveLength(3);
  });
});
