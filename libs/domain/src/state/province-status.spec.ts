import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { Reference } from '../../../../test/kit/reference.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import type { Report } from '../cell/cell.js';
import { CellTable } from '../cell/cell-table.js';
import { LiveMonths } from '../cell/live-months.js';
import { indicators } from '../reference/catalogue.js';
import { provinceOf, reportingUnits } from '../reference/unit.js';
import { monthCode, windowIndex } from '../window/period.js';
import { ProvinceCells } from './province-cells.js';
import { ProvinceStatus } from './province-status.js';

const aPartition = () => {
  const table = new CellTable();
  const status = new ProvinceStatus(table);
  const cells = new ProvinceCells(table, new LiveMonths(), { figures: [], cells: [status] });
  return { status, cells };
};

const monthOf = ({ unit, month }: Report) => [provinceOf(reportingUnits[unit]), monthCode(month)] as const;
const statusOf = (status: ProvinceStatus, province: string, month: string) =>
  status.of(province, windowIndex(month) as number);

describe('status of a province partition', () => {
  it('equals a plain recomputation, however often it is taken meanwhile', () => {
    const batches = fc.array(fc.array(arbitraryReport, { maxLength: 30 }), { maxLength: 4 });
    fc.assert(
      fc.property(batches, (streams) => {
        const { status, cells } = aPartition();
        const reference = new Reference();
        for (const reports of streams) {
          for (const report of reports) {
            cells.merge(report);
            reference.take(report);
          }
          for (const [province, month] of reports.map(monthOf)) {
            const text = statusOf(status, province, month)?.takeText() as string;
            expect(JSON.parse(text)).toEqual(reference.reports(province).get(month) ?? {});
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is changed where a cell has, once, in its province and month alone', () => {
    const { status, cells } = aPartition();
    cells.merge(aReport());
    cells.merge(aReport({ unit: '15', indicator: 'a', month: '2026-04' }));
    expect(statusOf(status, '01', '2026-03')?.isChanged).toBe(true);
    expect(statusOf(status, '01', '2026-03')?.takeText()).toBe('{"00004":[1,0]}');
    expect(statusOf(status, '01', '2026-03')?.isChanged).toBe(false);
    expect([statusOf(status, '15', '2026-04')?.isChanged, statusOf(status, '15', '2026-03')]).toEqual([
      true,
      undefined,
    ]);
  });

  it('of a unit that is complete says when the last cell was first received, as a plain recomputation does', () => {
    const owed = indicators.filter(({ reported_by }) => reported_by.includes('commune'));
    const receipts = fc.array(fc.tuple(fc.nat(owed.length - 1), fc.nat(3), fc.nat(90_000)), { maxLength: 60 });
    fc.assert(
      fc.property(receipts, (some) => {
        const { status, cells } = aPartition();
        const reference = new Reference();
        const reports = owed.map(({ code, kind }) =>
          aReport({ indicator: code, figure: kind === 'ratio' ? [1, 2] : [1], receivedAt: 100_000 }),
        );
        const changes = some.map(([n, revision, receivedAt]) => ({
          ...reports[n],
          ...(revision % 2 === 1 ? { figure: null } : {}),
          revision: revision + 1,
          receivedAt: receivedAt + 1,
        }));
        for (const report of [...reports, ...changes, ...reports.map((r) => ({ ...r, revision: 9 }))]) {
          cells.merge(report);
          reference.take(report);
        }
        expect(JSON.parse(statusOf(status, '01', '2026-03')?.takeText() as string)).toEqual(
          reference.reports('01').get('2026-03'),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is one of months: longer windows have none', () => {
    const { status, cells } = aPartition();
    for (const month of ['2026-03', '2027-01', '2027-05']) cells.merge(aReport({ month }));
    expect(['2026-Q1', '2026-H1', '2026-9M', '2026'].map((window) => statusOf(status, '01', window))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
