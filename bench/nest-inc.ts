/**
 * Runs the ordinary Nest way (peers/nest-inc) over the first events of a backlog: how fast it is, and how wrong.
 *
 * It is slower by orders of magnitude, so it gets a few thousand events; the clock runs from its first committed batch on.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { databaseOf } from '#store';
import type { Rollup } from '#domain';
import type { Installation } from '../cli/installation.js';
import type { Backlog } from './drain.js';
import { publish, withInstallation, type Environment } from './installation.js';

const POLL_MS = 200;

export interface NestIncRun {
  readonly eventsPerSecond: number;
  /** Figures of provinces and the country that differ from the right ones, and how many there are. */
  readonly wrong: number;
  readonly figures: number;
}

export const nestIncRun = async (env: Environment, { messages, reference }: Backlog): Promise<NestIncRun> =>
  withInstallation(env, {}, async ({ installation, env: own }) => {
    const group = `${own.TOPIC_PREFIX}.nest-inc`;
    const topic = installation.topics.indicatorEvents;
    const child = spawn(process.execPath, [join('dist', 'bench', 'peers', 'nest-inc', 'main.js')], {
      env: { ...own, TOPIC: topic, GROUP: group } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    try {
      await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
      const startedAt = Date.now();
      await publish(installation, messages);
      await readToTheEnd(installation, group, messages.length);
      const seconds = (Date.now() - startedAt) / 1000;
      return { eventsPerSecond: messages.length / seconds, ...(await errors(own.MONGODB_URI, reference.rollups())) };
    } finally {
      await stop(child);
    }
  });

const readToTheEnd = async ({ kafka, topics }: Installation, groupId: string, events: number): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (let read = 0; read < events;) {
      await sleep(POLL_MS);
      const [{ partitions }] = await admin.fetchOffsets({ groupId, topics: [topics.indicatorEvents] });
      read = partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    }
  } finally {
    await admin.disconnect();
  }
};

/** Totals alone are compared: this way keeps neither breakdowns nor how many have reported. */
const errors = async (
  uri: string,
  expected: ReadonlyMap<string, Rollup>,
): Promise<Pick<NestIncRun, 'wrong' | 'figures'>> => {
  const connection = await mongoose.createConnection(uri, { dbName: databaseOf(uri) }).asPromise();
  try {
    const stored = new Map<string, Record<string, number>>();
    for await (const { _id, ...figure } of connection.collection('rollups').find())
      stored.set(String(_id), figure as Record<string, number>);
    const parents = [...expected].filter(([key]) => /^(\d\d|VN)\|/.test(key));
    const isRight = ([key, { numerator = 0, denominator = 0, value = 0 }]: [string, Rollup]) => {
      const held = stored.get(key);
      return (
        held?.numerator === Number(numerator) &&
        held.denominator === Number(denominator) &&
        held.value === Number(value)
      );
    };
    return { wrong: parents.filter((entry) => !isRight(entry)).length, figures: parents.length };
  } finally {
    await connection.close();
  }
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};
