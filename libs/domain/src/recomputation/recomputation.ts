/**
 * The whole made again from its events in the plainest way, to hold the pipeline against.
 *
 * It keeps every report of each cell in a map and adds up each window anew from the cells. Nothing is incremental, and nothing is shared
 * with the stages but the check of an event and the reference data: its rules are its own (plain-rules.ts), so a fault of theirs is
 * not repeated here. Asked for one province or one window at a time, it stays small however many events there are.
 */
import type { Report } from '../cell/cell.js';
import type { Decision } from '../decision/decision.js';
import type { Accepted } from '../event/nothing-arose.js';
import type { Rollup } from '../window/rollup.js';
import type { UnitReports } from '../status/unit-reports.js';
import { indicators } from '../reference/catalogue.js';
import type { Unit } from '../reference/unit.js';
import {
  country,
  expectedUnder,
  firstKnown,
  figureOf,
  indicatorOf,
  lastMonthOf,
  monthOf,
  numbersOf,
  percentOfSums,
  provinceAbove,
  readAsOf,
  reportsOfUnit,
  reportsSaidBy,
  unitNamed,
  unitOfReport,
  windowsWith,
  winsOver,
  wordsOf,
} from './plain-rules.js';

export { reportsSaidBy };

/** The different reports of each cell. */
type Cells = Map<string, readonly Report[]>;
type Sums = Map<string, bigint>;

interface Total {
  readonly sums: Sums;
  readonly breakdown: Map<string, Sums>;
  reported: number;
  current: number;
}

export class Recomputation {
  /** By province. */
  private readonly provinces = new Map<string, Cells>();
  /** By province and month. */
  private readonly decisions = new Map<string, readonly Decision[]>();

  /** @param asOf milliseconds since the epoch: what was known and decided by then */
  constructor(private readonly asOf = Infinity) {}

  /** Each record of the topic comes once; of one that was sent twice the first counts. */
  decide(decision: Decision): void {
    const key = `${decision.province}|${decision.month}`;
    const all = [...(this.decisions.get(key) ?? []), decision].sort((a, b) => a.order - b.order);
    const isFirst = ({ id }: Decision, n: number) => id === undefined || all.findIndex((one) => one.id === id) === n;
    this.decisions.set(key, all.filter(isFirst));
  }

  take(accepted: Accepted): void {
    for (const report of reportsSaidBy(accepted)) this.takeReport(report);
  }

  private takeReport(report: Report): void {
    const province = provinceAbove(unitOfReport(report));
    const cells = this.provinces.get(province) ?? (new Map() as Cells);
    this.provinces.set(province, cells);
    const key = `${report.unit}|${report.indicator}|${report.month}`;
    cells.set(key, withAnother(cells.get(key) ?? [], report));
  }

  /** Every rollup of the units (and the one window, by its code) that are wanted, by `unit|window|indicator`. */
  rollups(isWanted: (unit: Unit) => boolean = () => true, only?: string): Map<string, Rollup> {
    const totals = new Map<string, Total>();
    for (const [place, cells] of contributions(this.cells(isWanted, only), only)) {
      const [code, window, indicator] = place.split('|');
      const unit = unitNamed(code);
      const isSummed = indicatorOf(cells[0]).over_time === 'sum';
      const chosen = isSummed ? cells : [latest(cells)];
      const isCurrent = cells.some((report) => monthOf(report) === lastMonthOf(window));
      for (const above of new Set([unit, unitNamed(provinceAbove(unit)), country])) {
        if (isWanted(above)) add(totals, `${above.code}|${window}|${indicator}`, chosen, isCurrent);
      }
    }
    return new Map([...totals].map(([key, total]) => [key, rollupOf(key, total)]));
  }

  /** The live cells of a unit by `month|indicator`, numbers in slot order. */
  liveCells(unit: Unit): Map<string, Report['figure']> {
    const live = new Map<string, Report['figure']>();
    for (const reports of this.provinces.get(provinceAbove(unit))?.values() ?? []) {
      const [report] = this.admitted(reports);
      if (!report?.figure || unitOfReport(report) !== unit) continue;
      live.set(`${monthOf(report)}|${indicatorOf(report).code}`, report.figure);
    }
    return live;
  }

  /** What each cell of a unit ever said, by `month|indicator`: its words with the instants from which they were known, in their order. */
  histories(unit: Unit): Map<string, readonly Report[]> {
    const histories = new Map<string, readonly Report[]>();
    for (const reports of this.provinces.get(provinceAbove(unit))?.values() ?? []) {
      if (unitOfReport(reports[0]) !== unit) continue;
      histories.set(`${monthOf(reports[0])}|${indicatorOf(reports[0]).code}`, wordsOf(reports));
    }
    return histories;
  }

  /** What was decided of each month of a province, by month: the places of the decisions. */
  decided(province: string): Map<string, readonly number[]> {
    const decided = new Map<string, readonly number[]>();
    for (const [key, all] of this.decisions)
      if (key.startsWith(`${province}|`))
        decided.set(
          monthOf(all[0]),
          all.map(({ order }) => order),
        );
    return decided;
  }

  /** How far each unit of a province has come, by month: `UnitReports` (unit-reports.ts). */
  reports(province: string): Map<string, UnitReports> {
    const times = new Map<string, Map<Unit, number[]>>();
    for (const reports of this.provinces.get(province)?.values() ?? []) {
      const [report, ...others] = this.admitted(reports);
      if (!report?.figure) continue;
      const units = times.get(monthOf(report)) ?? new Map<Unit, number[]>();
      times.set(monthOf(report), units);
      const unit = unitOfReport(report);
      units.set(unit, [...(units.get(unit) ?? []), firstKnown([report, ...others])]);
    }
    const ofMonth = (units: Map<Unit, number[]>): UnitReports =>
      Object.fromEntries([...units].map(([unit, firstKnownAt]) => [unit.code, reportsOfUnit(unit, firstKnownAt)]));
    return new Map([...times].map(([month, units]) => [month, ofMonth(units)]));
  }

  /** Cells of the provinces, and of the months of the one window, that have something to do with what is wanted. */
  private *cells(isWanted: (unit: Unit) => boolean, only: string | undefined): Generator<Report> {
    for (const [province, cells] of this.provinces) {
      const isProvinceWanted = isWanted(country) || isWanted(unitNamed(province));
      for (const reports of cells.values()) {
        // Before its winner is looked for: asked window by window, most cells are of another one.
        if (only !== undefined && !windowsWith(monthOf(reports[0])).includes(only)) continue;
        if (!isProvinceWanted && !isWanted(unitOfReport(reports[0]))) continue;
        const [report] = this.admitted(reports);
        if (report !== undefined) yield report;
      }
    }
  }

  /** Of a cell's reports those that are read as of the instant, the winner first. */
  private admitted(reports: readonly Report[]): readonly Report[] {
    const [{ month }] = reports;
    const decided = this.decisions.get(`${provinceAbove(unitOfReport(reports[0]))}|${month}`) ?? [];
    const until = readAsOf(reports[0], decided, this.asOf);
    const known = until === Infinity ? reports : reports.filter(({ receivedAt }) => receivedAt <= until);
    const winner = known.find((one) => !known.some((other) => winsOver(other, one)));
    return winner === undefined ? [] : [winner, ...known.filter((one) => one !== winner)];
  }
}

/** A cell's reports with one more; of one that came before, the earlier receipt. */
const withAnother = (reports: readonly Report[], next: Report): readonly Report[] => {
  const same = reports.findIndex((held) => !winsOver(next, held) && !winsOver(held, next));
  if (same >= 0) return reports.map((held, n) => (n === same && next.receivedAt < held.receivedAt ? next : held));
  return [...reports, next];
};

/** Live cells of each unit, window and indicator. */
const contributions = (cells: Iterable<Report>, only: string | undefined): Map<string, Report[]> => {
  const places = new Map<string, Report[]>();
  for (const report of cells) {
    if (report.figure === null) continue;
    for (const window of windowsWith(monthOf(report))) {
      if (only !== undefined && window !== only) continue;
      const key = `${unitOfReport(report).code}|${window}|${indicatorOf(report).code}`;
      const held = places.get(key);
      if (held === undefined) places.set(key, [report]);
      else held.push(report);
    }
  }
  return places;
};

const latest = (cells: readonly Report[]): Report => cells.reduce((a, b) => (b.month > a.month ? b : a));

const add = (totals: Map<string, Total>, key: string, cells: readonly Report[], isCurrent: boolean): void => {
  const total = totals.get(key) ?? { sums: new Map(), breakdown: new Map(), reported: 0, current: 0 };
  totals.set(key, total);
  total.reported += 1;
  if (isCurrent) total.current += 1;
  for (const report of cells) {
    const numbers = numbersOf(report);
    if (numbers === undefined) continue;
    addNumbers(total.sums, numbers.total);
    for (const [category, part] of numbers.breakdown) {
      const sums = total.breakdown.get(category) ?? (new Map() as Sums);
      total.breakdown.set(category, sums);
      addNumbers(sums, part);
    }
  }
};

const addNumbers = (sums: Sums, numbers: Readonly<Record<string, number>>): void => {
  for (const [name, number] of Object.entries(numbers)) sums.set(name, (sums.get(name) ?? 0n) + BigInt(number));
};

const rollupOf = (key: string, { sums, breakdown, reported, current }: Total): Rollup => {
  const [code, , name] = key.split('|');
  const indicator = indicators.find((one) => one.code === name) as (typeof indicators)[number];
  const given = (indicator.breakdown ?? []).filter((category) => breakdown.has(category));
  return {
    indicator: name,
    ...figureOf(sums),
    percent: percentOfSums(sums),
    breakdown: Object.fromEntries(given.map((category) => [category, figureOf(breakdown.get(category) as Sums)])),
    reporting: { expected: expectedUnder(unitNamed(code), indicator), reported, current },
  };
};
