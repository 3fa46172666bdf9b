/**
 * Unit reports: how far each reporting unit of a province has come with a month.
 *
 * A month's record says it of every unit, and one event changes one of them; the text of the others is kept.
 */
import { indicators } from '../reference/catalogue.js';
import type { CellTable } from '../cell/cell-table.js';
import { childrenOf, reportingUnitIndex, unitOf, type Unit } from '../reference/unit.js';

/**
 * A province's month by unit: live cells, and when the last missing one of those expected was first received, in whole seconds since the
 * epoch (0: still missing). Deadlines end with a second, so the rest of it tells nothing.
 */
export type UnitReports = Readonly<Record<string, readonly [live: number, completedAt: number]>>;

const expectedOf = new Map(
  (['commune', 'province'] as const).map((level) => [
    level,
    indicators.flatMap((indicator, index) => (indicator.reported_by.includes(level) ? [index] : [])),
  ]),
);

/** How many indicators a unit of a level ought to report each month. */
export const expectedIndicators = (level: 'commune' | 'province'): number => expectedOf.get(level)?.length ?? 0;

export class MonthReports {
  /** Whether a unit changed since the text was last taken. */
  isChanged = false;
  private readonly units: readonly Unit[];
  /** Of each unit, in their order; empty where nothing is live. */
  private readonly texts: string[] = [];
  /** Units whose text is not made yet, or not any more, by code. */
  private readonly stale: Set<string>;

  constructor(
    province: string,
    private readonly month: number,
    private readonly cells: CellTable,
  ) {
    this.units = [unitOf(province) as Unit, ...childrenOf(province)];
    this.stale = new Set(this.units.map(({ code }) => code));
  }

  touch(unit: string): void {
    this.stale.add(unit);
    this.isChanged = true;
  }

  /** `UnitReports` as JSON text. */
  takeText(): string {
    this.isChanged = false;
    this.units.forEach((unit, n) => {
      if (this.stale.has(unit.code)) this.texts[n] = this.textOf(unit);
    });
    this.stale.clear();
    return `{${this.texts.filter((text) => text !== '').join(',')}}`;
  }

  private textOf(unit: Unit): string {
    const row = this.cells.row(reportingUnitIndex(unit.code) as number, this.month);
    if (row === undefined) return '';
    const expected = expectedOf.get(unit.level as 'commune' | 'province') ?? [];
    const live = expected.filter((indicator) => this.cells.isLive(row, indicator));
    if (live.length === 0) return '';
    const isComplete = live.length === expected.length;
    const completedAt = isComplete ? Math.max(...live.map((i) => this.cells.firstReceived(row, i))) : 0;
    return `"${unit.code}":[${live.length},${Math.floor(completedAt / 1000)}]`;
  }
}
