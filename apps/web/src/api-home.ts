/** The calendar of reports, as the service answers it. */
import { readJson } from './api';

export const calendarStatuses = ['onTime', 'late', 'partial', 'missing', 'ahead'] as const;
/** `ahead`: the month has not begun. */
export type CalendarStatus = (typeof calendarStatuses)[number];

/** What each report of a year is. */
export interface ReportCalendar {
  year: string;
  /** Counts of reports; none is expected of a month that has not begun. */
  months: { period: string; expected: number; onTime: number; late: number; partial: number; missing: number }[];
  /** `months` by their codes. */
  items: { unit: string; name: string; months: Record<string, CalendarStatus> }[];
}

export const readCalendar = (unit: string, year: string, signal: AbortSignal) =>
  readJson<ReportCalendar>(`/v1/units/${encodeURIComponent(unit)}/calendar`, { year }, signal);
