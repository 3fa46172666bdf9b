/** Until when a report of a month is on time. */
import { calendar, type Calendar } from '../reference/calendar.js';
import type { Level } from '../reference/reference.types.js';
import { ictMidnight } from '../window/period.js';

const DAY_MS = 86_400_000;

/**
 * The last instant, in milliseconds since the epoch, at which a report of a month is on time.
 *
 * @param month its index
 * @param level whose report it is
 */
export const deadlineOf = (month: number, level: Level, by: Calendar = calendar): number => {
  const [year, number, day] = by.months[month][level].split('-').map(Number);
  return ictMidnight(year, number, day) + DAY_MS - 1;
};

/** By when the reports of a month are due, by the level of who sends them; instants in milliseconds since the epoch. */
export type Deadlines = Readonly<Record<'commune' | 'province', number>>;

export const deadlinesOf = (month: number, by?: Calendar): Deadlines => ({
  commune: deadlineOf(month, 'commune', by),
  province: deadlineOf(month, 'province', by),
});
