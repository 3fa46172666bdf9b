import { aQuietMonth, aReport } from '../../../../test/kit/builders.js';
import { canonicalData } from '../cell/cell.js';
import { reportsSaidBy } from '../recomputation/recomputation.js';
import { indicators } from '../reference/catalogue.js';
import { checkEvent } from './event-check.js';
import { reportsOf, type Accepted } from './nothing-arose.js';

const receivedAt = Date.parse('2026-06-01T00:00:00Z');
const quietMonth = (unit: string): Accepted => {
  const text = JSON.stringify(aQuietMonth({ unit, revision: 3 }, { source: `/units/${unit}` }));
  return checkEvent({ bytes: text.length, text, key: unit, receivedAt }) as Accepted;
};
const codes = (unit: string) => reportsOf(quietMonth(unit)).map(({ indicator }) => indicators[indicator].code);

describe('that nothing arose in a month', () => {
  it('is a report of zeros for each indicator of the level that is added up over months, and of no stock', () => {
    expect(codes('00004')).toEqual([
      ...['relapses', 'trainings', 'trainees', 'vocational', 'jobs', 'loans', 'loan_amount', 'media_items'],
      ...['inspections', 'violations', 'commendations'],
    ]);
    expect(codes('01')).toEqual([
      ...['trainings', 'trainees', 'certificates', 'media_items', 'inspections', 'violations', 'commendations'],
    ]);
  });

  it('has the revision, time, id and receipt of its event in each report, and its data without a breakdown', () => {
    for (const report of reportsOf(quietMonth('00004'))) {
      expect(report).toMatchObject({ revision: 3, seconds: 1_773_480_600, id: 'event-1', receivedAt, figure: [0] });
      const data = { indicator: indicators[report.indicator].code, period: '2026-03', revision: 3, unit: '00004' };
      expect(JSON.parse(canonicalData(report))).toEqual({ ...data, value: 0 });
    }
  });

  it('is the same to the recomputation, which has its own rule', () => {
    for (const unit of ['00004', '01']) expect(reportsSaidBy(quietMonth(unit))).toEqual(reportsOf(quietMonth(unit)));
  });

  it('leaves another event the one report that it is', () => expect(reportsOf(aReport())).toEqual([aReport()]));
});
