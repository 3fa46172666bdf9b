/**
 * Province state: the cells that one partition of the province stage owns, and what follows from them.
 *
 * `merge` takes reports in any order, any number of times, and ends in the same state. `takeUnitMonths` and
 * `takeWindows` hand out, absolute and whole, what has changed since the last time. Nothing is lost if publishing fails: the worker
 * then starts from what is durable.
 */
import type { Report } from '../cell/cell.js';
import { CellTable, type Outcome } from '../cell/cell-table.js';
import type { Decision } from '../decision/decision.js';
import type { MonthDecisions } from '../decision/month-decisions.js';
import { LiveMonths } from '../cell/live-months.js';
import { unitOf, type Unit } from '../reference/unit.js';
import { monthCode, windowCode } from '../window/period.js';
import type { MonthReports } from '../status/unit-reports.js';
import type { WindowSums } from '../window/province-sums.js';
import { ProvinceCells } from './province-cells.js';
import { ProvinceStatus } from './province-status.js';
import { ProvinceWindows } from './province-windows.js';
import { UnitMonths, WORDS_BESIDE, type ChangedMonth } from './unit-months.js';

export interface ProvinceWindow {
  readonly unit: string;
  readonly window: string;
  readonly changed: readonly string[];
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
  /** For a month: how far each unit of the province that reported anything has come, `UnitReports` as JSON text. */
  readonly reports?: string;
}

/** What was decided of a province's month. */
export interface DecidedMonth {
  readonly province: string;
  readonly month: string;
  readonly decisions: MonthDecisions;
}

export class ProvinceState {
  private readonly table = new CellTable();
  private readonly live = new LiveMonths();
  private readonly unitMonths: UnitMonths;
  private readonly windows = new ProvinceWindows(this.table, this.live);
  private readonly status = new ProvinceStatus(this.table);
  private readonly cells: ProvinceCells;

  /** Of each month of which something was decided since decisions were last taken, one. */
  private decided = new Map<string, Decision>();

  /** @param wordsBeside how many words may stand in a month beside those of its cells, before they go to overflows */
  constructor(wordsBeside = WORDS_BESIDE) {
    this.unitMonths = new UnitMonths(this.table, wordsBeside);
    const observers = { figures: [this.windows], cells: [this.unitMonths, this.status] };
    this.cells = new ProvinceCells(this.table, this.live, observers);
  }

  /** How many unit months and decided months have changes that were not taken yet. */
  get pending(): number {
    return this.unitMonths.pending + this.decided.size;
  }

  /** How many overflows the months have. */
  get overflows(): number {
    return this.unitMonths.overflowCount;
  }

  /** How many unit months were ever reported, those that were taken back too. */
  get months(): number {
    return this.table.rows;
  }

  /** Offers a report to its cell. */
  merge(report: Report): Outcome {
    return this.cells.merge(report);
  }

  /** Takes a decision in; false where it was known. */
  decide(decision: Decision): boolean {
    const isNew = this.cells.decide(decision);
    if (isNew) this.decided.set(`${decision.province}|${decision.month}`, decision);
    return isNew;
  }

  /** Puts back what was durable, as `restore` does. */
  restoreDecisions(decisions: readonly Decision[]): void {
    for (const decision of decisions) this.cells.restoreDecision(decision);
  }

  /** Puts back what was durable, without marking it changed. Windows add up again when `endRestore` is called. */
  restore(reports: readonly Report[]): void {
    for (const report of reports) this.cells.restore(report);
  }

  /** The same of an overflow of a unit's month. */
  restoreOverflow(number: number, words: readonly Report[]): void {
    this.restore(words);
    if (words.length > 0) this.unitMonths.notePutAway(this.table.rowFor(words[0].unit, words[0].month), number, words);
  }

  /** Every window is added up from the cells, and nothing is waiting to be published. */
  endRestore(): void {
    this.windows.addUpAnew();
  }

  /** The month of every unit that changed since the last call. */
  takeUnitMonths<Out>(to: (changed: ChangedMonth) => Out): Out[] {
    return this.unitMonths.take(to);
  }

  /** Every month of a province of which something was decided since the last call, with all that ever was. */
  takeDecisions<Out>(to: (month: DecidedMonth) => Out): Out[] {
    const { decided } = this;
    this.decided = new Map();
    return [...decided.values()].map(({ province, month }) =>
      to({ province, month: monthCode(month), decisions: this.cells.decisions.ofMonth(province, month) }),
    );
  }

  /** Every window of a province that changed since the last call. */
  takeWindows<Out>(to: (window: ProvinceWindow) => Out): Out[] {
    const out: Out[] = [];
    this.windows.forEach((sums, code, window) => {
      const changed = this.takeWindow(sums, code, window);
      if (changed !== undefined) out.push(to(changed));
    });
    return out;
  }

  /** Every window of a province in which anything was ever reported, changed or not. */
  allWindows<Out>(to: (window: ProvinceWindow) => Out): Out[] {
    const out: Out[] = [];
    this.windows.forEach((sums, code, window) => {
      out.push(to(windowOf(sums, code, window, this.status.whole(code, window))));
    });
    return out;
  }

  private takeWindow(sums: WindowSums, code: string, window: number): ProvinceWindow | undefined {
    const reports = this.status.of(code, window);
    if (sums.changed.isEmpty && !reports?.isChanged) return undefined;
    return windowOf(sums, code, window, reports);
  }
}

const windowOf = (sums: WindowSums, code: string, window: number, reports?: MonthReports): ProvinceWindow => {
  const base = { unit: code, window: windowCode(window), ...sums.take(unitOf(code) as Unit) };
  return reports === undefined ? base : { ...base, reports: reports.takeText() };
};
