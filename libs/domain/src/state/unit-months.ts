/**
 * The months of units that have changed, to be written whole.
 *
 * A month is written with every change, so what it carries besides its cells is bounded: where the words of its cells have changed more
 * often than that, the others are put away in overflows, once, which never change. A word that is found to be hidden later may stand in an
 * overflow still; readers merge all that they find into skylines, and it falls out.
 */
import type { Report } from '../cell/cell.js';
import type { CellTable } from '../cell/cell-table.js';
import { indicators } from '../reference/catalogue.js';
import { reportingUnits } from '../reference/unit.js';
import { monthCode } from '../window/period.js';
import type { CellObserver } from './cell-observer.js';

/** A unit's month as it stands: what every cell ever reported in it says, taken back ones too. */
export interface UnitMonth {
  readonly unit: string;
  readonly month: string;
  readonly reports: readonly Report[];
  /** What the word of its cells was before it was what they say, by indicator and receipt. */
  readonly earlier: readonly Report[];
  /** What it was after that, which they do not say: the month is locked. */
  readonly later: readonly Report[];
  /** How many overflows hold more of either; none where it is missing. */
  readonly overflows?: number;
}

/** Words of a month's cells at other times, by indicator, that do not stand in the month itself. */
export interface MonthOverflow {
  readonly unit: string;
  readonly month: string;
  /** From 0. */
  readonly number: number;
  readonly words: readonly Report[];
}

/** A month, and what has left it since it was last taken. */
export interface ChangedMonth {
  readonly month: UnitMonth;
  readonly overflows: readonly MonthOverflow[];
}

/** So many words beside those of the cells stand in a month, and as many in an overflow. With the longest ids they are 0.4 MB. */
export const WORDS_BESIDE = 256;

export class UnitMonths implements CellObserver {
  private changedRows = new Set<number>();
  /** How many overflows a row has; most have none. */
  private readonly overflows = new Map<number, number>();
  private readonly putAway = new WeakSet<Report>();

  /** @param beside how many words may stand beside a month's cells */
  constructor(
    private readonly table: CellTable,
    private readonly beside: number,
  ) {}

  /** How many have changed since they were last taken. */
  get pending(): number {
    return this.changedRows.size;
  }

  /** How many overflows there are of all months. */
  get overflowCount(): number {
    let count = 0;
    for (const ofRow of this.overflows.values()) count += ofRow;
    return count;
  }

  changed(row: number): void {
    this.changedRows.add(row);
  }

  /** Each is handed over as it is made, so that a country's worth of them never stands in memory twice. */
  take<Out>(to: (changed: ChangedMonth) => Out): Out[] {
    const rows = this.changedRows;
    this.changedRows = new Set();
    return Array.from(rows, (row) => to(this.changedMonth(row)));
  }

  /** Words of a row stand in an overflow of it from now on, and in its month no more. */
  notePutAway(row: number, number: number, words: readonly Report[]): void {
    for (const word of words) this.putAway.add(word);
    this.overflows.set(row, Math.max(this.overflows.get(row) ?? 0, number + 1));
  }

  private changedMonth(row: number): ChangedMonth {
    const { table } = this;
    const reports = indicators.flatMap((_, indicator) => table.report(row, indicator) ?? []);
    const earlier = reports.flatMap(({ indicator }) => table.earlierOf(row, indicator));
    const later = indicators.flatMap((_, indicator) => table.laterOf(row, indicator));
    const place = { unit: reportingUnits[table.unitOf(row)].code, month: monthCode(table.monthOf(row)) };
    const made = this.putAwayOf(row, [...earlier, ...later]);
    const overflows = this.overflows.get(row);
    if (overflows === undefined) return { month: { ...place, reports, earlier, later }, overflows: [] };
    const isHere = (word: Report) => !this.putAway.has(word);
    const beside = { earlier: earlier.filter(isHere), later: later.filter(isHere) };
    return {
      month: { ...place, reports, ...beside, overflows },
      overflows: made.map((overflow) => ({ ...place, ...overflow })),
    };
  }

  /** Puts away what is more than may stand in the month. */
  private putAwayOf(row: number, words: readonly Report[]): Pick<MonthOverflow, 'number' | 'words'>[] {
    if (words.length <= this.beside) return [];
    const here = words.filter((word) => !this.putAway.has(word)).sort((a, b) => a.indicator - b.indicator);
    const made: Pick<MonthOverflow, 'number' | 'words'>[] = [];
    for (let from = 0; here.length - from > this.beside; from += this.beside) {
      const number = this.overflows.get(row) ?? 0;
      made.push({ number, words: here.slice(from, from + this.beside) });
      this.notePutAway(row, number, made[made.length - 1].words);
    }
    return made;
  }
}
