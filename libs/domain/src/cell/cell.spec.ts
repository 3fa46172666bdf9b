import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import { canonicalData, compareReports, winner, type Report } from './cell.js';

const cellOf = (reports: readonly Report[]) => reports.reduce<Report | undefined>(winner, undefined);

describe('the winner of a cell', () => {
  it('is the greatest revision, whatever the time', () => {
    const late = aReport({ revision: 1, seconds: 2_000_000_000 });
    expect(winner(late, aReport({ revision: 2 })).revision).toBe(2);
  });

  it('is the later instant of one revision, to the last decimal', () => {
    const held = aReport({ fraction: '49' });
    expect(winner(held, aReport({ fraction: '5' })).fraction).toBe('5');
  });

  it('is the greater id of one instant, by code point and not by UTF-16 unit', () => {
    expect(winner(aReport({ id: '\uff21' }), aReport({ id: '\u{1f600}' })).id).toBe('\u{1f600}');
  });

  it('is the greater canonical data of one id', () => {
    expect(winner(aReport({ figure: [12, 30] }), aReport({ figure: [5, 30] })).figure).toEqual([5, 30]);
  });

  it('ignores redelivery and order', () => {
    const oneCell = fc.array(
      arbitraryReport.map((report) => ({
        ...report,
        indicator: 2,
        unit: 0,
        month: 14,
        figure: report.figure?.slice(0, 2) ?? null,
      })),
      { minLength: 1, maxLength: 12 },
    );
    const shuffledTwice = oneCell.chain((reports) =>
      fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 })),
    );
    fc.assert(
      fc.property(shuffledTwice, ([reports, repeated]) => {
        expect(compareReports(cellOf(reports) as Report, cellOf(repeated) as Report)).toBe(0);
      }),
    );
  });
});

describe('canonical data', () => {
  it('has its keys sorted and no spaces, breakdown and all', () => {
    const report = aReport({ indicator: 'b', figure: [12, 30, 5, 10, null, null, 7, 20] });
    expect(canonicalData(report)).toBe(
      '{"breakdown":{"addict":{"denominator":10,"numerator":5},"family":{"denominator":20,"numerator":7}},' +
        '"denominator":30,"indicator":"b","numerator":12,"period":"2026-03","revision":1,"unit":"00004"}',
    );
  });

  it('of a retraction names the cell and the revision only', () => {
    expect(canonicalData(aReport({ figure: null }))).toBe(
      '{"indicator":"c","period":"2026-03","revision":1,"unit":"00004"}',
    );
  });
});
