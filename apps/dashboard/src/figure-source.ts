/** Where figures come from: those of now, which stand ready, or those as of an instant, made of what was known then. */
import { childrenOf, windowCode, type Rollup, type Unit } from '#domain';
import type { HistoryReader, RollupReader, StoredRollup } from '#store';

export interface FigureSource {
  of(unit: Unit, window: number): Promise<readonly StoredRollup[]>;
  /** By the child's code; at least the rollup of the indicator, all of them where none is named. */
  ofChildren(unit: Unit, window: number, indicator?: string): Promise<ReadonlyMap<string, readonly StoredRollup[]>>;
}

export const figuresOfNow = (reader: RollupReader): FigureSource => ({
  of: (unit, window) => reader.rollups(unit, window),
  ofChildren: async (unit, window, indicator) => {
    const children = childrenOf(unit.code);
    if (unit.level !== 'country') return reader.communeRollups(children, window, indicator);
    const windows = await reader.windows(
      children.map(({ code }) => code),
      [windowCode(window)],
    );
    return new Map(windows.map(({ unit: code, items }) => [code, items]));
  },
});

/** @param at milliseconds since the epoch, of a cut-off that is closed */
export const figuresAsOf = (history: HistoryReader, at: number): FigureSource => {
  const updatedAt = new Date(at).toISOString();
  const stored = (rollups: readonly Rollup[]) => rollups.map((rollup) => ({ ...rollup, updatedAt }));
  return {
    of: async (unit, window) => stored(await history.rollupsAsOf(unit, window, at)),
    ofChildren: async (unit, window) => {
      const children = childrenOf(unit.code);
      const found = new Map<string, readonly StoredRollup[]>();
      if (unit.level !== 'country') {
        const communes = await history.communesAsOf(children, window, at);
        for (const [code, rollups] of communes) found.set(code, stored(rollups));
        return found;
      }
      for (const province of children)
        found.set(province.code, stored(await history.rollupsAsOf(province, window, at)));
      return found;
    },
  };
};
