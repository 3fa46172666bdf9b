/**
 * The windows of a province partition: what its cells add up to, kept by difference.
 *
 * A changed cell touches the four or five windows that its month is part of, and each of these loses the unit's old contribution
 * and gets the new one. The sums are never the truth: they are added up anew from the cells when a restore ends.
 */
import type { CellTable } from '../cell/cell-table.js';
import type { LiveMonths } from '../cell/live-months.js';
import { indicators } from '../reference/catalogue.js';
import { windowLastMonth, windowMonthBits, windowsOfMonth, WINDOWS_PER_YEAR } from '../window/period.js';
import { WindowSums } from '../window/province-sums.js';
import { ByProvince } from './by-province.js';
import type { FigureObserver } from './cell-observer.js';

export class ProvinceWindows implements FigureObserver {
  /** By window. */
  private sums = new ByProvince<WindowSums[]>(() => []);

  constructor(
    private readonly table: CellTable,
    private readonly live: LiveMonths,
  ) {}

  leaving(row: number, indicator: number, before: number, after: number): void {
    const month = this.table.monthOf(row);
    const bit = 1 << (month % 12);
    const contributes = contributing(indicator);
    const sums = this.sums.of(this.table.unitOf(row));
    for (const shape of windowsOfMonth[month % 12]) {
      const bits = windowMonthBits[shape];
      const off = contributes(before & bits, after & bits, bit);
      if (off >= 0) sumsAt(sums, month, shape).add(this.table, this.rowOf(row, off), indicator, -1);
    }
  }

  entered(row: number, indicator: number, before: number, after: number): void {
    const month = this.table.monthOf(row);
    const bit = 1 << (month % 12);
    const contributes = contributing(indicator);
    const sums = this.sums.of(this.table.unitOf(row));
    for (const shape of windowsOfMonth[month % 12]) {
      const bits = windowMonthBits[shape];
      const [was, is] = [before & bits, after & bits];
      const window = sumsAt(sums, month, shape);
      const on = contributes(is, was, bit);
      if (on >= 0) window.add(this.table, this.rowOf(row, on), indicator, 1);
      const last = windowLastMonth[shape];
      window.count(indicator, Number(is !== 0) - Number(was !== 0), ((is >> last) & 1) - ((was >> last) & 1));
    }
  }

  /** Adds every window up anew from the cells, once, however often each was written; none counts as changed. */
  addUpAnew(): void {
    this.sums = new ByProvince<WindowSums[]>(() => []);
    for (let row = 0; row < this.table.rows; row += 1) this.addUp(row);
    for (const [, windows] of this.sums) windows.forEach((sums) => sums.changed.clear());
  }

  /** Every window in which anything was ever reported. */
  forEach(visit: (sums: WindowSums, province: string, window: number) => void): void {
    for (const [province, windows] of this.sums) windows.forEach((sums, window) => visit(sums, province, window));
  }

  /** Adds what a unit's month contributes to every window that it is part of. */
  private addUp(row: number): void {
    const month = this.table.monthOf(row);
    const sums = this.sums.of(this.table.unitOf(row));
    // A window in which all was taken back is still one that can change.
    for (const shape of windowsOfMonth[month % 12]) sumsAt(sums, month, shape);
    for (let indicator = 0; indicator < indicators.length; indicator += 1) {
      if (this.table.isLive(row, indicator)) this.addUpCell(row, indicator, sums);
    }
  }

  private addUpCell(row: number, indicator: number, sums: WindowSums[]): void {
    const month = this.table.monthOf(row);
    const live = this.live.of(this.table.unitOf(row), month, indicator);
    const isSum = indicators[indicator].over_time === 'sum';
    for (const shape of windowsOfMonth[month % 12]) {
      const months = live & windowMonthBits[shape];
      const isLatest = latestOf(months) === month % 12;
      if (!isSum && !isLatest) continue;
      const window = sumsAt(sums, month, shape);
      window.add(this.table, row, indicator, 1);
      if (isLatest) window.count(indicator, 1, (months >> windowLastMonth[shape]) & 1);
    }
  }

  /** The row of a month of the year of a row's unit; most often that is the row itself. */
  private rowOf(row: number, monthOfYear: number): number {
    const month = this.table.monthOf(row);
    const own = month % 12;
    return monthOfYear === own ? row : (this.table.row(this.table.unitOf(row), month - own + monthOfYear) as number);
  }
}

/** The sums of the window of a shape in the year of a month. */
const sumsAt = (windows: WindowSums[], month: number, shape: number): WindowSums =>
  (windows[Math.floor(month / 12) * WINDOWS_PER_YEAR + shape] ??= new WindowSums());

const latestOf = (months: number): number => 31 - Math.clz32(months);

/**
 * The month whose cell a window counts for a unit, of the live months `live`, as far as a change of the month `bit` concerns it;
 * -1 for none. `other` are the live months on the other side of the change.
 */
type Contributing = (live: number, other: number, bit: number) => number;

/** Of a sum, the changed month itself. */
const contributingSum: Contributing = (live, _other, bit) => ((live & bit) === 0 ? -1 : latestOf(bit));

/** Of a latest month, the latest live one, if the changed month is or was that. */
const contributingLatest: Contributing = (live, other, bit) => {
  const latest = latestOf(live);
  const changed = latestOf(bit);
  return latest === changed || latestOf(other) === changed ? latest : -1;
};

const contributing = (indicator: number): Contributing =>
  indicators[indicator].over_time === 'sum' ? contributingSum : contributingLatest;
