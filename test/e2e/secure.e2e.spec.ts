/** A whole installation on a secure stack of its own: TLS and users everywhere, each service with what it needs and no more. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { provinceEventTopics, publisherOf } from '#contracts';
import { provinceOf, toExactJson, unitOf } from '#domain';
import { createKafka, createProducer, type Kafka } from '#kafka';
import { JobQueue } from '#queue';
import { stackDown, stackUp } from '#stack';
import { connectStore } from '#store';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { seededWorkload, type Message } from '../kit/seeded-workload.js';

const root = process.cwd();
const dir = join(root, '.local', 'test-secure-stack');
const PREFIX = 'secured';
const PROVINCE = '20';
const silent = pino({ level: 'silent' });

describe('a secure installation', () => {
  const workload = seededWorkload(3_000, 33, 0);
  const stack = { root, dir, database: 'tonghop_test', ownerPid: process.pid, secure: true };
  let secure: Record<string, string>;
  let it_: TestInstallation;
  let publisher: Kafka;

  const provinceTopic = (province: string): string =>
    provinceEventTopics(it_.topics).find((each) => each.province === province)?.topic as string;
  const kafkaOf = (user: string): Kafka =>
    createKafka(
      {
        KAFKA_BROKERS: [secure.KAFKA_BROKERS],
        KAFKA_TLS_CA_FILE: secure.KAFKA_TLS_CA_FILE,
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KAFKA_USERNAME: user,
        KAFKA_PASSWORD: readFileSync(join(dir, 'secure', `${user}.password`), 'utf8').trim(),
      },
      user,
      silent,
    );
  const send = async (kafka: Kafka, topic: string, messages: Message[]): Promise<void> => {
    const producer = createProducer(kafka, 0);
    await producer.connect();
    await producer.send({ topic, messages, acks: -1 }).finally(() => producer.disconnect());
  };

  beforeAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    // Nothing of the tests' own stack: all three servers are this one's.
    secure = { ...(await stackUp(stack, { PATH: process.env.PATH, TOPIC_PREFIX: PREFIX, TOPIC_PARTITIONS: '4' })) };
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard,reports,reminders,audit', {
      env: { ...secure, TOPIC_PREFIX: PREFIX },
    });
    publisher = kafkaOf(publisherOf(PROVINCE));
  }, 240_000);
  afterAll(async () => {
    await it_?.stop();
    await stackDown(stack);
  });

  it('comes to exact figures, by the intake and by a direct publisher', async () => {
    const isDirect = ({ key }: Message) => key !== null && provinceOf(unitOf(key) as never) === PROVINCE;
    const direct = workload.messages.filter(isDirect);
    expect(direct.length).toBeGreaterThan(20);
    await send(publisher, provinceTopic(PROVINCE), direct);
    const others = workload.messages.filter((message) => !isDirect(message));
    for (let from = 0; from < others.length; from += 500) {
      const batch = others.slice(from, from + 500).map(({ value }) => value);
      const headers = { 'content-type': 'application/cloudevents-batch+json' };
      const url = `${it_.intake}/v1/events`;
      const { status } = await authorizedFetch(url, { method: 'POST', headers, body: `[${batch.join(',')}]` });
      expect(status).toBe(202);
    }
    await it_.drained();
    const found = await it_.rollups();
    const expected = workload.reference.rollups();
    const wrong = [...expected].filter(
      ([key, rollup]) => toExactJson(found.get(key)) !== toExactJson(JSON.parse(toExactJson(rollup))),
    );
    expect([wrong.slice(0, 3), found.size]).toEqual([[], expected.size]);
    const answer = await authorizedFetch(`${it_.dashboard}/v1/rollups?unit=VN&window=2026-Q1`);
    expect(answer.status).toBe(200);
  }, 180_000);

  it('lets a direct publisher write to its own topic alone', async () => {
    const [message] = workload.messages as Message[];
    for (const topic of [
      it_.topics.indicatorEvents,
      provinceTopic('01'),
      it_.topics.communeReports,
      it_.topics.accessKeys,
    ])
      await expect(send(publisher, topic, [message])).rejects.toThrow(/authoriz|does not host/i);
  });

  it('leaves the main topic to the intake: no other service may write to it', async () => {
    const [message] = workload.messages as Message[];
    for (const service of ['rollup-check', 'projection', 'dashboard', 'reports', 'reminders'])
      await expect(send(kafkaOf(service), it_.topics.indicatorEvents, [message])).rejects.toThrow(/authoriz/i);
  });

  it('turns away whoever does not say who it is', async () => {
    const { KAFKA_BROKERS, KAFKA_TLS_CA_FILE, MONGODB_URI, MONGODB_TLS_CA_FILE, REDIS_URL, REDIS_TLS_CA_FILE } = secure;
    const asked = async (more: object) => {
      const admin = createKafka({ KAFKA_BROKERS: [KAFKA_BROKERS], ...more }, 'nobody', silent).admin({
        retry: { retries: 0 },
      });
      await admin
        .connect()
        .then(() => admin.listTopics())
        .finally(() => admin.disconnect());
    };
    await expect(asked({})).rejects.toThrow();
    await expect(asked({ KAFKA_TLS_CA_FILE })).rejects.toThrow();
    const wrong = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'intake', KAFKA_PASSWORD: 'guessed' };
    await expect(asked({ KAFKA_TLS_CA_FILE, ...wrong })).rejects.toThrow(/authenticat/i);
    const store = async () => {
      const connection = await connectStore({ MONGODB_URI, MONGODB_TLS_CA_FILE });
      try {
        await connection.db?.collection('x').findOne();
      } finally {
        await connection.close();
      }
    };
    await expect(store()).rejects.toThrow(/auth/i);
    const queue = new JobQueue('jobs', { REDIS_URL, REDIS_TLS_CA_FILE, TOPIC_PREFIX: 'nobody' }, silent);
    await expect(queue.ping().finally(() => queue.close())).rejects.toThrow();
  }, 60_000);

  it('lets the intake count its rate limits in Redis, and read nothing else there', async () => {
    const metrics = await eventually(
      async () => (await authorizedFetch(`${it_.intake}/metrics`)).text(),
      (text) => text.includes('tonghop_limits_shared 1'),
    );
    expect(metrics).toContain('tonghop_limits_shared 1');
    const redis = new Redis(secure.REDIS_URL, {
      username: 'limits',
      password: readFileSync(join(dir, 'secure', 'limits.password'), 'utf8').trim(),
      tls: { ca: readFileSync(secure.REDIS_TLS_CA_FILE) },
      maxRetriesPerRequest: 0,
    });
    const session = `${PREFIX}.session.x`;
    for (const asked of [redis.get(session), redis.keys('*'), redis.set(session, '{}')])
      await expect(asked).rejects.toThrow(/NOPERM/);
    redis.disconnect();
  });

  it('speaks no plain text', async () => {
    const port = Number(secure.REDIS_URL.split(':').at(-1));
    const answer = await new Promise<string>((resolve) => {
      let said = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.on('data', (bytes) => (said += bytes.toString('latin1')));
      socket.on('error', () => resolve(said));
      socket.on('close', () => resolve(said));
    });
    expect(answer).not.toContain('PONG');
    expect(answer).not.toContain('NOAUTH');
  });

  it('writes no password into any log', () => {
    const secrets = readdirSync(join(dir, 'secure'))
      .filter((name) => name.endsWith('.password'))
      .map((name) => readFileSync(join(dir, 'secure', name), 'utf8').trim());
    const logs = [
      'rollup-check',
      'rollup-province',
      'rollup-ministry',
      'projection',
      'intake',
      'dashboard',
      'reports',
      'reminders',
      'audit',
    ].map((service) => it_.log(service));
    for (const name of readdirSync(join(dir, 'logs'))) logs.push(readFileSync(join(dir, 'logs', name), 'utf8'));
    logs.push(readFileSync(join(root, '.local', 'install.log'), 'utf8'));
    expect(secrets.length).toBeGreaterThan(40);
    for (const secret of secrets) expect(logs.some((log) => log.includes(secret))).toBe(false);
  });
});
