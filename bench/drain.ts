/**
 * Drain: a backlog of events from the event topic to exact rollups in MongoDB.
 *
 * The services are up and warm; the check stage is stopped (SIGSTOP) while the backlog is published, and the clock runs from
 * the moment it goes on. It stops for the windows when every province and national window stands in MongoDB, exact, and for
 * everything when every unit's year is written. Then every rollup of every unit is held against a plain recomputation: an inexact run is no
 * result.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { rollupsFrom, toExactJson, unitOf, type Unit } from '#domain';
import { connectStore, everyRollup, windowModel } from '#store';
import { drained } from '../cli/drain.js';
import type { Reference } from '../test/kit/reference.js';
import { FIRST_GENERATION } from '../test/kit/installation.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { ceiling } from './ceiling.js';
import { cpuBetween, cpuSeconds } from './cpu.js';
import { ExactWindows, type StoredWindow } from './exact-windows.js';
import { DRAIN_MS, publish, withInstallation, type Environment } from './installation.js';
import { withTimeout } from '#promises';

/** Events a second. */
export interface DrainRun {
  readonly ceiling: number;
  readonly windows: number;
  readonly everything: number;
  /** Seconds from the start. */
  readonly seconds: { readonly windows: number; readonly everything: number };
  /** Processor seconds that each process used until the windows were written. */
  readonly cpu: Readonly<Record<string, number>>;
}

export interface Backlog {
  readonly messages: readonly Message[];
  readonly reference: Reference;
}

/** Events that are drained before the clock runs, so that no start-up is counted: connections, groups, compiled code. */
export const WARM_UP = 100_000;
/** The check stage is stopped while the backlog is published, and must still be a member of its group then. */
const SESSION_MS = '60000';
const FETCH_ENDS_MS = 1_000;

export interface DrainOptions {
  /** Process ids of the servers, for their processor time. */
  readonly servers?: ReadonlyMap<string, number | undefined>;
  /** `province=2,…`: how many of each stage; unless said, two of those that cost most, one for each core. */
  readonly copies?: string;
  readonly profiles?: string;
}

/** One run on a new installation of the servers that the environment names. */
export const drainRun = async (
  env: Environment,
  { messages, reference }: Backlog,
  { servers = new Map(), copies = 'check=2,province=2', profiles }: DrainOptions = {},
): Promise<DrainRun> => {
  const options = {
    services: 'check,province,ministry,projection',
    copies,
    profiles,
    more: { KAFKA_SESSION_TIMEOUT_MS: SESSION_MS },
  };
  return withInstallation(env, options, async ({ installation, env: own, supervisor }) => {
    await supervisor.start();
    await publish(installation, messages.slice(0, WARM_UP));
    await drained(installation);
    const watched = await watchWindows(own.MONGODB_URI, reference);
    const signal = (to: 'SIGSTOP' | 'SIGCONT') => {
      for (const [service, pid] of supervisor.pids())
        if (service.startsWith('rollup-check')) process.kill(pid as number, to);
    };
    signal('SIGSTOP');
    // A fetch that was under way ends empty; the first one that the stage sees afterwards is of the whole backlog.
    await sleep(FETCH_ENDS_MS);
    await publish(installation, messages.slice(WARM_UP));
    const top = await ceiling(installation, messages.length);
    const pids = new Map([...supervisor.pids(), ...servers]);
    const before = cpuSeconds(pids);
    const startedAt = Date.now();
    signal('SIGCONT');
    const windows = await watched.exact();
    const after = cpuSeconds(pids);
    const everything = await drained(installation);
    await requireExact(own.MONGODB_URI, reference);
    const events = messages.length - WARM_UP;
    const rate = (at: number) => (events * 1000) / (at - startedAt);
    const since = (at: number) => (at - startedAt) / 1000;
    return {
      ceiling: messages.length / top,
      windows: rate(windows),
      everything: rate(everything),
      seconds: { windows: since(windows), everything: since(everything) },
      cpu: cpuBetween(before, after),
    };
  });
};

/** What must be there is worked out before the clock runs. */
const watchWindows = async (uri: string, reference: Reference) => {
  const connection = await connectStore({ MONGODB_URI: uri });
  const textOf = ({ unit, items }: StoredWindow) => toExactJson(rollupsFrom(unitOf(String(unit)) as Unit, items));
  const stored = windowModel(connection, FIRST_GENERATION).collection;
  const windows = new ExactWindows(stored as never, reference, textOf);
  const exact = async () => {
    try {
      return await withTimeout(windows.exact(), DRAIN_MS, `the windows did not become exact in ${DRAIN_MS / 1000} s`);
    } catch (cause) {
      throw new Error(windows.state(), { cause });
    } finally {
      await connection.close();
    }
  };
  return { exact };
};

/** Every rollup in MongoDB, of communes too, as it must be. */
export const requireExact = async (uri: string, reference: Reference): Promise<void> => {
  const expected = reference.rollups();
  const connection = await connectStore({ MONGODB_URI: uri });
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
