/**
 * What the benchmarks have in common: a new installation of their own on the servers that the environment names, and events in it.
 */
import { randomBytes } from 'node:crypto';
import { services as allServices } from '#contracts';
import { createProducer } from '#kafka';
import { openInstallation, type Installation } from '../cli/installation.js';
import { copiesOf } from '../cli/services.js';
import { Supervisor } from '../cli/supervisor.js';
import { forget } from '../test/kit/installation.js';
import type { Message } from '../test/kit/seeded-workload.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface BenchInstallation {
  readonly installation: Installation;
  readonly env: Environment & { readonly MONGODB_URI: string };
  /** Runs the services that were asked for; not started yet. */
  readonly supervisor: Supervisor;
}

export interface BenchOptions {
  /** `check,province,…`; none unless said. */
  readonly services?: string;
  /** `province=2,…` */
  readonly copies?: string;
  /** Where V8's profiles of the services go. */
  readonly profiles?: string;
  readonly more?: Readonly<Record<string, string>>;
}

const none = new Map(allServices.map(({ name }) => [name, 0]));

/** Works in a new installation; leaves neither a process nor a topic nor a database of it behind. */
export const withInstallation = async <T>(
  env: Environment,
  { services, copies, profiles, more }: BenchOptions,
  work: (bench: BenchInstallation) => Promise<T>,
): Promise<T> => {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  const own = {
    ...env,
    TOPIC_PREFIX: name,
    MONGODB_URI: `${env.MONGODB_URI?.replace(/\/[^/]*$/, '')}/${name}`,
    LOG_LEVEL: 'error',
    ACCESS: 'demo',
    ...more,
  };
  const installation = await openInstallation(own);
  const logDir = `.local/bench-logs/${name}`;
  const nodeOptions = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const options = { root: process.cwd(), env: own, logDir, nodeOptions, say: () => undefined };
  const supervisor = new Supervisor(options, services === undefined ? none : copiesOf(services, copies));
  try {
    return await work({ installation, env: own, supervisor });
  } finally {
    await supervisor.stop();
    await forget(installation);
  }
};

/** A drain that takes longer will not become exact any more. */
export const DRAIN_MS = 5 * 60_000;

const BATCH = 5_000;

/** Publishes events straight to Kafka. */
export const publish = async ({ kafka, topics }: Installation, messages: readonly Message[]): Promise<void> => {
  const producer = createProducer(kafka);
  await producer.connect();
  for (let from = 0; from < messages.length; from += BATCH) {
    await producer.send({ topic: topics.indicatorEvents, messages: messages.slice(from, from + BATCH), acks: -1 });
  }
  await producer.disconnect();
};
