/**
 * National state: the country's windows, added up from the provinces' newest.
 *
 * It holds what each province's window says now and sums 34 of them when one changes, so a repeated, late or replayed
 * province window can only ever replace itself.
 */
import { WINDOWS_PER_YEAR, windowCode, windowIndex, YEARS } from './period.js';
import { sumRollups, type Rollup } from './rollup.js';
import { COUNTRY, unitOf, type Unit } from './unit.js';

export interface NationalWindow {
  readonly window: string;
  readonly changed: readonly string[];
  readonly rollups: readonly Rollup[];
}

export class NationalState {
  private readonly provinces: Map<string, readonly Rollup[]>[] = Array.from(
    { length: YEARS * WINDOWS_PER_YEAR },
    () => new Map(),
  );
  private readonly changed = new Map<number, Set<string>>();

  /** Puts a province's window in place of what it said before. */
  put(province: string, window: string, rollups: readonly Rollup[], changed: readonly string[]): void {
    const index = windowIndex(window) as number;
    this.restore(province, window, rollups);
    const codes = this.changed.get(index) ?? new Set();
    for (const code of changed) codes.add(code);
    this.changed.set(index, codes);
  }

  /** Puts back what a province's window said when the country was last published. */
  restore(province: string, window: string, rollups: readonly Rollup[]): void {
    this.provinces[windowIndex(window) as number].set(province, rollups);
  }

  get pending(): number {
    return this.changed.size;
  }

  /** The windows in which a province changed since the last call, summed. */
  takeChanges(): NationalWindow[] {
    const windows = [...this.changed].map(([index, codes]) => ({
      window: windowCode(index),
      changed: [...codes],
      rollups: sumRollups(unitOf(COUNTRY) as Unit, this.provinces[index].values()),
    }));
    this.changed.clear();
    return windows;
  }
}
