/** A unit's month as it is typed in: what the service says of it, and how it is sent. */
import { ApiError, readJson, send, type Figure } from './api';

export interface CellFigure extends Figure {
  breakdown?: Record<string, Figure>;
}

export interface FormCell {
  indicator: string;
  /** What the cell says; `null`: nothing. */
  figure: CellFigure | null;
  /** The correction that waits, in a locked month. */
  held: { figure: CellFigure | null } | null;
  /** The greatest that was ever said of it; 0: none. */
  revision: number;
}

export interface ReportForm {
  unit: string;
  name: string;
  period: string;
  deadline: string;
  isLocked: boolean;
  isConfigured: boolean;
  cells: FormCell[];
}

export interface EntryFault {
  /** `null`: of the month. */
  indicator: string | null;
  code: string;
  pointer: string;
}

export interface EnteredReport {
  period: string;
  accepted: number;
  cells: { indicator: string; event: string; isHeld: boolean }[];
  rejected: EntryFault[];
}

export interface EntryCell {
  indicator: string;
  /** The revision that the form showed. */
  seen: number;
  /** `null` takes the cell back. */
  figure: CellFigure | null;
}

export type Entry = { cells: EntryCell[] } | { nothingArose: true; cells: Pick<EntryCell, 'indicator' | 'seen'>[] };

const reportsOf = (unit: string, period: string) => `/v1/units/${encodeURIComponent(unit)}/reports/${period}`;

export const readReportForm = (unit: string, period: string, signal: AbortSignal) =>
  readJson<ReportForm>(reportsOf(unit, period), {}, signal);

export const enterReport = (unit: string, period: string, entry: Entry) =>
  send<EnteredReport>(reportsOf(unit, period), entry);

/** What the service refused of it, by its place; nothing where it failed by something else. */
export const faultsIn = (error: Error | null): readonly EntryFault[] => {
  if (!(error instanceof ApiError)) return [];
  return (error.problem as { rejected?: EntryFault[] }).rejected ?? [];
};
