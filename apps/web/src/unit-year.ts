/** A reporting unit's year as the service answers it, and how it is asked for. */
import { useQuery } from '@tanstack/react-query';
import { readJson, type Figure } from './api';

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
}

export interface YearMonth {
  period: string;
  status: 'onTime' | 'late' | 'partial' | 'missing' | 'ahead';
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

/** The stream brings a commune's figures to its own people alone; others see what is new at this pace, in milliseconds. */
const healing = 60_000;

/** Each look is an entry of the audit trail where it is a commune's. */
export const useUnitYear = (unit: string, year: string) =>
  useQuery({
    queryKey: ['unit year', unit, year],
    queryFn: ({ signal }) => readJson<UnitYear>(`/v1/units/${encodeURIComponent(unit)}/year`, { year }, signal),
    enabled: unit !== 'VN',
    refetchInterval: healing,
  });

/** The cells of an indicator, month by month; the order of indicators is the first month's. */
export const rowsOf = ({ months }: UnitYear): { indicator: string; cells: YearCell[] }[] =>
  (months[0]?.cells ?? []).map(({ indicator }, n) => ({
    indicator,
    cells: months.flatMap((month) => month.cells[n] ?? []),
  }));
