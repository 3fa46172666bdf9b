/**
 * Working days and the hours in which people are written to, in Asia/Ho_Chi_Minh: what a plan says, by the day and by the instant.
 */
import { ictDay, ictMidnight } from '../window/period.js';
import type { ReminderPlan } from './reminder-plan.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No plan rests longer; one that never works again is a plan without a weekday, which is refused. */
const LONGEST_REST_DAYS = 60;

/** `2026-03-14` → the instant at which it begins. */
const dayStart = (day: string): number => {
  const [year, month, ofMonth] = day.split('-').map(Number);
  return ictMidnight(year, month, ofMonth);
};

const dayAfter = (day: string, days: number): string => ictDay(dayStart(day) + days * DAY_MS);

/** 1 is Monday, 7 is Sunday. */
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

export const isWorkingDay = (day: string, plan: ReminderPlan): boolean => {
  if (plan.workedDays.includes(day)) return true;
  if (!plan.weekdays.includes(weekdayOf(day)) || plan.everyYear.includes(day.slice(5))) return false;
  return !plan.daysOff.some((off) => off.day === day);
};

/** The n-th working day after a day, or before it where n is below 0; the day itself does not count. */
export const workingDayFrom = (day: string, n: number, plan: ReminderPlan): string => {
  const step = Math.sign(n);
  let [found, left] = [day, Math.abs(n)];
  while (left > 0) {
    found = dayAfter(found, step);
    if (isWorkingDay(found, plan)) left -= 1;
  }
  return found;
};

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The instant at which a day's hours begin. */
export const openingOf = (day: string, { hours }: ReminderPlan): number =>
  dayStart(day) + minutesOf(hours.from) * MINUTE_MS;
const closingOf = (day: string, { hours }: ReminderPlan): number => dayStart(day) + minutesOf(hours.to) * MINUTE_MS;

/** The first instant from one on at which somebody may be written to: itself, or the next beginning of the hours of a working day. */
export const nextOpening = (at: number, plan: ReminderPlan): number => {
  let day = ictDay(at);
  for (let n = 0; n < LONGEST_REST_DAYS; n += 1, day = dayAfter(day, 1)) {
    if (isWorkingDay(day, plan) && at < closingOf(day, plan)) return Math.max(at, openingOf(day, plan));
  }
  return at + LONGEST_REST_DAYS * DAY_MS;
};
