/**
 * Drain: a backlog of events from the event topic to exact rollups in MongoDB.
 *
 * Every other stage is up and waiting when the commune stage starts; the clock runs from the moment it is ready. It stops for
 * the country when every province and national window is written, and for everything when every unit's year is. Then every
 * rollup of every unit is held against a plain recomputation: a run that is not exact is no result.
 */
import { randomBytes } from 'node:crypto';
import { toExactJson } from '#domain';
import { createProducer } from '#platform';
import { connectStore, everyRollup } from '#store';
import { Drain } from '../cli/drain.js';
import { openInstallation, type Installation } from '../cli/installation.js';
import { copiesOf } from '../cli/services.js';
import { Supervisor } from '../cli/supervisor.js';
import { forget } from '../test/kit/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { ceiling } from './ceiling.js';

export interface DrainRun {
  /** Seconds. */
  readonly ceiling: number;
  readonly windows: number;
  readonly everything: number;
}

export interface Backlog {
  readonly messages: readonly Message[];
  readonly reference: Reference;
}

const BATCH = 5_000;

/** One run on a new installation of the servers that the environment names. */
export const drainRun = async (
  env: Record<string, string | undefined>,
  { messages, reference }: Backlog,
): Promise<DrainRun> => {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  const own = {
    ...env,
    TOPIC_PREFIX: name,
    MONGODB_URI: `${env.MONGODB_URI?.replace(/\/[^/]*$/, '')}/${name}`,
    LOG_LEVEL: 'error',
  };
  const installation = await openInstallation(own);
  const supervise = (only: string) =>
    new Supervisor(
      { root: process.cwd(), env: own, logDir: `.local/bench-logs/${name}`, say: () => undefined },
      copiesOf(only),
    );
  await publish(installation, messages);
  const top = await ceiling(installation, messages.length);
  const later = supervise('province,ministry,projection');
  const first = supervise('commune');
  try {
    await later.start();
    await first.start();
    const startedAt = Date.now();
    const windows = await waitFor(installation, ['provinceRollups', 'nationalRollups']);
    const everything = await waitFor(installation);
    await requireExact(own.MONGODB_URI, reference);
    return { ceiling: top, windows: (windows - startedAt) / 1000, everything: (everything - startedAt) / 1000 };
  } finally {
    await Promise.all([first.stop(), later.stop()]);
    await forget(installation, own.MONGODB_URI);
  }
};

const publish = async ({ kafka, topics }: Installation, messages: readonly Message[]): Promise<void> => {
  const producer = createProducer(kafka);
  await producer.connect();
  for (let from = 0; from < messages.length; from += BATCH) {
    await producer.send({ topic: topics.indicatorEvents, messages: messages.slice(from, from + BATCH), acks: -1 });
  }
  await producer.disconnect();
};

const waitFor = async (installation: Installation, inputs?: Parameters<typeof Drain.open>[1]): Promise<number> => {
  const drain = await Drain.open(installation, inputs);
  try {
    return await drain.wait();
  } finally {
    await drain.close();
  }
};

const requireExact = async (uri: string, reference: Reference): Promise<void> => {
  const expected = reference.rollups();
  const connection = await connectStore(uri);
  try {
    let found = 0;
    for await (const { unit, window, ...rollup } of everyRollup(connection)) {
      const key = `${unit}|${window}|${rollup.indicator}`;
      if (toExactJson(rollup) !== toExactJson(expected.get(key))) throw new Error(`${key} is not exact`);
      found += 1;
    }
    if (found !== expected.size) throw new Error(`${found} rollups instead of ${expected.size}`);
  } finally {
    await connection.close();
  }
};
