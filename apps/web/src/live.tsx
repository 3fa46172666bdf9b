/**
 * Ties the stream to the queries' cache and gives the page its live state.
 *
 * One stream for the whole page (the country and its provinces, of the window that is shown): browsers allow six connections to a server over
 * HTTP/1.1, and a person may have several tabs open.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Completeness, ReportsEvent, Rollup } from './api';
import { withReports } from './completeness';
import { heardOf, noteHeard, signOf, watchAnswers, type Sign } from './freshness';
import { followWindow } from './live-follow';
import { LiveStore, type Board, type LiveState } from './live-store';
import { paced } from './paced';
import { keys } from './query-keys';
import { openStream, type StreamHandlers } from './stream';
import { currentMonth, holdsMonth, parseWindow } from './window';

const Live = createContext<LiveStore | undefined>(undefined);

/** Frames stop in a hidden tab; a timer keeps it current there at a slower pace. */
const onceAFrame = (task: () => void): void => {
  if (document.hidden) setTimeout(task, 250);
  else requestAnimationFrame(task);
};

/** Counts and rows without an own event are read again at this pace, however many events arrive. */
const readGap = 2000;
/** The league table and the calendar are of hundreds of cells each. */
const wideReadGap = 10_000;

function boardOf(client: QueryClient): Board {
  const again = (queryKey: readonly string[], gap = readGap) =>
    paced(() => client.refetchQueries({ queryKey, type: 'active' }), gap);
  const completeness = again(keys.completenessAll);
  const children = again(keys.childrenAll);
  const wide = [keys.tableAll, keys.calendarAll].map((queryKey) => ({ queryKey, ...again(queryKey, wideReadGap) }));
  const isShown = (queryKey: readonly string[], units: Set<string>): boolean =>
    client
      .getQueryCache()
      .findAll({ queryKey, type: 'active' })
      .some((query) => units.has(String(query.queryKey[1])));
  const moved = (units: Set<string>): void => {
    if (isShown(keys.childrenAll, units)) children.ask();
    for (const { queryKey, ask } of wide) if (isShown(queryKey, units)) ask();
  };
  return {
    rollups: (unit, window) => client.getQueryData<Rollup[]>(keys.rollups(unit, window)),
    putRollups: (unit, window, items) => client.setQueryData(keys.rollups(unit, window), items),
    figuresMoved(units) {
      moved(units);
      // Only the country's stream says how far reports are; of a province or a commune its figures tell that they moved.
      if (isShown(keys.completenessAll, units)) completeness.ask();
    },
    reportsMoved(events) {
      if (putReports(client, events)) completeness.ask();
      moved(new Set(events.map((event) => event.unit)));
    },
    readAll() {
      const isData = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== keys.shapesAll[0];
      client.invalidateQueries({ predicate: isData }).catch(reportError);
    },
  };
}

/** Puts a month's counts on the map at once; says whether a shown window has to be read again. */
function putReports(client: QueryClient, events: ReportsEvent[]): boolean {
  let stale = false;
  for (const query of client.getQueryCache().findAll({ queryKey: keys.completenessAll, type: 'active' })) {
    const window = parseWindow(String(query.queryKey[2]));
    const own = events.filter((event) => window && holdsMonth(window, event.window));
    if (own.length === 0) continue;
    stale = true;
    if (window?.kind !== 'month') continue;
    client.setQueryData<Completeness>(query.queryKey, (held) => held && own.reduce(withReports, held));
  }
  return stale;
}

/** @param unit of whoever looks */
export function LiveProvider({ unit, children }: { unit: string; children: ReactNode }) {
  const client = useQueryClient();
  const [live] = useState(() => new LiveStore(boardOf(client), onceAFrame, () => performance.now()));
  useEffect(() => {
    const handlersOf = (opened: () => void): StreamHandlers => ({
      opened: () => {
        noteHeard();
        live.opened();
        opened();
      },
      lost: () => {
        live.lost();
        // It may be that the session is over.
        client.invalidateQueries({ queryKey: keys.me }).catch(reportError);
      },
      rollup: (event) => {
        noteHeard();
        live.rollup(event);
      },
      report: (event) => {
        noteHeard();
        live.report(event);
      },
      resync: () => live.resync(),
    });
    const place = { unit, usual: () => currentMonth(new Date()) };
    return followWindow(live, place, (address, opened) => openStream(address, handlersOf(opened)));
  }, [live, client, unit]);
  return <Live value={live}>{children}</Live>;
}

export function useLiveStore(): LiveStore {
  const live = use(Live);
  if (!live) throw new Error('outside of LiveProvider');
  return live;
}

export function useLive(): LiveState {
  const live = useLiveStore();
  return useSyncExternalStore(live.subscribe, live.snapshot);
}

/** Of the stream and of requests, in one. */
export function useSign(): Sign {
  const { connection } = useLive();
  return signOf(connection, useSyncExternalStore(watchAnswers, heardOf));
}
