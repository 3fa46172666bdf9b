/**
 * National state: the country's windows, added up from the provinces' newest.
 *
 * It holds what each province's window says now. Where one says something else of an indicator than before, that indicator is
 * added up again over the 34 of them, so a repeated, late or replayed province window can only ever replace itself.
 */
import { indicators } from '../reference/catalogue.js';
import { windowCode, windowIndex } from '../window/period.js';
import { addTuples, isSameTuple, rollupsText, tupleText, type RollupTuple } from '../window/rollup-text.js';

export interface NationalWindow {
  readonly window: string;
  readonly changed: readonly string[];
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
}

/** One window of the country. */
class Window {
  /** What each province says, by indicator. */
  private readonly provinces = new Map<string, ReadonlyMap<string, RollupTuple>>();
  /** The text of the country's rollup of each indicator, empty where no province reports it; missing where it is to be added up. */
  private readonly texts = new Map<string, string>();

  /** Returns the indicators of which the province says something else than before. */
  put(province: string, tuples: readonly RollupTuple[]): string[] {
    const held = this.provinces.get(province);
    const said = new Map(tuples.map((tuple) => [tuple[0], tuple]));
    this.provinces.set(province, said);
    const changed: string[] = [];
    for (const { code } of indicators) {
      if (isSameTuple(held?.get(code), said.get(code))) continue;
      changed.push(code);
      this.texts.delete(code);
    }
    return changed;
  }

  items(): string {
    const texts: string[] = [];
    for (const { code } of indicators) {
      const text = this.texts.get(code) ?? this.addUp(code);
      this.texts.set(code, text);
      if (text !== '') texts.push(text);
    }
    return rollupsText(texts);
  }

  private addUp(code: string): string {
    let sum: RollupTuple | undefined;
    for (const said of this.provinces.values()) {
      const tuple = said.get(code);
      if (tuple !== undefined) sum = sum === undefined ? tuple : addTuples(sum, tuple);
    }
    return sum === undefined ? '' : tupleText(sum);
  }
}

export class NationalState {
  private readonly windows: Window[] = [];
  private readonly changed = new Map<number, Set<string>>();

  /** Puts a province's window in place of what it said before. */
  put(province: string, window: string, rollups: readonly RollupTuple[]): void {
    const index = windowIndex(window) as number;
    const changed = this.windowAt(index).put(province, rollups);
    if (changed.length === 0) return;
    const codes = this.changed.get(index) ?? new Set();
    for (const code of changed) codes.add(code);
    this.changed.set(index, codes);
  }

  /** Puts back what a province's window says; whatever was published of the country before, the window goes out again. */
  restore(province: string, window: string, rollups: readonly RollupTuple[]): void {
    const index = windowIndex(window) as number;
    this.windowAt(index).put(province, rollups);
    // Also where nothing is reported any more: what was published last may say otherwise.
    if (!this.changed.has(index)) this.changed.set(index, new Set(indicators.map(({ code }) => code)));
  }

  get pending(): number {
    return this.changed.size;
  }

  /** The windows in which a province changed since the last call, summed. */
  takeChanges(): NationalWindow[] {
    const windows = [...this.changed].map(([index, codes]) => ({
      window: windowCode(index),
      changed: [...codes],
      items: this.windows[index].items(),
    }));
    this.changed.clear();
    return windows;
  }

  private windowAt(index: number): Window {
    return (this.windows[index] ??= new Window());
  }
}
