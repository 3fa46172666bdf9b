/** A reporting unit's year as the service answers it, and how it is asked for. */
import { useQuery } from '@tanstack/react-query';
import { answerOf, dashboard, type Schemas } from './api';
import { HEALING_MS } from './queries';
import { keys } from './query-keys';

export type UnitYear = Schemas['UnitYear'];
export type YearMonth = UnitYear['months'][number];
/** `flagged` says why it is to be asked about. */
export type YearCell = Schemas['YearCell'];
export type CellState = YearCell['state'];

/** @param event one that was just sent: the service waits some seconds for it */
export const readUnitYear = (unit: string, year: string, signal: AbortSignal, event?: string) => {
  const params = { path: { code: unit }, query: { year, ...(event !== undefined && { event }) } };
  return answerOf(dashboard.GET('/v1/units/{code}/year', { params, signal }));
};

/**
 * The stream brings a commune's figures to its own people alone. Each look is an entry of the audit trail.
 *
 * @param isAsked of another unit than a commune for whoever shows its own reports
 */
export const useUnitYear = (unit: string, year: string, isAsked = unit.length === 5) =>
  useQuery({
    queryKey: keys.unitYear(unit, year),
    queryFn: ({ signal }) => readUnitYear(unit, year, signal),
    enabled: isAsked,
    refetchInterval: HEALING_MS,
  });

/** The cells of an indicator, month by month; the order of indicators is the first month's. */
export const rowsOf = ({ months }: UnitYear): { indicator: string; cells: YearCell[] }[] =>
  (months[0]?.cells ?? []).map(({ indicator }, n) => ({
    indicator,
    cells: months.flatMap((month) => month.cells[n] ?? []),
  }));
