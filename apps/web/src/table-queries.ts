/** The table of a unit's children: read again at a pace of its own, because any event may move a cell of it. */
import { useQuery } from '@tanstack/react-query';
import type { Indicator, Place } from './api';
import { readTable } from './api-table';
import { keys } from './query-keys';

const PACE_MS = 30_000;

export const useTable = (place: Place, group: Indicator['group'], isWanted = true) =>
  useQuery({
    queryKey: keys.table(place.unit, place.window, group, place.asOf),
    queryFn: ({ signal }) => readTable(place, group, signal),
    enabled: isWanted,
    ...(place.asOf === undefined ? { refetchInterval: PACE_MS } : { staleTime: Infinity }),
  });
