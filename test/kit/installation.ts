/**
 * A whole installation for a test: its own topics, database and queue on the servers that the environment names, the compiled
 * services as processes of their own, on free ports. Nothing is left running, no topic or database is left behind.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { topicSpecs } from '#contracts';
import { toExactJson, type Rollup } from '#domain';
import { createProducer, type Producer } from '#kafka';
import { connectStore, databaseOf, everyRollup } from '#store';
import { drained } from '../../cli/drain.js';
import { openInstallation, type Installation } from '../../cli/installation.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { giveKeys, type Tokens } from './authorized-fetch.js';
import { withTimeout } from '#promises';
import { freePort } from '../../cli/free-port.js';

export interface TestInstallation extends Installation {
  readonly env: Readonly<Record<string, string>>;
  /** Of the whole country, by role; `authorizedFetch` sends the one that fits. */
  readonly keys: Tokens;
  readonly intake: string;
  readonly dashboard: string;
  readonly supervisor: Supervisor;
  readonly producer: Producer;
  /** What the services wrote to their logs. */
  log(service: string): string;
  /** Waits until everything published is read and written. */
  drained(): Promise<void>;
  /** Every stored rollup by `unit|window|indicator`. */
  rollups(): Promise<Map<string, Rollup>>;
  stop(): Promise<void>;
}

/** A server's address from the environment; a test without its servers fails and says what is missing. */
export const needed = (name: 'KAFKA_BROKERS' | 'MONGODB_URI' | 'REDIS_URL'): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run the tests with \`npm test\``);
  return value;
};

/** An address of a database of this test's own, whose name says that it is one. */
export const testDatabase = (uri: string, name: string): string => {
  const base = databaseOf(uri);
  if (!base.includes('test')) throw new Error(`refusing to test on the database ${base}: its name lacks "test"`);
  return uri.replace(`/${base}`, `/${base}_${name}`);
};

export { freePort };

/** Starts the services named (`commune,province,…`), one copy each unless `copies` says otherwise. */
export const startInstallation = async (
  only: string,
  { copies, env: more = {} }: { copies?: string; env?: Record<string, string> } = {},
): Promise<TestInstallation> => {
  const name = `t${randomBytes(4).toString('hex')}`;
  const root = process.cwd();
  const [intakePort, dashboardPort] = [await freePort(), await freePort()];
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    KAFKA_BROKERS: needed('KAFKA_BROKERS'),
    MONGODB_URI: testDatabase(needed('MONGODB_URI'), name),
    REDIS_URL: needed('REDIS_URL'),
    TOPIC_PREFIX: name,
    TOPIC_PARTITIONS: '4',
    INTAKE_PORT: String(intakePort),
    DASHBOARD_PORT: String(dashboardPort),
    ACCESS: 'demo',
    ...more,
  };
  const installation = await openInstallation(env);
  const addresses = [intakePort, dashboardPort].map((port) => `http://127.0.0.1:${port}`);
  const keys = await giveKeys(installation, env, addresses);
  Object.assign(env, { INTAKE_URL: addresses[0], INTAKE_KEY: keys.reporter, ...more });
  const producer = createProducer(installation.kafka);
  await producer.connect();
  const logDir = join(root, '.local', 'test-logs', name);
  const supervisor = new Supervisor({ root, env, logDir, say: () => undefined }, copiesOf(only, copies));
  const stop = async () => {
    const status = await supervisor.stop();
    await producer.disconnect();
    await forget(installation);
    if (status !== 0) throw new Error(`a service did not drain and stop well; the logs are in ${logDir}`);
  };
  try {
    await withTimeout(supervisor.start(), 120_000, `the services did not get ready; their logs are in ${logDir}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...installation,
    env,
    intake: addresses[0],
    dashboard: addresses[1],
    keys,
    supervisor,
    producer,
    log: (service) => readFileSync(join(logDir, `${service}.log`), 'utf8'),
    drained: async () => {
      await withTimeout(drained(installation), 250_000, 'the pipeline did not drain');
    },
    rollups: () => storedRollups(installation.config),
    stop,
  };
};

const storedRollups = async (config: Installation['config']): Promise<Map<string, Rollup>> => {
  const connection = await connectStore(config);
  try {
    const rollups = new Map<string, Rollup>();
    for await (const { unit, window, ...rollup } of everyRollup(connection)) {
      rollups.set(`${unit}|${window}|${rollup.indicator}`, JSON.parse(toExactJson(rollup)) as Rollup);
    }
    return rollups;
  } finally {
    await connection.close();
  }
};

/** Deletes an installation's topics and its database. */
export const forget = async ({ kafka, topics, config }: Installation): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: topicSpecs(topics).map(({ topic }) => topic) }).catch(() => undefined);
  await admin.disconnect();
  const connection = await connectStore(config);
  await connection.dropDatabase().catch(() => undefined);
  await connection.close();
};

/** Of an installation that was never rebuilt. */
export const FIRST_GENERATION = 1;

/** Asks again and again until the answer is what is waited for; fails with the last answer. */
export const eventually = async <T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, ms = 20_000): Promise<T> => {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer).slice(0, 500)} after ${ms} ms`);
    await sleep(50);
  }
};
