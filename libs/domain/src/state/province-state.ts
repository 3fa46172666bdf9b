/**
 * Province state: the cells that one partition of the province stage owns, and the windows that they add up to.
 *
 * `merge` takes reports in any order, any number of times, and ends in the same state. `takeUnitMonths` and
 * `takeWindows` hand out, absolute and whole, what has changed since the last time.
 */
import { indicators } from '../reference/catalogue.js';
import type { Report } from '../cell/cell.js';
import { CellTable, type Outcome } from '../cell/cell-table.js';
import {
  monthCode,
  windowCode,
  windowLastMonth,
  windowMonthBits,
  windowsOfMonth,
  WINDOWS_PER_YEAR,
  YEARS,
} from '../window/period.js';
import { WindowSums } from '../window/province-sums.js';
import { MonthReports } from '../status/unit-reports.js';
import { provinceOf, reportingUnits, unitOf, type Unit } from '../reference/unit.js';

/** A unit's month as it stands: every cell ever reported in it, taken back ones too. */
export interface UnitMonth {
  readonly unit: string;
  readonly month: string;
  readonly reports: readonly Report[];
}

export interface ProvinceWindow {
  readonly unit: string;
  readonly window: string;
  readonly changed: readonly string[];
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
  /** For a month: how far each unit of the province that reported anything has come, `UnitReports` as JSON text. */
  readonly reports?: string;
}

export class ProvinceState {
  private readonly cells = new CellTable();
  private readonly live: Record<number, Uint16Array> = {};
  private readonly sums = new Map<string, WindowSums[]>();
  private changedRows = new Set<number>();
  private readonly reports = new Map<string, Map<number, MonthReports>>();

  /** How many unit months have changes that were not taken yet. */
  get pending(): number {
    return this.changedRows.size;
  }

  /** Offers a report to its cell. */
  merge(report: Report): Outcome {
    const { unit, month, indicator } = report;
    const row = this.cells.rowFor(unit, month);
    const outcome = this.cells.compare(row, report);
    if (outcome === 'won') this.replace(row, report);
    const earlier = this.cells.noteFirstReported(row, indicator, report.firstReported);
    if (outcome === 'won' || earlier) this.touch(row, unit, month);
    return outcome;
  }

  /** How many unit months were ever reported, those that were taken back too. */
  get months(): number {
    return this.cells.rows;
  }

  /** Puts back what was durable, without marking it changed. Windows add up again when `settle` ends the restore. */
  restore(reports: readonly Report[]): void {
    for (const report of reports) {
      const row = this.cells.rowFor(report.unit, report.month);
      if (this.cells.compare(row, report) === 'won') this.write(row, report);
      this.cells.noteFirstReported(row, report.indicator, report.firstReported);
    }
  }

  /**
   * Ends a restore: every window is added up from the cells, once, and nothing is waiting to be published. A cell that was written
   * many times meanwhile costs no more than any other.
   */
  settle(): void {
    this.sums.clear();
    for (let row = 0; row < this.cells.rows; row += 1) this.addUp(row);
    for (const windows of this.sums.values()) windows.forEach((sums) => sums.changed.clear());
  }

  /** Adds what a unit's month contributes to every window that it is part of. */
  private addUp(row: number): void {
    const unit = this.cells.unitOf(row);
    const month = this.cells.monthOf(row);
    const [year, monthOfYear] = [Math.floor(month / 12), month % 12];
    const live = this.liveMonths(unit);
    const sumsOf = this.sumsOf(provinceOf(reportingUnits[unit]));
    // A window in which all was taken back is still one that can change.
    for (const place of windowsOfMonth[monthOfYear]) sumsAt(sumsOf, year * WINDOWS_PER_YEAR + place);
    for (let indicator = 0; indicator < indicators.length; indicator += 1) {
      if (!this.cells.isLive(row, indicator)) continue;
      const isSum = indicators[indicator].over_time === 'sum';
      for (const place of windowsOfMonth[monthOfYear]) {
        const months = live[year * indicators.length + indicator] & windowMonthBits[place];
        const isLatest = highestMonth(months) === monthOfYear;
        if (!isSum && !isLatest) continue;
        const sums = sumsAt(sumsOf, year * WINDOWS_PER_YEAR + place);
        sums.add(this.cells, row, indicator, 1);
        if (isLatest) sums.count(indicator, 1, (months >> windowLastMonth[place]) & 1);
      }
    }
  }

  /**
   * The month of every unit that changed since the last call, each handed over as it is made, so that a country's worth of them
   * never stands in memory twice. Nothing is lost if publishing fails: the worker then starts from what is durable.
   */
  takeUnitMonths<Out>(to: (month: UnitMonth) => Out): Out[] {
    const rows = this.changedRows;
    this.changedRows = new Set();
    return Array.from(rows, (row) => to(this.unitMonth(row)));
  }

  /** Every window of a province that changed since the last call. */
  takeWindows<Out>(to: (window: ProvinceWindow) => Out): Out[] {
    const out: Out[] = [];
    for (const [code, windows] of this.sums) {
      const province = unitOf(code) as Unit;
      const months = this.reports.get(code);
      windows.forEach((sums, window) => {
        const changed = this.takeWindow(province, window, sums, months);
        if (changed !== undefined) out.push(to(changed));
      });
    }
    return out;
  }

  private takeWindow(
    province: Unit,
    window: number,
    sums: WindowSums,
    months: ReadonlyMap<number, MonthReports> | undefined,
  ): ProvinceWindow | undefined {
    const place = window % WINDOWS_PER_YEAR;
    const month = Math.floor(window / WINDOWS_PER_YEAR) * 12 + place;
    const reports = place < 12 ? months?.get(month) : undefined;
    if (sums.changed.isEmpty && !reports?.isChanged) return undefined;
    const base = { unit: province.code, window: windowCode(window), ...sums.take(province) };
    return reports === undefined ? base : { ...base, reports: reports.takeText() };
  }

  private touch(row: number, unit: number, month: number): void {
    this.changedRows.add(row);
    const province = provinceOf(reportingUnits[unit]);
    let months = this.reports.get(province);
    if (months === undefined) this.reports.set(province, (months = new Map()));
    let reports = months.get(month);
    if (reports === undefined) months.set(month, (reports = new MonthReports(province, month, this.cells)));
    reports.touch(reportingUnits[unit].code);
  }

  /** Replaces a cell and, in every window that its month is part of, the unit's old contribution by the new one. */
  private replace(row: number, report: Report): void {
    const { unit, month, indicator } = report;
    const year = Math.floor(month / 12);
    const bit = 1 << (month % 12);
    const liveMonths = this.liveMonths(unit);
    const before = liveMonths[year * indicators.length + indicator];
    const after = report.figure === null ? before & ~bit : before | bit;
    const contributes = indicators[indicator].over_time === 'sum' ? contributingSum : contributingLast;
    const sumsOf = this.sumsOf(provinceOf(reportingUnits[unit]));
    const places = windowsOfMonth[month % 12];
    const january = year * WINDOWS_PER_YEAR;
    for (const place of places) {
      const bits = windowMonthBits[place];
      const off = contributes(before & bits, after & bits, bit);
      if (off < 0) continue;
      sumsAt(sumsOf, january + place).add(this.cells, this.rowOf(unit, year, off), indicator, -1);
    }
    this.write(row, report);
    for (const place of places) {
      const bits = windowMonthBits[place];
      const [was, is] = [before & bits, after & bits];
      const sums = sumsAt(sumsOf, january + place);
      const on = contributes(is, was, bit);
      if (on >= 0) sums.add(this.cells, this.rowOf(unit, year, on), indicator, 1);
      const last = windowLastMonth[place];
      sums.count(indicator, Number(is !== 0) - Number(was !== 0), ((is >> last) & 1) - ((was >> last) & 1));
    }
  }

  /** Puts a report in its cell and notes whether the unit's month is live. */
  private write(row: number, report: Report): void {
    const { unit, month, indicator, figure } = report;
    const at = Math.floor(month / 12) * indicators.length + indicator;
    const bit = 1 << (month % 12);
    this.cells.write(row, report);
    if (figure === null) this.liveMonths(unit)[at] &= ~bit;
    else this.liveMonths(unit)[at] |= bit;
  }

  /** The sums of a province by window. */
  private sumsOf(province: string): WindowSums[] {
    let sums = this.sums.get(province);
    if (sums === undefined) this.sums.set(province, (sums = []));
    return sums;
  }

  private liveMonths(unit: number): Uint16Array {
    return (this.live[unit] ??= new Uint16Array(YEARS * indicators.length));
  }

  private rowOf(unit: number, year: number, month: number): number {
    return this.cells.row(unit, year * 12 + month) as number;
  }

  private unitMonth(row: number): UnitMonth {
    const reports = indicators.flatMap((_, indicator) => this.cells.report(row, indicator) ?? []);
    return { unit: reportingUnits[this.cells.unitOf(row)].code, month: monthCode(this.cells.monthOf(row)), reports };
  }
}

const highestMonth = (months: number) => 31 - Math.clz32(months);

const sumsAt = (windows: WindowSums[], window: number): WindowSums => (windows[window] ??= new WindowSums());

/**
 * The month whose cell a window counts for a unit, of the live months `live`, as far as a change of the month `bit` concerns it;
 * -1 for none. `other` are the live months on the other side of the change.
 */
type Contributing = (live: number, other: number, bit: number) => number;

/** Of a sum, the changed month itself. */
const contributingSum: Contributing = (live, _other, bit) => ((live & bit) === 0 ? -1 : highestMonth(bit));

/** Of a latest month, the latest live one, if the changed month is or was that. */
const contributingLast: Contributing = (live, other, bit) => {
  const latest = highestMonth(live);
  const changed = highestMonth(bit);
  return latest === changed || highestMonth(other) === changed ? latest : -1;
};
