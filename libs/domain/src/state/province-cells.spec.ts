import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryDecision } from '../../../../test/kit/decisions.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import type { Report } from '../cell/cell.js';
import { CellTable } from '../cell/cell-table.js';
import { LiveMonths } from '../cell/live-months.js';
import { withReport } from '../cell/skyline.js';
import type { Decision } from '../decision/decision.js';
import { MonthDecisions, NOW } from '../decision/month-decisions.js';
import { reportingUnits } from '../reference/unit.js';
import type { CellObserver, FigureObserver } from './cell-observer.js';
import { ProvinceCells } from './province-cells.js';

const receiptAndRank = ({ receivedAt, revision, seconds, fraction, id, figure }: Report) => [
  receivedAt,
  ...[revision, seconds, fraction, id, figure === null],
];

const streams = fc.array(arbitraryReport, { maxLength: 80 });

type Figure = Report['figure'] | undefined;

/** Knows the cells by what it is told and by nothing else. */
class Mirror implements FigureObserver, CellObserver {
  readonly figures = new Map<string, Figure>();
  /** What it was told that does not fit what it knew. */
  readonly surprises: string[] = [];
  told = 0;

  constructor(private readonly table: CellTable) {}

  leaving(row: number, indicator: number, before: number): void {
    const held = this.figures.get(`${row}|${indicator}`);
    if (JSON.stringify(held) !== JSON.stringify(this.figure(row, indicator)))
      this.surprises.push('the old figure is gone');
    if (before !== this.liveMonths(row, indicator)) this.surprises.push('other months were live before');
  }

  entered(row: number, indicator: number, _before: number, after: number): void {
    this.figures.set(`${row}|${indicator}`, this.figure(row, indicator));
    if (after !== this.liveMonths(row, indicator)) this.surprises.push('other months are live after');
  }

  changed(): void {
    this.told += 1;
  }

  private figure(row: number, indicator: number): Figure {
    return this.table.report(row, indicator)?.figure;
  }

  /** The live months of a cell's year, from the figures that it was told of. */
  private liveMonths(row: number, indicator: number): number {
    const year = Math.floor(this.table.monthOf(row) / 12);
    let months = 0;
    for (const [key, figure] of this.figures) {
      const [other, of] = key.split('|').map(Number);
      if (of !== indicator || this.table.unitOf(other) !== this.table.unitOf(row)) continue;
      const month = this.table.monthOf(other);
      if (Math.floor(month / 12) === year && Array.isArray(figure)) months |= 1 << (month % 12);
    }
    return months;
  }
}

const observed = () => {
  const table = new CellTable();
  const live = new LiveMonths();
  const mirror = new Mirror(table);
  const cells = new ProvinceCells(table, live, { figures: [mirror], cells: [mirror] });
  const held = ({ unit, month, indicator }: Report) => {
    const row = table.row(unit, month);
    return row === undefined ? undefined : table.report(row, indicator);
  };
  const known = ({ unit, month, indicator }: Report) => {
    const row = table.row(unit, month);
    return row === undefined ? [] : table.skyline(row, indicator);
  };
  return { table, live, mirror, cells, held, known };
};

/** Every cell, whatever row it stands in. */
const contentOf = ({ table, live }: ReturnType<typeof observed>, among: readonly Report[]) =>
  new Map(
    among.map(({ unit, month, indicator }) => [
      `${unit}|${month}|${indicator}`,
      [table.skyline(table.row(unit, month) as number, indicator), live.of(unit, month, indicator)],
    ]),
  );

describe('cells of a province partition', () => {
  it('tell of a figure before and after it is replaced, with the months that are live on both sides', () => {
    fc.assert(
      fc.property(streams, (reports) => {
        const { table, cells, mirror, held } = observed();
        const told = ({ unit, month, indicator }: Report) =>
          mirror.figures.get(`${table.row(unit, month)}|${indicator}`);
        for (const report of reports) cells.merge(report);
        expect(mirror.surprises).toEqual([]);
        expect(reports.map(told)).toEqual(reports.map((report) => held(report)?.figure));
      }),
      { numRuns: 150 },
    );
  });

  it('tell of every change of what is known of a cell, once, and of nothing else', () => {
    fc.assert(
      fc.property(streams, (reports) => {
        const { cells, mirror, known } = observed();
        for (const report of reports) {
          const [before, told] = [JSON.stringify(known(report)), mirror.told];
          cells.merge(report);
          expect(mirror.told - told).toBe(JSON.stringify(known(report)) === before ? 0 : 1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('tell of an earlier word without telling of a figure', () => {
    const { table, cells, mirror, held } = observed();
    cells.merge(aReport({ revision: 2, receivedAt: 90 }));
    mirror.figures.clear();
    expect(cells.merge(aReport({ revision: 1, receivedAt: 50 }))).toBe('superseded');
    expect(cells.merge(aReport({ revision: 2, receivedAt: 80 }))).toBe('repeated');
    expect([mirror.told, mirror.figures.size, held(aReport())?.receivedAt]).toEqual([3, 0, 80]);
    expect(table.firstReceived(0, aReport().indicator)).toBe(50);
  });

  it('hold the skyline of all reports of each', () => {
    fc.assert(
      fc.property(streams, (reports) => {
        const { table, cells } = observed();
        for (const report of reports) cells.merge(report);
        for (const { unit, month, indicator } of reports) {
          const ofCell = reports.filter((r) => r.unit === unit && r.month === month && r.indicator === indicator);
          expect(table.skyline(table.row(unit, month) as number, indicator).map(receiptAndRank)).toEqual(
            ofCell.reduce(withReport, []).map(receiptAndRank),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('end the same whatever the order and however often reports come, merged or restored', () => {
    const twice = streams.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(twice, ([all, shuffled]) => {
        const [merged, mixed, restored] = [observed(), observed(), observed()];
        for (const report of all) merged.cells.merge(report);
        for (const report of shuffled) mixed.cells.merge(report);
        for (const report of shuffled) restored.cells.restore(report);
        expect(contentOf(mixed, all)).toEqual(contentOf(merged, all));
        expect(contentOf(restored, all)).toEqual(contentOf(merged, all));
        expect(restored.mirror.told + restored.mirror.figures.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  const months = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: arbitraryReport.map((report) => ({ ...report, month: 14 })) },
      { weight: 1, arbitrary: arbitraryDecision({ ...aReport(), month: 14 }, 1_773_480_601_000) },
    ),
    { maxLength: 60 },
  );
  const isDecision = (one: Report | Decision): one is Decision => 'order' in one;
  /** Of decisions with one place the first. */
  const known = (all: readonly (Report | Decision)[]): readonly (Report | Decision)[] =>
    all.filter(
      (one, n) => !isDecision(one) || all.findIndex((other) => isDecision(other) && other.order === one.order) === n,
    );

  it('say what the decisions of their months make of all reports, whatever comes first, and tell of it', () => {
    fc.assert(
      fc.property(
        months
          .map(known)
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))),
        ([all, shuffled]) => {
          const { table, cells, mirror } = observed();
          for (const one of shuffled) {
            if (isDecision(one)) cells.decide(one);
            else cells.merge(one);
          }
          const restored = observed();
          for (const one of all) {
            if (isDecision(one)) restored.cells.restoreDecision(one);
            else restored.cells.restore(one);
          }
          const decided = MonthDecisions.of(all.filter(isDecision));
          for (const { unit, month, indicator } of all.filter((one): one is Report => !isDecision(one))) {
            const ofCell = all.filter(
              (one): one is Report => !isDecision(one) && one.unit === unit && one.indicator === indicator,
            );
            const isOfProvince = ['00004', '00008', '01'].includes(reportingUnits[unit].code);
            const skyline = ofCell.reduce(withReport, []);
            const said = (isOfProvince ? decided : MonthDecisions.none).wordAt(skyline, unit, indicator, NOW);
            const row = table.row(unit, month) as number;
            expect([table.report(row, indicator)].map((one) => one && receiptAndRank(one))).toEqual([
              said && receiptAndRank(said),
            ]);
            expect(mirror.figures.get(`${row}|${indicator}`)).toEqual(said?.figure);
            const again = restored.table;
            expect(again.skyline(again.row(unit, month) as number, indicator)).toEqual(table.skyline(row, indicator));
            expect(again.report(again.row(unit, month) as number, indicator)).toEqual(table.report(row, indicator));
          }
          expect(mirror.surprises).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
