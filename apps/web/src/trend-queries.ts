/** The months of a year, of every indicator: of a commune what its year says, of others each month's figures, asked once for all indicators. */
import { useQueries } from '@tanstack/react-query';
import { readRollups, type Rollup } from './api';
import { isProvisional } from './provisional';
import { HEALING_MS, useProvisionalBelow } from './queries';
import { keys } from './query-keys';
import type { TrendMonth } from './trend';
import { useUnitYear } from './unit-year';
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
  const isCommune = unit.length === 5;
  const own = useMonths(unit, year, isWanted && !isCommune);
  const before = useMonths(unit, year - 1, isWanted && !isCommune);
  const ownYear = useUnitYear(isWanted && isCommune ? unit : '', String(year));
  const yearBefore = useUnitYear(isWanted && isCommune && year > firstYear ? unit : '', String(year - 1));
  if (!isCommune) return { of: own.of, before: before.of, isLoading: own.isLoading || before.isLoading };
  const of = (data: typeof ownYear.data) => (indicator: string) =>
    data?.months.map(({ period, cells }) => ({
      period,
      figure: cells.find((cell) => cell.indicator === indicator)?.figure ?? null,
      isProvisional: false,
    })) ?? [];
  return { of: of(ownYear.data), before: of(yearBefore.data), isLoading: ownYear.isLoading };
}

const figureOf = ({ value, numerator, denominator }: Rollup) =>
  value === undefined ? { numerator, denominator } : { value };

function useMonths(unit: string, year: number, isWanted: boolean) {
  const below = useProvisionalBelow();
  const months = begunWindows('month', year, new Date()).map(({ code }) => code);
  return useQueries({
    queries: months.map((period) => ({
      queryKey: keys.monthFigures(unit, period),
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await readRollups({ unit, window: period, asOf: undefined }, signal)).items,
      enabled: isWanted,
      staleTime: HEALING_MS,
    })),
    combine: (answers) => ({
      isLoading: answers.some(({ isLoading }) => isLoading),
      of: (indicator: string): TrendMonth[] =>
        months.map((period, n) => {
          const item = answers[n]?.data?.find((each) => each.indicator === indicator);
          return {
            period,
            figure: item ? figureOf(item) : null,
            isProvisional: item !== undefined && isProvisional(item.reporting, below),
          };
        }),
    }),
  });
}
