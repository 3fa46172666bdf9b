/** The calendar: by which day a month's report is on time, a row for each month. */
import { reference } from './data.js';
import type { Calendar } from './reference.types.js';

export type { Calendar } from './reference.types.js';

export const calendar: Calendar = reference.calendar;

/** The calendar with other days of the month, for an installation that has its own; a day that is not given stays. */
export const calendarWith = (days: { readonly communeDay?: number; readonly provinceDay?: number }): Calendar => {
  const on = (month: string, day: number) => `${month}-${String(day).padStart(2, '0')}`;
  const { communeDay, provinceDay } = days;
  const months = calendar.months.map((row) => ({
    ...row,
    ...(communeDay === undefined ? {} : { commune: on(row.month, communeDay) }),
    ...(provinceDay === undefined ? {} : { province: on(row.month, provinceDay) }),
  }));
  return { ...calendar, months };
};
