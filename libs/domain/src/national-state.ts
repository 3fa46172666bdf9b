/**
 * National state: the country's windows, added up from the provinces' newest.
 *
 * It holds what each province's window says now. Where one says something else of an indicator than before, that indicator is
 * added up again over the 34 of them, so a repeated, late or replayed province window can only ever replace itself.
 */
import { indicators } from './catalogue.js';
import { windowCode, windowIndex } from './period.js';
import { rollupText, rollupsText } from './rollup-text.js';
import { sumRollups, type Rollup } from './rollup.js';
import { COUNTRY, unitOf, type Unit } from './unit.js';

export interface NationalWindow {
  readonly window: string;
  readonly changed: readonly string[];
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
}

const country = unitOf(COUNTRY) as Unit;

/** One window of the country. */
class Window {
  /** What each province says of each indicator, with the text of it. */
  private readonly provinces = new Map<string, ReadonlyMap<string, readonly [Rollup, string]>>();
  /** The text of the country's rollup of each indicator; one that is missing is to be added up. */
  private readonly texts = new Map<string, string>();

  /** Returns the indicators of which the province says something else than before. */
  put(province: string, rollups: readonly Rollup[]): string[] {
    const held = this.provinces.get(province);
    const said = new Map(rollups.map((rollup) => [rollup.indicator, [rollup, rollupText(rollup)] as const]));
    this.provinces.set(province, said);
    const changed = indicators.flatMap(({ code }) => (held?.get(code)?.[1] === said.get(code)?.[1] ? [] : [code]));
    for (const code of changed) this.texts.delete(code);
    return changed;
  }

  items(): string {
    const items = indicators.flatMap(({ code }) => {
      const text = this.texts.get(code) ?? this.addUp(code);
      this.texts.set(code, text);
      return text === '' ? [] : [text];
    });
    return rollupsText(items);
  }

  /** Empty where no province reports it. */
  private addUp(code: string): string {
    const parts = [...this.provinces.values()].flatMap(
      (said) => (said.get(code)?.slice(0, 1) as Rollup[] | undefined) ?? [],
    );
    return sumRollups(country, [parts]).map(rollupText).join('');
  }
}

export class NationalState {
  private readonly windows: Window[] = [];
  private readonly changed = new Map<number, Set<string>>();

  /** Puts a province's window in place of what it said before. */
  put(province: string, window: string, rollups: readonly Rollup[]): void {
    const index = windowIndex(window) as number;
    const changed = this.windowAt(index).put(province, rollups);
    if (changed.length === 0) return;
    const codes = this.changed.get(index) ?? new Set();
    for (const code of changed) codes.add(code);
    this.changed.set(index, codes);
  }

  /** Puts back what a province's window said when the country was last published. */
  restore(province: string, window: string, rollups: readonly Rollup[]): void {
    this.windowAt(windowIndex(window) as number).put(province, rollups);
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
