/**
 * How long it took to recover: from the beginning of a fault until something that was sent after its end had arrived.
 *
 * For most faults that is a figure in the country's rollup; for the intake an acknowledgement, for the dashboard an answer, for
 * what makes summaries a summary that was issued. The next fault may come before: then its time is in there too.
 */
import type { Happened } from './faults.js';
import { kindOf } from './schedule.js';
import type { Signal } from './signal.js';

export interface Signals {
  readonly figures: Signal;
  readonly intake: Signal;
  readonly dashboard: Signal;
  readonly summaries: Signal;
}

const signalOf: Readonly<Record<string, keyof Signals>> = {
  intake: 'intake',
  dashboard: 'dashboard',
  reports: 'summaries',
  redis: 'summaries',
};

export interface Recovery {
  readonly kind: string;
  readonly hit: string;
  readonly beganAt: number;
  readonly lastedMs: number;
  /** Undefined where nothing has arrived since. */
  readonly recoveredMs: number | undefined;
}

export const recoveryOf = ({ fault, hit, beganAt, endedAt }: Happened, signals: Signals): Recovery => {
  const seenAt = signals[signalOf[fault.target] ?? 'figures'].firstSince(endedAt);
  const recoveredMs = seenAt === undefined ? undefined : seenAt - beganAt;
  return { kind: kindOf(fault), hit, beganAt, lastedMs: endedAt - beganAt, recoveredMs };
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** One line for each kind: how often, how long the fault itself lasted, how long until it had recovered. */
export const recoveryTable = (recoveries: readonly Recovery[]): string[] => {
  const kinds = [...new Set(recoveries.map(({ kind }) => kind))].sort();
  const cells = kinds.map((kind) => {
    const own = recoveries.filter((recovery) => recovery.kind === kind);
    const times = own.flatMap(({ recoveredMs }) => recoveredMs ?? []);
    const lasted = seconds(median(own.map(({ lastedMs }) => lastedMs)));
    return [kind, String(own.length), lasted, seconds(median(times)), seconds(Math.max(...times))];
  });
  const rows = [['fault', 'times', 'lasted p50', 'recovery p50', 'recovery max'], ...cells];
  return rows.map((row) => row.map((cell, n) => (n === 0 ? cell.padEnd(20) : cell.padStart(13))).join(''));
};
