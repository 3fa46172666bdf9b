/**
 * A year of reports, unit by unit and month by month: the same statuses as completeness counts, told one by one.
 */
import type { Calendar } from '../reference/calendar.js';
import { provinceOf, type Unit } from '../reference/unit.js';
import { monthsOfWindow, monthStart } from '../window/period.js';
import { reportStatus, type ReportStatus } from './completeness.js';
import { deadlinesOf } from './deadline.js';
import type { UnitReports } from './unit-reports.js';

/** `ahead`: the month has not begun. */
export type CalendarStatus = ReportStatus | 'ahead';

/** A unit's months, in order. */
export interface CalendarRow {
  readonly unit: Unit;
  readonly statuses: readonly CalendarStatus[];
}

/**
 * @param units communes and provinces
 * @param window whose months are told, as a year's
 * @param reportsOf what the units of a province reported in a month, if anything
 * @param asOf milliseconds since the epoch
 */
export const reportCalendar = (
  units: readonly Unit[],
  window: number,
  reportsOf: (province: string, month: number) => UnitReports | undefined,
  asOf: number,
  calendar?: Calendar,
): readonly CalendarRow[] => {
  const months = monthsOfWindow(window).map((month) => ({
    month,
    hasBegun: monthStart(month) <= asOf,
    deadlines: deadlinesOf(month, calendar),
  }));
  return units.map((unit) => ({
    unit,
    statuses: months.map(({ month, hasBegun, deadlines }) =>
      hasBegun ? reportStatus(unit, reportsOf(provinceOf(unit), month)?.[unit.code], deadlines) : 'ahead',
    ),
  }));
};
