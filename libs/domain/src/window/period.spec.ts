import { deadlineOf } from '../status/deadline.js';
import fc from 'fast-check';
import {
  ictDay,
  monthAt,
  monthCode,
  monthEnd,
  monthIndex,
  monthsOfWindow,
  monthStart,
  previousWindow,
  windowCode,
  windowIndex,
  windowKind,
  windowsOfMonth,
  WINDOWS_PER_YEAR,
  YEARS,
} from './period.js';

const iso = (ms: number) => new Date(ms).toISOString();

describe('a month', () => {
  it('runs from the 15th of the month before to the 14th, in Asia/Ho_Chi_Minh', () => {
    const march = monthIndex('2026-03') as number;
    expect([iso(monthStart(march)), iso(monthEnd(march))]).toEqual([
      '2026-02-14T17:00:00.000Z',
      '2026-03-14T17:00:00.000Z',
    ]);
    expect(iso(monthStart(monthIndex('2026-01') as number))).toBe('2025-12-14T17:00:00.000Z');
  });

  it('is the one that an instant falls in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 71 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (month, share) => {
        const instant = Math.floor(monthStart(month) + share * (monthEnd(month) - monthStart(month)));
        expect(monthAt(instant)).toBe(month);
      }),
    );
  });

  it('of communes is due by the end of the 17th', () => {
    expect(iso(deadlineOf(monthIndex('2026-03') as number, 'commune'))).toBe('2026-03-17T16:59:59.999Z');
  });
});

describe('a window', () => {
  it.each([
    ['2026-Q1', ['2026-01', '2026-02', '2026-03']],
    ['2026-H2', ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12']],
    ['2026-05', ['2026-05']],
  ])('%s is made of its months', (code, months) => {
    expect(monthsOfWindow(windowIndex(code) as number).map(monthCode)).toEqual(months);
  });

  it('holds each month in the windows that the month names', () => {
    for (let window = 0; window < YEARS * WINDOWS_PER_YEAR; window += 1) {
      for (let month = 0; month < 12; month += 1) {
        const isPart = windowsOfMonth[month].includes(window % WINDOWS_PER_YEAR);
        const january = Math.floor(window / WINDOWS_PER_YEAR) * 12;
        expect(monthsOfWindow(window).includes(january + month)).toBe(isPart);
      }
    }
  });

  it.each(['2026-13', '2026-Q5', '2024', '2031-01', 'x', '2026-q1', ''])('%s is none', (code) => {
    expect(windowIndex(code)).toBeUndefined();
  });

  it.each([
    ['2026-01', '2025-12'],
    ['2026-Q1', '2025-Q4'],
    ['2026-H1', '2025-H2'],
    ['2026-9M', '2025-9M'],
    ['2026', '2025'],
    ['2026-Q3', '2026-Q2'],
  ])('%s comes after %s', (code, before) => {
    expect(windowCode(previousWindow(windowIndex(code) as number) as number)).toBe(before);
  });

  it('is a month, a quarter, a half, nine months or a year, by its code', () => {
    expect(
      ['2026-09', '2026-Q4', '2026-H1', '2026-9M', '2026'].map((code) => windowKind(windowIndex(code) as number)),
    ).toEqual(['month', 'quarter', 'half', 'nine_months', 'year']);
  });
});

it('a day in Asia/Ho_Chi_Minh begins at 17:00 UTC', () =>
  expect(ictDay(Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22'));
