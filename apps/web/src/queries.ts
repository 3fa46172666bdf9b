/**
 * What the page asks the service, and how long an answer holds.
 *
 * Answers are always asked anew when something is shown again: between, the stream keeps them current. A slow repeat heals what a stream can
 * miss without a broken connection.
 */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  decideHeld,
  decideMonth,
  endSessions,
  readAudit,
  readCatalogue,
  readChildren,
  readCommunes,
  readCompleteness,
  readEveryCommune,
  readContacts,
  readHeld,
  readHistory,
  readMe,
  readMonth,
  readProvinces,
  readRefusals,
  readReminders,
  readRollups,
  readSessions,
  readSummaries,
  requestSummary,
  saveContacts,
  type Catalogue,
  type ChildRow,
  type Indicator,
  type MonthDecision,
  type Place,
  type Summary,
} from './api';
import { useLiveStore } from './live';
import { keys } from './query-keys';

/** Who is signed in. Asked again wherever an answer says that nobody is, and when the stream is lost. */
export const useMe = () =>
  useQuery({ queryKey: keys.me, queryFn: ({ signal }) => readMe(signal), staleTime: Infinity });

/** Where one is signed in. */
export const useSessions = () =>
  useQuery({ queryKey: keys.sessions, queryFn: async ({ signal }) => (await readSessions(signal)).items });

export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: endSessions,
    onSettled: () => client.invalidateQueries({ queryKey: keys.sessions }),
  });
}

export const HEALING_MS = 60_000;
const following = 1500;

/** What is wanted of the catalogue, which does not change while the page is open. */
const useCatalogue = <T>(select: (catalogue: Catalogue) => T): T | undefined =>
  useQuery({
    queryKey: keys.catalogue,
    queryFn: ({ signal }) => readCatalogue(signal),
    staleTime: Infinity,
    select,
  }).data;

export const useTargets = (): Indicator[] | undefined => useCatalogue(targetsOf);

/** The newest refusals of a unit and of those under it. */
export const useRefusals = (unit: string, isAsked = true) =>
  useQuery({
    queryKey: keys.refusals(unit),
    queryFn: async ({ signal }) => (await readRefusals(unit, signal)).items,
    enabled: isAsked,
    refetchInterval: HEALING_MS,
  });

/** Below which percentage of reports a figure is provisional; until that is known every figure is. */
export const useProvisionalBelow = (): number => useCatalogue(provisionalBelowOf) ?? 100;

const provisionalBelowOf = ({ provisionalBelow }: Catalogue): number => provisionalBelow;

const targetsOf = (catalogue: Catalogue): Indicator[] =>
  catalogue.indicators.filter((indicator) => indicator.group === 'target');

/** Every indicator, by code. */
export const useIndicators = (): ReadonlyMap<string, Indicator> | undefined => useCatalogue(byCode);

const byCode = (catalogue: Catalogue): ReadonlyMap<string, Indicator> =>
  new Map(catalogue.indicators.map((indicator) => [indicator.code, indicator]));

export const useProvinces = () =>
  useQuery({
    queryKey: keys.provinces,
    queryFn: async ({ signal }) => (await readProvinces(signal)).items,
    staleTime: Infinity,
  });

/** What was known at an instant does not change any more; the page reads what stands now again by itself. */
const pace = (asOf: string | undefined) =>
  asOf === undefined ? { refetchInterval: HEALING_MS } : { staleTime: Infinity };

export function useRollups({ unit, window, asOf }: Place) {
  const live = useLiveStore();
  return useQuery({
    queryKey: asOf === undefined ? keys.rollups(unit, window) : keys.rollupsAsOf(unit, window, asOf),
    queryFn: async ({ signal }) => {
      const askedAt = live.clock();
      const { items } = await readRollups({ unit, window, asOf }, signal);
      return asOf === undefined ? live.merged(unit, window, items, askedAt) : items;
    },
    ...pace(asOf),
  });
}

export const useCompleteness = (unit: string, window: string) =>
  useQuery({
    queryKey: keys.completeness(unit, window),
    queryFn: ({ signal }) => readCompleteness(unit, window, signal),
    refetchInterval: HEALING_MS,
  });

export function useChildren({ unit, window, asOf }: Place, indicator: string) {
  const live = useLiveStore();
  const client = useQueryClient();
  const queryKey =
    asOf === undefined ? keys.children(unit, window, indicator) : keys.childrenAsOf(unit, window, indicator, asOf);
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const { items } = await readChildren({ unit, window, asOf }, indicator, signal);
      const held = client.getQueryData<ChildRow[]>(queryKey);
      // Of the country's provinces the stream says it sooner.
      if (asOf === undefined && unit !== 'VN' && held !== undefined) live.childrenRead(unit, window, held, items);
      return items;
    },
    ...pace(asOf),
  });
}

export const useMonth = (unit: string, period: string) =>
  useQuery({
    queryKey: keys.month(unit, period),
    queryFn: ({ signal }) => readMonth(unit, period, signal),
    refetchInterval: HEALING_MS,
  });

/** A month as it was looked at: it stands still while somebody reads what he signs. @param look another number looks anew */
export const useMonthOnce = (unit: string, period: string, look: number) =>
  useQuery({
    queryKey: keys.monthOnce(unit, period, look),
    queryFn: ({ signal }) => readMonth(unit, period, signal),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });

/** Whatever came of a decision, what stands is read anew: another may have decided first. */
function useDecision<T>(decide: (decision: T) => Promise<object>) {
  const client = useQueryClient();
  const again = (queryKey: readonly string[]) => client.invalidateQueries({ queryKey });
  return useMutation({
    mutationFn: decide,
    onSettled: () => Promise.all([again(keys.monthAll), again(keys.heldAll)]),
  });
}

export const useDecideMonth = (unit: string, period: string) =>
  useDecision((decision: MonthDecision) => decideMonth(unit, period, decision));

export const useDecideHeld = () => useDecision(decideHeld);

export const useHeld = (unit: string, isDecided: boolean, isAsked = true) =>
  useQuery({
    queryKey: keys.held(unit, isDecided),
    queryFn: ({ signal }) => readHeld(unit, isDecided, signal),
    enabled: isAsked,
    refetchInterval: HEALING_MS / 4,
  });

const HISTORY_PAGE = 50;

/** The changes that made a figure, newest first: as many pages as were asked for. Read afresh each time it is opened. */
export const useHistory = (unit: string, window: string, indicator: string) =>
  useInfiniteQuery({
    queryKey: keys.history(unit, window, indicator),
    queryFn: ({ pageParam, signal }) =>
      readHistory(
        unit,
        { window, indicator, limit: HISTORY_PAGE, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });

/** Newest first; asked often only while one is being made. */
export const useSummaries = () =>
  useQuery({
    queryKey: keys.summaries,
    queryFn: async ({ signal }) => (await readSummaries(signal)).items,
    refetchInterval: ({ state }) =>
      state.data?.some((summary: Summary) => summary.status === 'pending') ? following : HEALING_MS / 2,
  });

export function useRequestSummary() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: requestSummary,
    onSettled: () => client.invalidateQueries({ queryKey: keys.summaries }),
  });
}

export const useReminders = (unit: string, period: string) =>
  useQuery({
    queryKey: keys.reminders(unit, period),
    queryFn: async ({ signal }) => (await readReminders(unit, period, signal)).items,
    refetchInterval: HEALING_MS,
  });

export const useCommunes = (province: string | undefined) =>
  useQuery({
    queryKey: keys.communes(province ?? ''),
    queryFn: async ({ signal }) => (await readCommunes(province ?? '', signal)).items,
    enabled: province !== undefined,
    staleTime: Infinity,
  });

/** The communes that a figure of the unit is made of, by code. */
export const useCommunesOf = (unit: string) =>
  useQuery({
    queryKey: keys.communesOf(unit),
    queryFn: async ({ signal }) => {
      const { items } = await (unit === 'VN' ? readEveryCommune(signal) : readCommunes(unit, signal));
      return new Map(items.map((each) => [each.code, each]));
    },
    enabled: unit.length === 2,
    staleTime: Infinity,
  });

/** Each look is an entry of the audit trail: it is asked when somebody asks, and kept no longer than it is shown. */
export const useContacts = (unit: string) =>
  useQuery({
    queryKey: keys.contacts(unit),
    queryFn: ({ signal }) => readContacts(unit, signal),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });

export function useSaveContacts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveContacts,
    onSettled: (_saved, _error, { unit }) => client.invalidateQueries({ queryKey: keys.contacts(unit) }),
  });
}

/** A page of the trail. Each look is an entry of it: it is asked when somebody asks, and not by itself. */
export const useAudit = (query: Record<string, string>) =>
  useQuery({
    queryKey: keys.audit(query),
    queryFn: ({ signal }) => readAudit(query, signal),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });

/** Boundaries of a map, loaded when it is first drawn. */
export const useShapes = (file: string) =>
  useQuery({
    queryKey: keys.shapes(file),
    queryFn: async ({ signal }) => {
      const response = await fetch(`/${file}`, { signal });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return (await response.json()) as unknown;
    },
    staleTime: Infinity,
  });
