import {
  checkEvent,
  indicators,
  isRefusal,
  monthCode,
  monthIndex,
  monthsOfWindow,
  provinceOf,
  reportingUnits,
  reportsSaidBy,
  suspiciousCells,
  unitOf,
  windowIndex,
  type MonthCells,
  type Report,
} from '#domain';
import { eventOf } from './demo-event.js';
import { demoMonths, type DemoOptions } from './demo-year.js';

const now = Date.parse('2026-11-22T06:40:00Z');
const provinces = ['01', '15'];

/** What the cells of the two provinces' units say in the end, by unit and month. */
const cellsOf = (options: DemoOptions): ReadonlyMap<number, ReadonlyMap<number, MonthCells>> => {
  const newest = new Map<string, Report>();
  for (const drafts of demoMonths(options)) {
    for (const draft of drafts) {
      const unit = unitOf(draft.sheet.unit);
      if (draft.spoil !== undefined || unit === undefined || !provinces.includes(provinceOf(unit))) continue;
      const { key, value } = eventOf(draft);
      const outcome = checkEvent({ bytes: Buffer.byteLength(value), text: value, key, receivedAt: now });
      if (isRefusal(outcome)) throw new Error(outcome.code);
      for (const report of reportsSaidBy(outcome)) {
        const cell = `${report.unit} ${report.month} ${report.indicator}`;
        if ((newest.get(cell)?.revision ?? 0) < report.revision) newest.set(cell, report);
      }
    }
  }
  const units = new Map<number, Map<number, Record<string, readonly (number | null)[]>>>();
  for (const { unit, month, indicator, figure } of newest.values()) {
    const months = units.get(unit) ?? new Map<number, Record<string, readonly (number | null)[]>>();
    units.set(unit, months);
    const cells = months.get(month) ?? {};
    months.set(month, cells);
    if (figure !== null) cells[indicators[indicator].code] = figure;
  }
  return units;
};

describe('of the demonstration year, which is plausible,', () => {
  it.each([5, 1])('few figures of a province and month are suspicious (seed %i)', (seed) => {
    const options = { seed, firstMonth: monthIndex('2026-01')!, lastMonth: monthIndex('2026-11')!, now };
    const units = cellsOf({ ...options, hasYearBefore: true });
    const counts = new Map<string, number>();
    let cells = 0;
    for (const [unit, months] of units) {
      for (const each of months.values()) cells += Object.keys(each).length;
      const year = monthsOfWindow(windowIndex('2026') as number);
      for (const { month } of year.flatMap((each) => suspiciousCells((month) => months.get(month), each))) {
        const place = `${provinceOf(reportingUnits[unit])} ${monthCode(month)}`;
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
    expect(cells).toBeGreaterThan(40_000);
    expect([...counts].filter(([, count]) => count > 9)).toEqual([]);
  });
});
