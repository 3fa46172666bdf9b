/** The calendar of reports, as the service answers it. */
import { answerOf, dashboard, type Schemas } from './api';

/** What each report of a year is; `months` of an item are by their codes. */
export type ReportCalendar = Schemas['ReportCalendar'];
/** `ahead`: the month has not begun. */
export type CalendarStatus = ReportCalendar['items'][number]['months'][string];

export const calendarStatuses = ['onTime', 'late', 'partial', 'missing', 'ahead'] as const satisfies CalendarStatus[];

export const readCalendar = (unit: string, year: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/units/{code}/calendar', { params: { path: { code: unit }, query: { year } }, signal }));
