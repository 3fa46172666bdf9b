/**
 * `npm run rebuild`: forgets every rollup and makes them again from the event topic.
 *
 * Starts a new generation; the services see it and begin again from the first event, into collections of their own, while
 * readers keep seeing the old figures. When everything is read and written, readers change over at once and the old collections
 * are dropped. Interrupted, it goes on from where it was when it is called again. Where no service runs it runs the stages itself.
 */
import { createProducer } from '#kafka';
import { currentGeneration } from '#stream';
import { connectStore, RollupReader } from '#store';
import { noteCommand } from './audited.js';
import { drained } from './drain.js';
import { openInstallation, type Installation } from './installation.js';
import { progressLine } from './progress-line.js';
import { vi } from './say.js';
import { copiesOf } from './services.js';
import { Supervisor } from './supervisor.js';

export const rebuildCommand = async (): Promise<number> => {
  const { generation, seconds } = await rebuild(process.env);
  process.stdout.write(`Đã lập lại mọi số liệu từ đầu trong ${vi(seconds)} giây (thế hệ ${generation})\n`);
  return 0;
};

/** Makes every rollup of an installation anew; resolves when readers see them. */
export const rebuild = async (
  env: Record<string, string | undefined>,
): Promise<{ generation: number; seconds: number }> => {
  const installation = await openInstallation(env);
  const connection = await connectStore(installation.config);
  const reader = new RollupReader(connection, Date.now);
  const supervisor = (await isRunning(installation)) ? undefined : stagesOnly(env);
  try {
    await noteCommand(installation, env, { what: 'figures.rebuilt', unit: null, facts: {} });
    const generation = await nextGeneration(installation, await reader.generation());
    await supervisor?.start();
    const startedAt = Date.now();
    await followed(installation);
    await reader.changeOver(generation);
    return { generation, seconds: (Date.now() - startedAt) / 1000 };
  } finally {
    await supervisor?.stop();
    await connection.close();
  }
};

const stagesOnly = (env: Record<string, string | undefined>) =>
  new Supervisor(
    {
      root: process.cwd(),
      env: { LOG_LEVEL: 'warn', ...env },
      say: (line) => process.stderr.write(`${line}\n`),
    },
    copiesOf('check,province,ministry,projection'),
  );

/** A new generation, or the one that an interrupted rebuild has begun. */
const nextGeneration = async ({ kafka, topics }: Installation, seen: number): Promise<number> => {
  const begun = await currentGeneration(kafka, topics.control);
  if (begun > seen) return begun;
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    const value = JSON.stringify({ v: 1, rebuild: begun + 1, at: new Date().toISOString() });
    await producer.send({ topic: topics.control, messages: [{ key: 'generation', value }], acks: -1 });
  } finally {
    await producer.disconnect();
  }
  return currentGeneration(kafka, topics.control);
};

/** Shows how far it is, until it is done. */
const followed = async (installation: Installation): Promise<void> => {
  const progress = progressLine('[{bar}] đã đọc {value} / {total} sự kiện');
  try {
    await drained(installation, ({ events, eventsLeft }) => progress.show(events - eventsLeft, events));
  } finally {
    progress.stop();
  }
};

/** Whether the check stage of this installation is at work in any generation. */
const isRunning = async ({ kafka, config }: Installation): Promise<boolean> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const ids = groups
      .map(({ groupId }) => groupId)
      .filter((id) => id.startsWith(`${config.TOPIC_PREFIX}.rollup-check.`));
    if (ids.length === 0) return false;
    const described = await admin.describeGroups(ids);
    return described.groups.some(({ members }) => members.length > 0);
  } finally {
    await admin.disconnect();
  }
};
