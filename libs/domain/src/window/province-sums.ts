/**
 * A province's sums: what its reporting units add up to, kept for every window.
 *
 * Adding a changed contribution and taking off the one it replaces keeps a sum O(1) per change, however many units there
 * are. The sums are never the truth: they are made again from the cells whenever a worker takes a partition.
 */
import { indicators } from '../reference/catalogue.js';
import { IndexSet } from './index-set.js';
import { CATEGORY_WIDTH, layout, ROW_WIDTH } from '../reference/layout.js';
import { rollupText, rollupsText } from './rollup-text.js';
import { rollupFrom, type Rollup } from './rollup.js';
import { expectedReporters, type Unit } from '../reference/unit.js';
import type { CellTable } from '../cell/cell-table.js';

export class WindowSums {
  /** The text of each indicator's rollup, as it last was; one that changed since is in `changed`. */
  private readonly texts: (string | undefined)[] = [];
  readonly figures = new Float64Array(ROW_WIDTH);
  /** How many contributions give a category. */
  readonly categories = new Int32Array(CATEGORY_WIDTH);
  readonly reported = new Int32Array(indicators.length);
  readonly current = new Int32Array(indicators.length);
  /** Indicators whose rollup changed since it was last taken. */
  readonly changed = new IndexSet(indicators.length);

  /** Adds (`sign` 1) or takes off (-1) the contribution of one cell. */
  add(cells: CellTable, row: number, indicator: number, sign: 1 | -1): void {
    const { start, width, categories, categoryStart } = layout[indicator];
    const page = cells.page(row);
    const from = cells.slot(row, indicator);
    for (let slot = 0; slot < width; slot += 1) this.figures[start + slot] += sign * page[from + slot];
    const given = cells.givenCategories(row, indicator);
    for (let n = 0; n < categories.length; n += 1) this.categories[categoryStart + n] += sign * ((given >> n) & 1);
    this.changed.add(indicator);
  }

  count(indicator: number, reported: number, current: number): void {
    if (reported === 0 && current === 0) return;
    this.reported[indicator] += reported;
    this.current[indicator] += current;
    this.changed.add(indicator);
  }

  /**
   * The window's rollups as text (rollup-text.ts), where something live is reported, and the codes of the indicators that changed
   * since the last call: only those are written out anew.
   */
  take(province: Unit): { readonly changed: readonly string[]; readonly items: string } {
    const items = this.items(province);
    return { changed: this.takeChanged(), items };
  }

  private items(province: Unit): string {
    const items: string[] = [];
    for (let index = 0; index < indicators.length; index += 1) {
      if (this.reported[index] === 0) continue;
      if (this.changed.has(index)) this.texts[index] = undefined;
      items.push((this.texts[index] ??= rollupText(this.rollup(province, index))));
    }
    return rollupsText(items);
  }

  private rollup(province: Unit, index: number): Rollup {
    const { start, categoryStart } = layout[index];
    const occurs = (category: number) => this.categories[categoryStart + category] > 0;
    const expected = expectedReporters(province, indicators[index]);
    const reporting = { expected, reported: this.reported[index], current: this.current[index] };
    return rollupFrom(index, this.figures, start, occurs, reporting);
  }

  private takeChanged(): string[] {
    const codes = indicators.flatMap(({ code }, index) => (this.changed.has(index) ? [code] : []));
    this.changed.clear();
    return codes;
  }
}
