/** A unit's month as it is typed in: what the service says of it, and how it is sent. */
import { answerOf, ApiError, dashboard, type Schemas } from './api';

export type ReportForm = Schemas['ReportForm'];
/** `figure` is what the cell says (`null`: nothing), `held` the correction that waits, `revision` the greatest that was ever said of it (0: none). */
export type FormCell = ReportForm['cells'][number];
export type CellFigure = NonNullable<FormCell['figure']>;
export type EnteredReport = Schemas['EnteredReport'];
/** `indicator` is `null` where the month is at fault. */
export type EntryFault = EnteredReport['rejected'][number];
export type Entry = Schemas['EnterReport'];
/** `seen` is the revision that the form showed; the figure `null` takes the cell back. */
export type EntryCell = Exclude<Entry, { nothingArose: true }>['cells'][number];

const path = '/v1/units/{code}/reports/{period}';
const paramsOf = (code: string, period: string) => ({ path: { code, period } });

export const readReportForm = (unit: string, period: string, signal: AbortSignal) =>
  answerOf(dashboard.GET(path, { params: paramsOf(unit, period), signal }));

export const enterReport = (unit: string, period: string, entry: Entry) =>
  answerOf(dashboard.POST(path, { params: paramsOf(unit, period), body: entry }));

/** What the service refused of it, by its place; nothing where it failed by something else. */
export const faultsIn = (error: Error | null): readonly EntryFault[] => {
  if (!(error instanceof ApiError)) return [];
  return (error.problem as Partial<Schemas['ReportRefused']>).rejected ?? [];
};
