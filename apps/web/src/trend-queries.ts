/** The months of a year, and of the year before, of every indicator: one answer for all of them. */
import { useQuery } from '@tanstack/react-query';
import { readMonthly, type MonthlyRollup } from './api-monthly';
import { isProvisional } from './provisional';
import { HEALING_MS, useProvisionalBelow } from './queries';
import { keys } from './query-keys';
import type { TrendMonth } from './trend';
import { begunWindows, firstYear } from './window';

export interface UnitTrends {
  /** An indicator's months. */
  of: (indicator: string) => TrendMonth[];
  /** The same of the year before; none before the first year. */
  before: (indicator: string) => TrendMonth[];
  isLoading: boolean;
}

/** @param isWanted nothing is asked before it is shown */
export function useTrends(unit: string, year: number, isWanted: boolean): UnitTrends {
  const below = useProvisionalBelow();
  const [from, to] = [`${Math.max(firstYear, year - 1)}-01`, `${year}-12`];
  const { data, isLoading } = useQuery({
    queryKey: keys.monthly(unit, from, to),
    queryFn: async ({ signal }) => byPlace((await readMonthly(unit, from, to, signal)).items),
    enabled: isWanted && year >= firstYear,
    staleTime: HEALING_MS,
  });
  const monthsOf = (ofYear: number) => (indicator: string) =>
    begunWindows('month', ofYear, new Date()).map(({ code }) =>
      monthOf(code, data?.get(`${code}|${indicator}`), below),
    );
  return { of: monthsOf(year), before: monthsOf(year - 1), isLoading };
}

const byPlace = (items: readonly MonthlyRollup[]): ReadonlyMap<string, MonthlyRollup> =>
  new Map(items.map((item) => [`${item.window}|${item.indicator}`, item]));

const monthOf = (period: string, item: MonthlyRollup | undefined, below: number): TrendMonth => ({
  period,
  figure: item ? figureOf(item) : null,
  isProvisional: item !== undefined && isProvisional(item.reporting, below),
});

const figureOf = ({ value, numerator, denominator }: MonthlyRollup) =>
  value === undefined ? { numerator, denominator } : { value };
