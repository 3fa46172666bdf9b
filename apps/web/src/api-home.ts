/** What the home of a province or a commune reads of the service: how far its reports are, and by when they are due. */
import { readCompleteness, readJson, type Completeness } from './api';

/** Of a province's or a commune's window. */
export interface HomeReports extends Completeness {
  partial: number;
  missing: number;
  /** Codes of units by what at least one of their reports is. */
  units: Record<'late' | 'partial' | 'missing', string[]>;
  /** Only of a month: ISO text. */
  deadlines?: Record<'commune' | 'province', string>;
}

export const readReports = (unit: string, window: string, signal: AbortSignal) =>
  readCompleteness(unit, window, signal) as Promise<HomeReports>;

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
