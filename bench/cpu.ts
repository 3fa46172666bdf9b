/**
 * Processor time of running processes, from Linux' /proc; empty elsewhere.
 */
import { readFileSync } from 'node:fs';

/** /proc counts in ticks of USER_HZ, 100 a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds, user and system, that each process has used since it began. */
export const cpuSeconds = (pids: ReadonlyMap<string, number | undefined>): ReadonlyMap<string, number> =>
  new Map([...pids].flatMap(([name, pid]) => (pid === undefined ? [] : entry(name, pid))));

const entry = (name: string, pid: number): [string, number][] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [[name, (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND]];
  } catch {
    return [];
  }
};

/** What each has used between two readings. */
export const cpuBetween = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Record<string, number> =>
  Object.fromEntries([...after].map(([name, seconds]) => [name, +(seconds - (before.get(name) ?? 0)).toFixed(2)]));

/** The largest resident memory that each process has had, MiB. */
export const memoryMiB = (pids: ReadonlyMap<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(
    [...pids].flatMap(([name, pid]) => {
      const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status);
      return peak === null ? [] : [[name, Math.round(Number(peak[1]) / 1024)]];
    }),
  );
