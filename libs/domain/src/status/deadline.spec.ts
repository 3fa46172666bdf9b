import { calendar, calendarWith } from '../reference/calendar.js';
import { monthCode, monthIndex, MONTHS } from '../window/period.js';
import { deadlineOf, deadlinesOf } from './deadline.js';

const iso = (ms: number) => new Date(ms).toISOString();
const march = monthIndex('2026-03') as number;

describe('the deadline of a month', () => {
  it.each([
    ['commune', '2026-03-17T16:59:59.999Z'],
    ['province', '2026-03-20T16:59:59.999Z'],
  ] as const)('of a %s is the end of its day in Vietnam', (level, expected) =>
    expect(iso(deadlineOf(march, level))).toBe(expected),
  );

  it('stands in the calendar for every month that can be reported', () =>
    expect(calendar.months.map(({ month }) => month)).toEqual(Array.from({ length: MONTHS }, (_, n) => monthCode(n))));

  it('can be moved for one month alone', () => {
    const months = calendar.months.map((row, n) => (n === march ? { ...row, commune: '2026-03-19' } : row));
    expect(iso(deadlineOf(march, 'commune', { ...calendar, months }))).toBe('2026-03-19T16:59:59.999Z');
    expect(deadlineOf(march + 1, 'commune', { ...calendar, months })).toBe(deadlineOf(march + 1, 'commune'));
  });

  it('is one for communes and one for provinces, by the calendar that is given', () =>
    expect(deadlinesOf(march, calendarWith({ provinceDay: 25 }))).toEqual({
      commune: deadlineOf(march, 'commune'),
      province: Date.parse('2026-03-25T16:59:59.999Z'),
    }));

  it('follows the day of an installation that has its own', () => {
    const own = calendarWith({ communeDay: 5 });
    expect(iso(deadlineOf(march, 'commune', own))).toBe('2026-03-05T16:59:59.999Z');
    expect(deadlineOf(march, 'province', own)).toBe(deadlineOf(march, 'province'));
  });
});
