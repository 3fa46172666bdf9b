/**
 * Accounts: what became of every report read, by partition of the event topics, each by its number among all of them
 * (event-topics.ts). An event makes one report, or is refused as one; that nothing arose in a month makes one for each indicator it stands for.
 *
 * read = won + superseded + repeated + refused, always: a count is added in the same transaction as the state that it
 * counts. An event read again after a crash is counted again, as repeated. The totals of one state partition stand in
 * commune-rollups under a key of their own, absolute.
 */
import type { Outcome } from '#domain';
import type { ReadCounts } from './commune-reports.js';

export interface Account extends ReadCounts {
  readonly won: number;
}
export type Accounts = Readonly<Record<string, Account>>;

/** Keys that start so are a stage's own notes in the topic that it restores from, not a unit's month or a province's window. */
export const NOTE_PREFIX = '~';
export const ACCOUNTS_KEY = '~accounts';
export const OWNER_KEY = '~owner';
/** What was decided of a province's month: `~decided|01|2026-03`. */
export const DECIDED_PREFIX = '~decided|';
/** Words of a unit's month that do not stand in its record: `~overflow|00004|2026-03|0`. */
export const OVERFLOW_PREFIX = '~overflow|';
/** In province-rollups: how many windows of provinces the ministry knows of the partition. */
export const WINDOWS_KEY = '~windows';

export const emptyAccount: Account = { read: 0, won: 0, superseded: 0, repeated: 0, refused: 0 };

export const addCounts = (
  account: Account,
  counts: ReadCounts,
  outcomes: Readonly<Record<Outcome, number>>,
): Account => ({
  read: account.read + counts.read,
  won: account.won + outcomes.won,
  superseded: account.superseded + counts.superseded + outcomes.superseded,
  repeated: account.repeated + counts.repeated + outcomes.repeated,
  refused: account.refused + counts.refused,
});

/**
 * A batch's counts shared out over the records that it becomes: each record counts its own reports as read, the first one also
 * what went no further. So every record adds up by itself, and a batch that is half sent and sent again does too.
 *
 * @param reports how many reports each record holds
 */
export const shareCounts = (counts: ReadCounts, reports: readonly number[]): ReadCounts[] => {
  const passedOn = reports.reduce((sum, size) => sum + size, 0);
  return reports.map((size, index) =>
    index === 0
      ? { ...counts, read: counts.read - passedOn + size }
      : { read: size, superseded: 0, repeated: 0, refused: 0 },
  );
};

export interface AccountsNote {
  readonly v: number;
  readonly g: number;
  readonly partition: number;
  readonly accounts: Accounts;
  /** Offset in commune-reports up to which all is in the state. */
  readonly readUpTo?: string;
  /** How many unit months the state holds: where a restore finds fewer, records of the topic are gone. */
  readonly months?: number;
  /** How many overflows of them, which are records of their own; the same holds. */
  readonly overflows?: number;
}
export interface WindowsNote {
  readonly v: number;
  readonly g: number;
  /** How many windows of provinces were read: where a restore finds fewer, records of the topic are gone. */
  readonly windows: number;
}
export interface OwnerNote {
  readonly v: number;
  readonly g: number;
  readonly owner: string;
}
