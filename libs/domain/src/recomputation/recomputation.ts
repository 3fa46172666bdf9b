/**
 * The whole made again from its events in the plainest way, to hold the pipeline against.
 *
 * It keeps the winner of each cell in a map and adds up each window anew from the cells. Nothing is incremental and nothing is
 * shared with the stages but the check of an event and the order of two reports: a fault of theirs is not repeated here. Asked
 * for one province or one window at a time, it stays small however many events there are.
 */
import { indicators } from '../reference/catalogue.js';
import { compareReports, type Report } from '../cell/cell.js';
import { exactSum, type Whole } from '../exact/figure.js';
import { layout } from '../reference/layout.js';
import { monthCode, monthsOfWindow, windowCode, windowsOfMonth, WINDOWS_PER_YEAR } from '../window/period.js';
import { rollupFrom, type Rollup } from '../window/rollup.js';
import { expectedIndicators, type UnitReports } from '../status/unit-reports.js';
import { COUNTRY, expectedReporters, provinceOf, reportingUnits, unitOf, type Unit } from '../reference/unit.js';

type Figure = (Whole | null)[];
type Cells = Map<string, Report>;

interface Total {
  figure: Figure;
  reported: number;
  current: number;
}

export class Recomputation {
  /** The winner of each cell, by province. */
  private readonly provinces = new Map<string, Cells>();

  take(report: Report): void {
    const province = provinceOf(reportingUnits[report.unit]);
    const cells = this.provinces.get(province) ?? (new Map() as Cells);
    this.provinces.set(province, cells);
    const key = `${report.unit}|${report.indicator}|${report.month}`;
    const held = cells.get(key);
    const winner = held === undefined || compareReports(report, held) > 0 ? report : held;
    const said = [report.firstReported, held?.firstReported ?? 0].filter((seconds) => seconds > 0);
    const firstReported = said.length === 0 ? 0 : Math.min(...said);
    cells.set(key, winner.firstReported === firstReported ? winner : { ...winner, firstReported });
  }

  /** Every rollup of the units (and the one window) that are wanted, by `unit|window|indicator`. */
  rollups(isWanted: (unit: Unit) => boolean = () => true, only?: number): Map<string, Rollup> {
    const totals = new Map<string, Total>();
    for (const [place, cells] of contributions(this.cells(isWanted), only)) {
      const [unitIndex, window, indicator] = place.split('|').map(Number);
      const unit = reportingUnits[unitIndex];
      const chosen = indicators[indicator].over_time === 'last' ? [latest(cells)] : cells;
      const isCurrent = cells.some(({ month }) => month === monthsOfWindow(window).at(-1));
      for (const code of new Set([unit.code, provinceOf(unit), COUNTRY])) {
        if (isWanted(unitOf(code) as Unit)) add(totals, `${code}|${window}|${indicator}`, chosen, isCurrent);
      }
    }
    return new Map([...totals].map(([key, total]) => named(key, total)));
  }

  /** The live cells of a unit by `month|indicator`, numbers in slot order. */
  liveCells(unit: Unit): Map<string, Report['figure']> {
    const live = new Map<string, Report['figure']>();
    for (const report of this.provinces.get(provinceOf(unit))?.values() ?? []) {
      if (report.figure === null || reportingUnits[report.unit] !== unit) continue;
      live.set(`${monthCode(report.month)}|${indicators[report.indicator].code}`, report.figure);
    }
    return live;
  }

  /** How far each unit of a province has come, by month: `UnitReports` (unit-reports.ts). */
  reports(province: string): Map<string, UnitReports> {
    const firstReports = new Map<string, Map<string, number[]>>();
    for (const { figure, unit, month, firstReported } of this.provinces.get(province)?.values() ?? []) {
      if (figure === null) continue;
      const units = firstReports.get(monthCode(month)) ?? new Map<string, number[]>();
      firstReports.set(monthCode(month), units);
      const { code } = reportingUnits[unit];
      units.set(code, [...(units.get(code) ?? []), firstReported]);
    }
    return new Map([...firstReports].map(([month, units]) => [month, reportsOfMonth(units)]));
  }

  /** Cells of the provinces that have something to do with what is wanted. */
  private *cells(isWanted: (unit: Unit) => boolean): Generator<Report> {
    const isCountryWanted = isWanted(unitOf(COUNTRY) as Unit);
    for (const [province, cells] of this.provinces) {
      const isProvinceWanted = isCountryWanted || isWanted(unitOf(province) as Unit);
      for (const report of cells.values()) {
        if (isProvinceWanted || isWanted(reportingUnits[report.unit])) yield report;
      }
    }
  }
}

const reportsOfMonth = (units: ReadonlyMap<string, readonly number[]>): UnitReports =>
  Object.fromEntries(
    [...units].map(([code, firstReported]) => {
      const isComplete = firstReported.length === expectedIndicators((unitOf(code) as Unit).level as 'commune');
      return [code, [firstReported.length, isComplete ? Math.max(...firstReported) : 0]];
    }),
  );

/** Live cells of each unit, window and indicator. */
const contributions = (cells: Iterable<Report>, only: number | undefined): Map<string, Report[]> => {
  const places = new Map<string, Report[]>();
  for (const report of cells) {
    if (report.figure === null) continue;
    const january = Math.floor(report.month / 12) * WINDOWS_PER_YEAR;
    for (const place of windowsOfMonth[report.month % 12]) {
      if (only !== undefined && january + place !== only) continue;
      const key = `${report.unit}|${january + place}|${report.indicator}`;
      const held = places.get(key);
      if (held === undefined) places.set(key, [report]);
      else held.push(report);
    }
  }
  return places;
};
const latest = (cells: readonly Report[]): Report => cells.reduce((a, b) => (b.month > a.month ? b : a));

const add = (totals: Map<string, Total>, key: string, cells: readonly Report[], isCurrent: boolean): void => {
  const total = totals.get(key) ?? { figure: [], reported: 0, current: 0 };
  totals.set(key, total);
  total.reported += 1;
  total.current += Number(isCurrent);
  for (const { figure } of cells) {
    (figure ?? []).forEach((number, slot) => {
      if (number !== null) total.figure[slot] = exactSum(total.figure[slot] ?? 0, number);
    });
  }
};

const named = (key: string, { figure, reported, current }: Total): [string, Rollup] => {
  const [code, window, index] = key.split('|');
  const indicator = Number(index);
  const { fields } = layout[indicator];
  const occurs = (category: number) => (figure[(category + 1) * fields.length] ?? null) !== null;
  const expected = expectedReporters(unitOf(code) as Unit, indicators[indicator]);
  const rollup = rollupFrom(indicator, figure as number[], 0, occurs, { expected, reported, current });
  return [`${code}|${windowCode(Number(window))}|${indicators[indicator].code}`, rollup];
};
