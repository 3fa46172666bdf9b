import { reminderPlan as plan } from './plan.js';
import { isWorkingDay, nextOpening, workingDayFrom } from './working-time.js';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const told = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16);

describe('working days', () => {
  it.each([
    ['2026-03-16', true, 'a Monday'],
    ['2026-03-14', false, 'a Saturday'],
    ['2026-02-17', false, 'Tết'],
    ['2029-04-30', false, 'a day off of every year'],
    ['2026-08-31', false, 'a Monday that changed places with'],
    ['2026-08-22', true, 'a Saturday'],
  ])('%s: %s, %s', (day, expected) => expect(isWorkingDay(day, plan)).toBe(expected));

  it.each([
    ['2026-03-17', -1, '2026-03-16'],
    ['2026-03-17', -3, '2026-03-12'],
    ['2026-02-17', -1, '2026-02-13'],
    ['2026-02-17', 1, '2026-02-23'],
    ['2026-10-17', 1, '2026-10-19'],
  ])('from %s %s of them leads to %s', (day, n, expected) => expect(workingDayFrom(day, n, plan)).toBe(expected));

  it('are the same on the way there and back, from any day and by any number', () => {
    for (const day of ['2025-01-20', '2026-02-10', '2026-04-24', '2027-02-03', '2028-12-29'])
      for (let n = 1; n <= 10; n += 1) {
        const there = workingDayFrom(day, n, plan);
        const back = workingDayFrom(there, -n, plan);
        expect(back <= day).toBe(true);
        expect(workingDayFrom(back, n, plan) <= there).toBe(true);
        expect(isWorkingDay(there, plan)).toBe(true);
      }
  });
});

describe('the hours in which somebody may be written to', () => {
  it.each([
    ['2026-03-16T09:30', '2026-03-16T09:30', 'within them, at once'],
    ['2026-03-16T07:59', '2026-03-16T08:00', 'before them, as they begin'],
    ['2026-03-16T17:00', '2026-03-17T08:00', 'after them, the next day'],
    ['2026-03-13T17:00', '2026-03-16T08:00', 'on a Friday evening, on Monday'],
    ['2026-02-14T10:00', '2026-02-23T08:00', 'before Tết, after it'],
  ])('asked for at %s: %s, %s', (asked, expected) => expect(told(nextOpening(at(asked), plan))).toBe(expected));
});
