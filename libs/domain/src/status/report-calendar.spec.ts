import { calendarWith } from '../reference/calendar.js';
import { reportersOf, unitOf, type Unit } from '../reference/unit.js';
import { ictMidnight, monthIndex, windowIndex } from '../window/period.js';
import { completenessOf } from './completeness.js';
import { deadlineOf } from './deadline.js';
import { reportCalendar } from './report-calendar.js';
import { expectedIndicators, type UnitReports } from './unit-reports.js';

const hanoi = unitOf('01') as Unit;
const commune = unitOf('00004') as Unit;
const february = monthIndex('2026-02') as number;
const all = expectedIndicators('commune');
const year = windowIndex('2026') as number;
const due = (month: number) => Math.floor(deadlineOf(month, 'commune') / 1000);
/** 20 March 2026: April has begun, May has not. */
const asOf = ictMidnight(2026, 3, 20);

/** What the commune's first months say. */
const months: readonly (readonly [number, number])[] = [
  [all, due(february - 1)],
  [all, due(february) + 1],
  [all - 1, 0],
];
const reportsOf = (province: string, month: number): UnitReports | undefined => {
  const report = months[month - (february - 1)];
  return province === '01' && report !== undefined ? { '00004': report } : undefined;
};

describe('the calendar of reports', () => {
  it('says of each month what the report is, and which have not begun', () => {
    const [{ unit, statuses }] = reportCalendar([commune], year, reportsOf, asOf);
    expect(unit).toBe(commune);
    expect(statuses).toEqual(['onTime', 'late', 'partial', 'missing', ...Array<string>(8).fill('ahead')]);
  });

  it('has a month begun at its first instant', () => {
    const statusOfApril = (now: number) => reportCalendar([commune], year, reportsOf, now)[0].statuses[3];
    expect(statusOfApril(ictMidnight(2026, 3, 15))).toBe('missing');
    expect(statusOfApril(ictMidnight(2026, 3, 15) - 1)).toBe('ahead');
  });

  it('follows the deadlines of an installation that has its own', () => {
    const [{ statuses }] = reportCalendar([commune], year, reportsOf, asOf, calendarWith({ communeDay: 25 }));
    expect(statuses[1]).toBe('onTime');
  });

  it('counts what completeness counts, month by month', () => {
    const rows = reportCalendar(reportersOf(hanoi), year, reportsOf, asOf);
    for (const [n, month] of ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'].entries()) {
      const { late, partial, missing, onTime } = completenessOf(hanoi, windowIndex(month) as number, reportsOf, asOf);
      const counted = (status: string) => rows.filter(({ statuses }) => statuses[n] === status).length;
      expect(['late', 'partial', 'missing', 'onTime'].map(counted)).toEqual([late, partial, missing, onTime]);
    }
  });
});
