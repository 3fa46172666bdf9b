/** What a benchmark is given, and what those have in common that put runs into tables. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from '../cli/say.js';
import { seededWorkload } from '../test/kit/seeded-workload.js';
import { WARM_UP, type Backlog } from './drain.js';
import { readProfiles } from './profile.js';
import { line } from './report.js';

export interface Bench {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Process ids of the servers, for their processor time. */
  readonly servers: ReadonlyMap<string, number | undefined>;
  readonly runs: number;
  readonly events: number;
  readonly profile: boolean;
  readonly say: (text: string) => void;
}

export const repeated = async <T>({ runs, say }: Bench, run: () => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let n = 0; n < runs; n += 1) {
    results.push(await run());
    say(`run ${n + 1}: ${JSON.stringify(results.at(-1))}`);
  }
  return results;
};

export const profileFolder = ({ profile, root }: Bench): string | undefined =>
  profile ? mkdtempSync(join(root, '.local', 'profile-')) : undefined;

/** The runs of each value. */
export const swept = async <V, T>(
  bench: Bench,
  values: readonly V[],
  run: (value: V) => Promise<T>,
): Promise<Map<V, T[]>> => {
  const results = new Map<V, T[]>();
  for (const value of values) results.set(value, await repeated(bench, () => run(value)));
  return results;
};

/** A backlog of `events` events, 5 % of them repeats, besides those that warm the services up. */
export const backlogOf = ({ events, say }: Bench, seed = 1): Backlog => {
  say('making the backlog…');
  return seededWorkload((events + WARM_UP) / 1.05, seed, 0);
};

/** The largest costs of each service: self time by function. */
export const showProfiles = (folder: string): void => {
  for (const { service, busyMs, costs } of readProfiles(folder)) {
    line(`${service}: busy ${vi(Math.round(busyMs))} ms`);
    for (const { what, ms } of costs.slice(0, 25)) line(`  ${vi(Math.round(ms)).padStart(7)} ms  ${what}`);
  }
};
