/** The months of units that have changed, to be written whole. */
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
}

export class UnitMonths implements CellObserver {
  private changedRows = new Set<number>();

  constructor(private readonly table: CellTable) {}

  /** How many have changed since they were last taken. */
  get pending(): number {
    return this.changedRows.size;
  }

  changed(row: number): void {
    this.changedRows.add(row);
  }

  /** Each is handed over as it is made, so that a country's worth of them never stands in memory twice. */
  take<Out>(to: (month: UnitMonth) => Out): Out[] {
    const rows = this.changedRows;
    this.changedRows = new Set();
    return Array.from(rows, (row) => to(this.unitMonth(row)));
  }

  private unitMonth(row: number): UnitMonth {
    const { table } = this;
    const reports = indicators.flatMap((_, indicator) => table.report(row, indicator) ?? []);
    const earlier = reports.flatMap(({ indicator }) => table.earlierOf(row, indicator));
    const later = indicators.flatMap((_, indicator) => table.laterOf(row, indicator));
    const place = { unit: reportingUnits[table.unitOf(row)].code, month: monthCode(table.monthOf(row)) };
    return { ...place, reports, earlier, later };
  }
}
