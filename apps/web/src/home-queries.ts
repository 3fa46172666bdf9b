/** What the home of a province or a commune asks the service. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { readCompleteness, type Completeness } from './api';
import { readCalendar } from './api-home';
import { homeMonth, monthBefore } from './home-month';
import { usePerson } from './person';
import { HEALING_MS } from './queries';
import { keys } from './query-keys';
import { mayDo } from './shown-unit';

/** What each report of a year is. */
export const useCalendar = (unit: string, year: string) =>
  useQuery({
    queryKey: keys.calendar(unit, year),
    queryFn: ({ signal }) => readCalendar(unit, year, signal),
    refetchInterval: HEALING_MS,
  });

/**
 * The month that is shown where the address names none: the country's users see the running one, others the one that is due.
 *
 * It is decided once: a month that becomes complete while somebody looks at it stays. Until it is decided, the month that it most likely is.
 */
export function useHomeMonth(running: string, isAsked: boolean): string {
  const { level, unit, ...person } = usePerson();
  const client = useQueryClient();
  const before = monthBefore(running, new Date());
  const isHome = isAsked && level !== 'country' && before !== undefined && mayDo(person, 'figures.read');
  const queryKey = keys.homeMonth(unit, running);
  const decide = async () => {
    const queryFn = ({ signal }: { signal: AbortSignal }) => readCompleteness(unit, before ?? '', signal);
    const reports = await client.fetchQuery<Completeness>({ queryKey: keys.completeness(unit, before ?? ''), queryFn });
    return homeMonth(running, reports, level === 'commune' ? 'commune' : 'province', Date.now());
  };
  const { data } = useQuery({
    queryKey,
    queryFn: () => client.getQueryData<string>(queryKey) ?? decide(),
    enabled: isHome,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return isHome ? (data ?? before) : running;
}
