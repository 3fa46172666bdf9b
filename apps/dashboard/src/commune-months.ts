/**
 * The months of the communes that are watched: from MongoDB, and from the topic what MongoDB may not have yet.
 *
 * A quarter or a year is never made of less than what has passed on the topic. While MongoDB is away, or not yet far enough, a commune's
 * events wait; what passed meanwhile is in `Unwritten`, and its windows are sent when the months are there.
 */
import { decodeCommuneRollup } from '#contracts';
import type { MonthCells } from '#domain';
import type { UnitYearDocument } from '#store';
import { storedCells, versionOf } from '#store';
import type { PassedRecord } from './unwritten.js';

/** A month that has changed, and in which indicators its windows may have. */
export interface MonthChange {
  readonly month: string;
  readonly changed: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Known {
  readonly cells: MonthCells;
  readonly version: number;
}

export class CommuneMonths {
  private readonly months = new Map<string, Known>();
  /** What a year's document reflects of all its months, those that it does not hold too. */
  private readonly years = new Map<string, number>();

  constructor(
    private readonly generation: number,
    documents: readonly UnitYearDocument[],
  ) {
    for (const { year, version, months } of documents) {
      this.years.set(String(year), version);
      for (const [month, stored] of Object.entries(months))
        this.months.set(`${year}-${month}`, { cells: storedCells(stored), version });
    }
  }

  /** The live cells of a month (`2026-03`). */
  readonly of = (month: string): MonthCells | undefined => this.months.get(month)?.cells;

  /** Takes a record of the unit; undefined where it is none of this generation. Throws `NewerRecord`. */
  take({
    value,
    offset,
    timestamp: at,
  }: Pick<PassedRecord, 'value' | 'offset' | 'timestamp'>): MonthChange | undefined {
    const rollup = decodeCommuneRollup(value.toString(), this.generation);
    if (rollup === undefined) return undefined;
    const { month, figures, reports } = rollup;
    const version = versionOf(this.generation, String(offset));
    const before = this.months.get(month)?.cells ?? {};
    // MongoDB had it, or a later one, already: what it changed cannot be told, so that all of the month counts as changed.
    if (version <= (this.months.get(month)?.version ?? this.years.get(month.slice(0, 4)) ?? 0))
      return { month, changed: new Set([...Object.keys(before), ...Object.keys(reports)]), at };
    this.months.set(month, { cells: figures, version });
    return { month, changed: changedCells(before, figures), at };
  }

  /** What a record that was taken before says of the unit, for one who has only just come. */
  whole({ value, timestamp: at }: PassedRecord): MonthChange | undefined {
    const rollup = decodeCommuneRollup(value.toString(), this.generation);
    return rollup && { month: rollup.month, changed: new Set(Object.keys(rollup.reports)), at };
  }
}

const changedCells = (before: MonthCells, after: MonthCells): ReadonlySet<string> =>
  new Set(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (indicator) => JSON.stringify(before[indicator]) !== JSON.stringify(after[indicator]),
    ),
  );
