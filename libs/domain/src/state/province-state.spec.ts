import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { Reference } from '../../../../test/kit/reference.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import type { Report } from '../cell/cell.js';
import { NationalState } from './national-state.js';
import { ProvinceState, type ProvinceWindow } from './province-state.js';
import { rollupsFrom, tuplesFrom } from '../window/rollup-text.js';
import type { Rollup } from '../window/rollup.js';
import { unitOf, type Unit } from '../reference/unit.js';

const windowsOf = (state: ProvinceState) => state.takeWindows((window) => window);
const monthsOf = (state: ProvinceState) => state.takeUnitMonths(({ month }) => month);
const rollupsIn = ({ unit = 'VN', items }: { unit?: string; items: string }) =>
  rollupsFrom(unitOf(unit) as Unit, items);
const take = (state: ProvinceState) => [monthsOf(state), windowsOf(state)];

/** What the stages hold after the batches, read the way a document store would: the last window of each key wins. */
const rollupsOf = (batches: readonly (readonly Report[])[]): Map<string, Rollup> => {
  const state = new ProvinceState();
  const national = new NationalState();
  const windows = new Map<string, { unit: string; window: string; items: string }>();
  for (const batch of batches) {
    for (const report of batch) state.merge(report);
    for (const change of windowsOf(state)) {
      windows.set(`${change.unit}|${change.window}`, change);
      national.put(change.unit, change.window, tuplesFrom(change.items));
    }
    for (const change of national.takeChanges()) windows.set(`VN|${change.window}`, { unit: 'VN', ...change });
  }
  const entries = [...windows.values()].flatMap(({ unit, window, items }) =>
    rollupsIn({ unit, items }).map((rollup) => [`${unit}|${window}|${rollup.indicator}`, rollup] as const),
  );
  return new Map(entries);
};

const referenceOf = (reports: readonly Report[]) => {
  const reference = new Reference();
  for (const report of reports) reference.take(report);
  return reference.rollups(({ level }) => level !== 'commune');
};

const windowOf = (windows: readonly ProvinceWindow[], code: string) => windows.find(({ window }) => window === code);

describe('province and national windows', () => {
  const streams = fc.array(fc.array(arbitraryReport, { maxLength: 25 }), { maxLength: 6 });

  it('equal a plain recomputation, however the stream is cut into batches', () => {
    fc.assert(
      fc.property(streams, (batches) => expect(rollupsOf(batches)).toEqual(referenceOf(batches.flat()))),
      { numRuns: 150 },
    );
  });

  it('are the same for the same reports repeated and shuffled', () => {
    const twice = streams.chain((batches) => {
      const all = batches.flat();
      return fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }));
    });
    fc.assert(
      fc.property(twice, ([all, shuffled]) => expect(rollupsOf([shuffled])).toEqual(rollupsOf([all]))),
      { numRuns: 100 },
    );
  });

  it('vanish when the last live cell is taken back', () => {
    const state = new ProvinceState();
    state.merge(aReport());
    take(state);
    state.merge(aReport({ revision: 2, figure: null }));
    expect(windowOf(windowsOf(state), '2026-03')).toMatchObject({ items: '[]', changed: ['c'] });
  });
});

describe('merging', () => {
  it('tells what became of each report', () => {
    const state = new ProvinceState();
    const outcomes = [aReport({ revision: 2 }), aReport(), aReport({ revision: 2 }), aReport({ revision: 3 })];
    expect(outcomes.map((report) => state.merge(report))).toEqual(['won', 'superseded', 'repeated', 'won']);
  });

  it('leaves nothing to publish where nothing changed', () => {
    const state = new ProvinceState();
    state.merge(aReport());
    take(state);
    state.merge(aReport());
    expect([monthsOf(state), windowsOf(state)]).toEqual([[], []]);
  });

  it('hands out beside what a cell says what it said before', () => {
    const state = new ProvinceState();
    state.merge(aReport({ receivedAt: 50 }));
    state.merge(aReport({ revision: 2, receivedAt: 90 }));
    const [{ reports, earlier }] = monthsOf(state);
    expect([reports, earlier].map(([report]) => [report.revision, report.receivedAt])).toEqual([
      [2, 90],
      [1, 50],
    ]);
  });
});

describe('restoring', () => {
  it('from what was handed out gives the same windows after the next change', () => {
    const batches = fc.tuple(
      fc.array(arbitraryReport, { maxLength: 30 }),
      fc.array(arbitraryReport, { minLength: 1, maxLength: 10 }),
    );
    fc.assert(
      fc.property(batches, ([before, after]) => {
        const state = new ProvinceState();
        for (const report of before) state.merge(report);
        const restored = new ProvinceState();
        for (const { reports, earlier } of monthsOf(state)) restored.restore([...reports, ...earlier]);
        windowsOf(state);
        restored.endRestore();
        for (const report of after) expect(restored.merge(report)).toBe(state.merge(report));
        const byKey = (windows: readonly ProvinceWindow[]) => new Map(windows.map((w) => [`${w.unit}|${w.window}`, w]));
        expect(byKey(windowsOf(restored))).toEqual(byKey(windowsOf(state)));
      }),
      { numRuns: 300 },
    );
  });
});
