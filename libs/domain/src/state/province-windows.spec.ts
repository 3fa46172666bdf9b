import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import type { Report } from '../cell/cell.js';
import { CellTable } from '../cell/cell-table.js';
import { LiveMonths } from '../cell/live-months.js';
import { unitOf, type Unit } from '../reference/unit.js';
import { windowCode } from '../window/period.js';
import { ProvinceCells } from './province-cells.js';
import { ProvinceWindows } from './province-windows.js';

const aPartition = () => {
  const table = new CellTable();
  const live = new LiveMonths();
  const windows = new ProvinceWindows(table, live);
  const cells = new ProvinceCells(table, live, { figures: [windows], cells: [] });
  return { table, live, windows, cells };
};

/** Every window's rollups as text. */
const textsOf = (windows: ProvinceWindows): Map<string, string> => {
  const texts = new Map<string, string>();
  windows.forEach((sums, province, window) => {
    texts.set(`${province}|${windowCode(window)}`, sums.take(unitOf(province) as Unit).items);
  });
  return texts;
};

/** The windows that changed since this was last asked. */
const changedOf = (windows: ProvinceWindows): string[] => {
  const changed: string[] = [];
  windows.forEach((sums, province, window) => {
    if (!sums.changed.isEmpty) changed.push(windowCode(window));
    sums.take(unitOf(province) as Unit);
  });
  return changed;
};

describe('windows of a province partition', () => {
  it('kept by difference say what they say when they are added up anew from the cells', () => {
    const batches = fc.array(fc.array(arbitraryReport, { maxLength: 30 }), { maxLength: 4 });
    fc.assert(
      fc.property(batches, (streams) => {
        const { table, live, windows, cells } = aPartition();
        for (const reports of streams) {
          for (const report of reports) cells.merge(report);
          const anew = new ProvinceWindows(table, live);
          anew.addUpAnew();
          expect(textsOf(windows)).toEqual(textsOf(anew));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('added up anew count as unchanged, and go on from there', () => {
    fc.assert(
      fc.property(fc.array(arbitraryReport, { maxLength: 40 }), arbitraryReport, (before, after) => {
        const [held, restored] = [aPartition(), aPartition()];
        for (const report of before) held.cells.merge(report);
        for (const report of before) restored.cells.restore(report);
        changedOf(held.windows);
        restored.windows.addUpAnew();
        expect(changedOf(restored.windows)).toEqual([]);
        for (const { cells } of [held, restored]) cells.merge(after);
        expect(new Set(changedOf(restored.windows))).toEqual(new Set(changedOf(held.windows)));
        expect(textsOf(restored.windows)).toEqual(textsOf(held.windows));
      }),
      { numRuns: 150 },
    );
  });

  const april = aReport({ month: '2026-04' });
  const changes = (first: Report, then: Report) => {
    const { windows, cells } = aPartition();
    cells.merge(first);
    changedOf(windows);
    cells.merge(then);
    return changedOf(windows);
  };

  it('that a month is part of change with it, and no others', () => {
    const all = ['2026-03', '2026-Q1', '2026-H1', '2026-9M', '2026'];
    expect(changes(april, aReport({ month: '2026-03' }))).toEqual(['2026-03', '2026-Q1']);
    expect(changes(aReport({ month: '2026-01' }), aReport({ month: '2026-03' }))).toEqual(all);
  });

  it('of a sum change with every month of theirs', () => {
    const [first, then] = ['2026-04', '2026-03'].map((month) => aReport({ indicator: 'jobs', month, figure: [1] }));
    expect(changes(first, then)).toEqual(['2026-03', '2026-Q1', '2026-H1', '2026-9M', '2026']);
  });
});
