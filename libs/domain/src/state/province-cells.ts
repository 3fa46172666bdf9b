/**
 * The cells of a province partition: the one place that decides what a cell says.
 *
 * Reports and decisions are offered in any order, any number of times, and the cells end the same. A cell says its word as of an instant
 * (skyline.ts), which is now for every one but those of locked months (month-decisions.ts). Windows, status and the months to be written
 * observe what is decided here and never look at a report.
 */
import { compareReports, type Report } from '../cell/cell.js';
import type { CellTable, Outcome } from '../cell/cell-table.js';
import { withMonth, type LiveMonths } from '../cell/live-months.js';
import { withReport, type Skyline } from '../cell/skyline.js';
import type { Decision } from '../decision/decision.js';
import { Decisions } from '../decision/decisions.js';
import { NOW } from '../decision/month-decisions.js';
import { indicators } from '../reference/catalogue.js';
import { childrenOf, reportingUnitIndex } from '../reference/unit.js';
import type { CellObserver, FigureObserver } from './cell-observer.js';

export interface CellObservers {
  readonly figures: readonly FigureObserver[];
  readonly cells: readonly CellObserver[];
}

export class ProvinceCells {
  readonly decisions = new Decisions();

  constructor(
    private readonly table: CellTable,
    private readonly live: LiveMonths,
    private readonly observers: CellObservers,
  ) {}

  /** Offers a report to its cell; observers are told of what that changes. */
  merge(report: Report): Outcome {
    const { table } = this;
    const row = table.rowFor(report.unit, report.month);
    const outcome = table.compare(row, report);
    const skyline = this.withReport(row, report, outcome);
    if (skyline === undefined) return outcome;
    this.say(row, report.indicator, skyline, true);
    for (const observer of this.observers.cells) observer.changed(row, report.indicator);
    return outcome;
  }

  /** Takes a decision in; observers are told of every cell that says something else by it. False: it was known. */
  decide(decision: Decision): boolean {
    return this.takeIn(decision, true);
  }

  /** Puts back what was durable, in any order, any number of times; nobody is told. */
  restore(report: Report): void {
    const { table } = this;
    const row = table.rowFor(report.unit, report.month);
    const skyline = this.withReport(row, report, table.compare(row, report));
    if (skyline !== undefined) this.say(row, report.indicator, skyline, false);
  }

  /** The same of a decision. */
  restoreDecision(decision: Decision): void {
    this.takeIn(decision, false);
  }

  /** The skyline of a report's cell with it; undefined where it is the word at no instant. */
  private withReport(row: number, report: Report, outcome: Outcome): Skyline | undefined {
    const { table } = this;
    if (outcome !== 'won' && report.receivedAt >= table.wordReceivedAt(row, report.indicator)) return undefined;
    const held = table.skyline(row, report.indicator);
    const next = withReport(held, report);
    return next === held ? undefined : next;
  }

  private takeIn(decision: Decision, isTold: boolean): boolean {
    if (!this.decisions.add(decision)) return false;
    if (decision.type === 'month.submitted') return true;
    for (const unit of 'unit' in decision ? [decision.unit] : unitsOf(decision.province)) {
      const row = this.table.row(unit, decision.month);
      if (row === undefined) continue;
      if ('indicator' in decision) this.readAnew(row, decision.indicator, isTold);
      else indicators.forEach((_, indicator) => this.readAnew(row, indicator, isTold));
    }
    return true;
  }

  /** A cell says what decisions make of it now. */
  private readAnew(row: number, indicator: number, isTold: boolean): void {
    const skyline = this.table.skyline(row, indicator);
    if (skyline.length === 0 || !this.say(row, indicator, skyline, isTold) || !isTold) return;
    for (const observer of this.observers.cells) observer.changed(row, indicator);
  }

  /** Puts what a cell says of a skyline; true where that is another report, or one received at another instant, than before. */
  private say(row: number, indicator: number, skyline: Skyline, isTold: boolean): boolean {
    const { table } = this;
    const [unit, month] = [table.unitOf(row), table.monthOf(row)];
    const word = this.decisions.ofUnit(unit, month).wordAt(skyline, unit, indicator, NOW);
    const held = table.report(row, indicator);
    const isSame = word === held || (word !== undefined && held !== undefined && compareReports(word, held) === 0);
    if (isSame) {
      table.put(row, indicator, skyline, word);
      return word?.receivedAt !== held?.receivedAt;
    }
    const before = this.live.of(unit, month, indicator);
    const after = withMonth(before, month, word !== undefined && word.figure !== null);
    if (isTold) for (const observer of this.observers.figures) observer.leaving(row, indicator, before, after);
    table.put(row, indicator, skyline, word);
    this.live.set(unit, month, indicator, word !== undefined && word.figure !== null);
    if (isTold) for (const observer of this.observers.figures) observer.entered(row, indicator, before, after);
    return true;
  }
}

/** The province itself and its communes, by index. */
const unitsOf = (province: string): readonly number[] =>
  [province, ...childrenOf(province).map(({ code }) => code)].map((code) => reportingUnitIndex(code) as number);
