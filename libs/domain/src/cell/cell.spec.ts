import fc from 'fast-check';
import { aReport, type ReportFields } from '../../../../test/kit/builders.js';
import { arbitraryReport } from '../../../../test/kit/workload.js';
import { canonicalData, compareReports, type Report } from './cell.js';

/** What is left of a cell's reports where each is held against the one before, as the stages do. */
const kept = (reports: readonly Report[]): Report =>
  reports.reduce((held, next) => (compareReports(next, held) > 0 ? next : held));

describe('the order of the reports of a cell', () => {
  it.each<[string, ReportFields, ReportFields]>([
    ['the greatest revision, whatever the time', { revision: 1, seconds: 2_000_000_000 }, { revision: 2 }],
    ['the later second of one revision', { seconds: 1_773_480_600 }, { seconds: 1_773_480_601 }],
    ['the later instant of one second, to the last decimal', { fraction: '49' }, { fraction: '5' }],
    ['the greater id of one instant, by code point and not by UTF-16 unit', { id: '\uff21' }, { id: '\u{1f600}' }],
    ['the greater canonical data of one id', { figure: [12, 30] }, { figure: [5, 30] }],
  ])('puts first %s', (_, lesser, greater) => {
    const [a, b] = [aReport(lesser), aReport(greater)];
    expect([compareReports(a, b) < 0, compareReports(b, a) > 0]).toEqual([true, true]);
  });

  it('tells a report from none but itself', () => {
    expect(compareReports(aReport(), aReport())).toBe(0);
  });

  it('leads to one report of a cell, whatever comes again and in whatever order', () => {
    const oneCell = fc.array(
      arbitraryReport.map((report) => ({
        ...report,
        indicator: 2,
        unit: 0,
        month: 14,
        receivedAt: 0,
        figure: report.figure?.slice(0, 2) ?? null,
      })),
      { minLength: 1, maxLength: 12 },
    );
    const shuffledTwice = oneCell.chain((reports) =>
      fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 })),
    );
    fc.assert(fc.property(shuffledTwice, ([reports, repeated]) => expect(kept(repeated)).toEqual(kept(reports))));
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
