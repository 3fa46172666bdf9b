/**
 * The cells of a province partition: the one place that decides what a cell says.
 *
 * Reports are offered in any order, any number of times, and the cells end the same. A cell says its word as of an instant (skyline.ts),
 * which is now for every one. Windows, status and the months to be written observe what is decided here and never look at a report, so
 * whatever else comes to have a say in what a cell says (a lock, by which it is read as of an earlier instant) has it here, and they follow.
 */
import type { Report } from '../cell/cell.js';
import type { CellTable, Outcome } from '../cell/cell-table.js';
import { withMonth, type LiveMonths } from '../cell/live-months.js';
import type { CellObserver, FigureObserver } from './cell-observer.js';

export interface CellObservers {
  readonly figures: readonly FigureObserver[];
  readonly cells: readonly CellObserver[];
}

export class ProvinceCells {
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
    if (outcome === 'won') this.replace(row, report);
    else if (!this.wasWord(row, report)) return outcome;
    for (const observer of this.observers.cells) observer.changed(row, report.indicator);
    return outcome;
  }

  /** Puts back what was durable, in any order, any number of times; nobody is told. */
  restore(report: Report): void {
    const { table } = this;
    const row = table.rowFor(report.unit, report.month);
    if (table.compare(row, report) === 'won') this.write(row, report);
    else this.wasWord(row, report);
  }

  /** Keeps a report that does not win where it was the word before the one that does was received; true if it was. */
  private wasWord(row: number, report: Report): boolean {
    return report.receivedAt < this.table.receivedAt(row, report.indicator) && this.table.insert(row, report);
  }

  private replace(row: number, report: Report): void {
    const { unit, month, indicator, figure } = report;
    const before = this.live.of(unit, month, indicator);
    const after = withMonth(before, month, figure !== null);
    for (const observer of this.observers.figures) observer.leaving(row, indicator, before, after);
    this.write(row, report);
    for (const observer of this.observers.figures) observer.entered(row, indicator, before, after);
  }

  private write(row: number, report: Report): void {
    this.table.insert(row, report);
    this.live.set(report.unit, report.month, report.indicator, report.figure !== null);
  }
}
