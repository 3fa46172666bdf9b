/**
 * The figures of a province's windows as of an instant, without what else is known of its months.
 *
 * `ProvinceAsOf` makes the whole state, statuses too, of words in any order. Whoever asks for figures alone has the words of each cell as they were
 * put away, and needs the last one up to the instant: that takes half the time.
 */
import type { Report } from '../cell/cell.js';
import { CellTable } from '../cell/cell-table.js';
import { LiveMonths } from '../cell/live-months.js';
import type { MonthDecisions } from '../decision/month-decisions.js';
import type { Unit } from '../reference/unit.js';
import { ProvinceWindows } from '../state/province-windows.js';
import { wordsUntil } from './as-of.js';

export class FiguresAsOf {
  private readonly table = new CellTable();
  private readonly live = new LiveMonths();
  private readonly windows = new ProvinceWindows(this.table, this.live);

  /** @param at milliseconds since the epoch */
  constructor(private readonly at: number) {}

  /** @param words a unit's month: no two of a cell were received at one instant */
  take(words: readonly Report[], decisions: MonthDecisions): void {
    const { table, live } = this;
    for (const word of lastWords(wordsUntil(words, decisions, this.at))) {
      const { unit, month, indicator, figure } = word;
      table.put(table.rowFor(unit, month), indicator, [], word);
      live.set(unit, month, indicator, figure !== null);
    }
  }

  /** The rollups of a window as text (rollup-text.ts); undefined where nothing of it was ever reported. */
  itemsOf(province: Unit, window: number): string | undefined {
    let items: string | undefined;
    this.windows.addUpAnew();
    this.windows.forEach((sums, code, each) => {
      if (code === province.code && each === window) items = sums.take(province).items;
    });
    return items;
  }
}

/** Of each cell the word that was received last. */
export const lastWords = (words: readonly Report[]): Iterable<Report> => {
  const last = new Map<number, Report>();
  for (const word of words) {
    const held = last.get(word.indicator);
    if (held === undefined || held.receivedAt < word.receivedAt) last.set(word.indicator, word);
  }
  return last.values();
};
