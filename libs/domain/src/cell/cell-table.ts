/**
 * The cell table: every cell that a province partition owns, compact.
 *
 * Cells stand in pages of plain doubles, one row for a unit's month: for each indicator its revision, time, receipt and state, then its
 * numbers in slot order. Five years of the whole country (5.8 million cells) take about 0.6 GB in one worker. A page holds what each cell
 * says; of the few cells whose word ever changed, or is not what they say, the skyline stands beside (skyline.ts), so that the others
 * cost what they cost without a history.
 */
import { compareReports, type Report } from './cell.js';
import { firstReceived, type Skyline } from './skyline.js';
import { indicators } from '../reference/catalogue.js';
import { layout, ROW_WIDTH } from '../reference/layout.js';
import { MONTHS } from '../window/period.js';

export type Outcome = 'won' | 'superseded' | 'repeated';

const N = indicators.length;
const REVISION = 0;
const SECONDS = N;
const RECEIVED = 2 * N;
const STATE = 3 * N;
const FIGURES = 4 * N;
const WIDTH = 4 * N + ROW_WIDTH;
const PAGE_ROWS = 128;

/** A cell's state: 0 never seen, 1 taken back, else 2 with the categories given from bit 2 on. */
const RETRACTED = 1;
const LIVE = 2;

export class CellTable {
  private readonly pages: Float64Array[] = [];
  private readonly ids: string[][] = [];
  private readonly fractions = new Map<number, string>();
  /** By cell, where it is more than what the cell says. */
  private readonly skylines = new Map<number, Skyline>();
  private readonly rowOfKey = new Map<number, number>();
  private readonly keyOfRow: number[] = [];

  /** The row of a unit's month, or undefined if nothing of it was ever seen. */
  row(unit: number, month: number): number | undefined {
    return this.rowOfKey.get(unit * MONTHS + month);
  }

  unitOf(row: number): number {
    return Math.floor(this.keyOfRow[row] / MONTHS);
  }

  monthOf(row: number): number {
    return this.keyOfRow[row] % MONTHS;
  }

  get rows(): number {
    return this.keyOfRow.length;
  }

  rowFor(unit: number, month: number): number {
    const key = unit * MONTHS + month;
    const known = this.rowOfKey.get(key);
    if (known !== undefined) return known;
    const row = this.keyOfRow.push(key) - 1;
    if (row % PAGE_ROWS === 0) {
      this.pages.push(new Float64Array(PAGE_ROWS * WIDTH));
      this.ids.push(new Array<string>(PAGE_ROWS * N));
    }
    this.rowOfKey.set(key, row);
    return row;
  }

  isLive(row: number, indicator: number): boolean {
    return (this.page(row)[this.at(row) + STATE + indicator] & LIVE) !== 0;
  }

  /** Which categories of its breakdown a live cell gives: category n as bit n. */
  givenCategories(row: number, indicator: number): number {
    return this.page(row)[this.at(row) + STATE + indicator] >> 2;
  }

  /** The page that holds a row's numbers and where an indicator's first slot is in it. */
  page(row: number): Float64Array {
    return this.pages[Math.floor(row / PAGE_ROWS)];
  }

  slot(row: number, indicator: number): number {
    return this.at(row) + FIGURES + layout[indicator].start;
  }

  /** When what a cell says was received, milliseconds since the epoch; 0 if it says nothing. */
  receivedAt(row: number, indicator: number): number {
    return this.page(row)[this.at(row) + RECEIVED + indicator];
  }

  /** When its word was received. */
  wordReceivedAt(row: number, indicator: number): number {
    return this.skylines.get(row * N + indicator)?.at(-1)?.receivedAt ?? this.receivedAt(row, indicator);
  }

  /** The first instant as of which the cell was reported by what it says now, in milliseconds since the epoch; 0 if it never was. */
  firstReceived(row: number, indicator: number): number {
    const earlier = firstReceived(this.earlierOf(row, indicator));
    return earlier === 0 && this.isLive(row, indicator) ? this.receivedAt(row, indicator) : earlier;
  }

  /** What the cell's word was before it was what the cell says, by receipt. */
  earlierOf(row: number, indicator: number): Skyline {
    const received = this.receivedAt(row, indicator);
    return this.skylines.get(row * N + indicator)?.filter(({ receivedAt }) => receivedAt < received) ?? [];
  }

  /** What its word was after that, which the cell does not say: its month is locked. */
  laterOf(row: number, indicator: number): Skyline {
    const received = this.receivedAt(row, indicator);
    return this.skylines.get(row * N + indicator)?.filter(({ receivedAt }) => receivedAt > received) ?? [];
  }

  /** How the cell's word changed. */
  skyline(row: number, indicator: number): Skyline {
    const held = this.skylines.get(row * N + indicator);
    if (held !== undefined) return held;
    const only = this.report(row, indicator);
    return only === undefined ? [] : [only];
  }

  /** What `report` would do to its cell's word: win, lose against it, or say the same again. */
  compare(row: number, report: Report): Outcome {
    const word = this.skylines.get(row * N + report.indicator)?.at(-1);
    const order = word === undefined ? this.compareWithPage(row, report) : compareReports(report, word);
    return order > 0 ? 'won' : order < 0 ? 'superseded' : 'repeated';
  }

  private compareWithPage(row: number, report: Report): number {
    const page = this.page(row);
    const at = this.at(row) + report.indicator;
    if (page[at + STATE] === 0) return 1;
    return (
      report.revision - page[at + REVISION] ||
      report.seconds - page[at + SECONDS] ||
      compareReports(report, this.report(row, report.indicator) as Report)
    );
  }

  /** What a cell's skyline is and what the cell says of it, from now on. */
  put(row: number, indicator: number, skyline: Skyline, word: Report | undefined): void {
    if (word === undefined) this.clear(row, indicator);
    else this.write(row, word);
    if (skyline.length > 1 || word === undefined) this.skylines.set(row * N + indicator, skyline);
    else if (this.skylines.size > 0) this.skylines.delete(row * N + indicator);
  }

  private clear(row: number, indicator: number): void {
    const page = this.page(row);
    const at = this.at(row) + indicator;
    for (const member of [REVISION, SECONDS, RECEIVED, STATE]) page[at + member] = 0;
    this.setFraction(row, indicator, '');
  }

  private write(row: number, report: Report): void {
    const page = this.page(row);
    const at = this.at(row);
    const { indicator, figure } = report;
    const { fields, categories, width, start } = layout[indicator];
    page[at + REVISION + indicator] = report.revision;
    page[at + SECONDS + indicator] = report.seconds;
    page[at + RECEIVED + indicator] = report.receivedAt;
    this.ids[Math.floor(row / PAGE_ROWS)][(row % PAGE_ROWS) * N + indicator] = report.id;
    this.setFraction(row, indicator, report.fraction);
    const from = at + FIGURES + start;
    const given = figure === null ? 0 : figure.length;
    for (let slot = 0; slot < width; slot += 1) page[from + slot] = slot < given ? (figure?.[slot] ?? 0) : 0;
    let state = figure === null ? RETRACTED : LIVE;
    for (let n = 1; n <= categories.length; n += 1) {
      const slot = n * fields.length;
      if (slot < given && figure?.[slot] !== null) state |= LIVE << n;
    }
    page[at + STATE + indicator] = state;
  }

  /** The report that a cell says; undefined if it says nothing. */
  report(row: number, indicator: number): Report | undefined {
    const page = this.page(row);
    const at = this.at(row);
    const state = page[at + STATE + indicator];
    if (state === 0) return undefined;
    return {
      unit: this.unitOf(row),
      indicator,
      month: this.monthOf(row),
      revision: page[at + REVISION + indicator],
      seconds: page[at + SECONDS + indicator],
      fraction: this.fractions.get(row * N + indicator) ?? '',
      id: this.ids[Math.floor(row / PAGE_ROWS)][(row % PAGE_ROWS) * N + indicator],
      figure: state === RETRACTED ? null : this.figure(row, indicator, state),
      receivedAt: page[at + RECEIVED + indicator],
    };
  }

  private figure(row: number, indicator: number, state: number): (number | null)[] {
    const { fields, categories } = layout[indicator];
    const page = this.page(row);
    const from = this.slot(row, indicator);
    const figure: (number | null)[] = [];
    for (let slot = 0; slot < fields.length; slot += 1) figure.push(page[from + slot]);
    if (state === LIVE) return figure;
    categories.forEach((_, n) => {
      const given = (state & (LIVE << (n + 1))) !== 0;
      for (let field = 0; field < fields.length; field += 1) {
        figure.push(given ? page[from + (n + 1) * fields.length + field] : null);
      }
    });
    return figure;
  }

  private at(row: number): number {
    return (row % PAGE_ROWS) * WIDTH;
  }

  private setFraction(row: number, indicator: number, fraction: string): void {
    if (fraction !== '') this.fractions.set(row * N + indicator, fraction);
    else if (this.fractions.size > 0) this.fractions.delete(row * N + indicator);
  }
}
