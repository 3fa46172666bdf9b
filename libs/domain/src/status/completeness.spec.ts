import { COUNTRY, provinceOf, provinces, reportersOf, unitOf, type Unit } from '../reference/unit.js';
import { ictMidnight, monthIndex, windowIndex } from '../window/period.js';
import { completenessOf, completenessTogether, reportStatus } from './completeness.js';
import { deadlinesOf } from './deadline.js';
import { expectedIndicators, type UnitReports } from './unit-reports.js';

const country = unitOf(COUNTRY) as Unit;
const asOf = Date.parse('2026-11-29T00:00:00Z');

/** Every seventh unit says nothing, every fifth not everything, every third too late. */
const reportsOf = (province: string, month: number): UnitReports | undefined => {
  if (province === '04' && month % 2 === 0) return undefined;
  const reports: Record<string, [number, number]> = {};
  reportersOf(unitOf(province) as Unit).forEach((unit, n) => {
    if ((n + month) % 7 === 0) return;
    const all = expectedIndicators(unit.level as 'commune' | 'province');
    reports[unit.code] = [(n + month) % 5 === 0 ? 1 : all, n % 3 === 0 ? asOf / 1_000 : 1];
  });
  return reports;
};

test.each(['2026-03', '2026-Q3', '2026'])('of the country in %s is that of its provinces together', (code) => {
  const window = windowIndex(code) as number;
  const of = (unit: Unit) => completenessOf(unit, window, reportsOf, asOf);
  const whole = of(country);
  expect(completenessTogether(provinces.map(of))).toEqual(whole);
  expect([...whole.units.late, ...whole.units.partial, ...whole.units.missing].map((each) => each.length)).toContain(2);
  expect(new Set(whole.units.missing.map((each) => provinceOf(unitOf(each) as Unit))).size).toBe(provinces.length);
});

test.each(['commune', 'province'] as const)(
  'of a %s: on time to the last second, partial while one is missing',
  (level) => {
    const unit = unitOf(level === 'commune' ? '00004' : '01') as Unit;
    const deadlines = deadlinesOf(monthIndex('2026-02') as number);
    const all = expectedIndicators(level);
    const last = Math.floor(deadlines[level] / 1000);
    const statusOf = (...report: readonly [number, number]) => reportStatus(unit, report, deadlines);
    expect([statusOf(all, last), statusOf(all, last + 1)]).toEqual(['onTime', 'late']);
    expect([statusOf(all - 1, last), statusOf(0, last)]).toEqual(['partial', 'missing']);
    expect(reportStatus(unit, undefined, deadlines)).toBe('missing');
  },
);

test('expects a month from its first instant on', () => {
  const unit = unitOf('00004') as Unit;
  const missingAt = (now: number) => completenessOf(unit, windowIndex('2026') as number, () => undefined, now).missing;
  const april = ictMidnight(2026, 3, 15);
  expect([missingAt(april - 1), missingAt(april)]).toEqual([3, 4]);
});
