/** What "Vì sao?" asks the service beside the history: every change of a unit's year, and figures of now in several windows. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { readHistory, readRollups, type FigureChange, type Rollup } from './api';
import { keys } from './query-keys';

/** The service's greatest page. */
const PAGE = 1000;

async function readYear(unit: string, year: string, indicator: string, signal: AbortSignal): Promise<FigureChange[]> {
  const changes: FigureChange[] = [];
  let cursor: string | undefined;
  do {
    const query = { window: year, indicator, limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await readHistory(unit, query, signal);
    changes.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return changes;
}

/** Newest first, all of them. Each read is an entry of the audit trail, so it is asked once for a look. */
export const useYearOfChanges = (unit: string, year: string, indicator: string) =>
  useQuery({
    queryKey: keys.yearOfChanges(unit, year, indicator),
    queryFn: ({ signal }) => readYear(unit, year, indicator, signal),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });

/** An indicator's figures of now, as far as they are known yet; by unit and window. */
export const useFiguresOf = (places: readonly { unit: string; window: string }[], indicator: string) =>
  useQueries({
    queries: places.map(({ unit, window }) => ({
      queryKey: ['why now', unit, window],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await readRollups({ unit, window, asOf: undefined }, signal)).items,
    })),
    combine: (answers) =>
      new Map(
        places.map(({ unit, window }, n): [string, Rollup | undefined] => [
          `${unit} ${window}`,
          answers[n]?.data?.find((item) => item.indicator === indicator),
        ]),
      ),
  });
