/** A reporting unit's year as the service answers it, and how it is asked for. */
import { useQuery } from '@tanstack/react-query';
import { readJson, type Figure } from './api';
import type { CalendarStatus } from './api-home';
import type { Suspicion } from './api-suspicious';
import { HEALING_MS } from './queries';
import { keys } from './query-keys';

export type CellState = 'missing' | 'reported' | 'corrected' | 'nothingArose' | 'takenBack';

interface CellEvent {
  id: string;
  revision: number;
  time: string;
  receivedAt: string;
}

export interface YearCell {
  indicator: string;
  state: CellState;
  figure: Figure | null;
  percent: number | null;
  event: CellEvent | null;
  held: { figure: Figure | null; event: CellEvent } | null;
  refused: { code: string; pointer: string; at: string } | null;
  /** Why it is to be asked about. */
  flagged: Suspicion | null;
}

export interface YearMonth {
  period: string;
  status: CalendarStatus;
  deadline: string;
  isLocked: boolean;
  cells: YearCell[];
}

export interface UnitYear {
  unit: string;
  name: string;
  province: string;
  year: string;
  months: YearMonth[];
}

/** @param event one that was just sent: the service waits some seconds for it */
export const readUnitYear = (unit: string, year: string, signal: AbortSignal, event?: string) =>
  readJson<UnitYear>(
    `/v1/units/${encodeURIComponent(unit)}/year`,
    { year, ...(event !== undefined && { event }) },
    signal,
  );

/** A commune's; of another unit nothing is asked. The stream brings its figures to its own people alone. Each look is an entry of the audit trail. */
export const useUnitYear = (unit: string, year: string) =>
  useQuery({
    queryKey: keys.unitYear(unit, year),
    queryFn: ({ signal }) => readUnitYear(unit, year, signal),
    enabled: unit.length === 5,
    refetchInterval: HEALING_MS,
  });

/** The cells of an indicator, month by month; the order of indicators is the first month's. */
export const rowsOf = ({ months }: UnitYear): { indicator: string; cells: YearCell[] }[] =>
  (months[0]?.cells ?? []).map(({ indicator }, n) => ({
    indicator,
    cells: months.flatMap((month) => month.cells[n] ?? []),
  }));
