/**
 * The connection to the stream of changes, kept open.
 *
 * `EventSource` comes back by itself after a broken connection, but gives up for good on an answer that is no stream (a 503 while the service
 * restarts); then this opens a new one, after a wait that grows, with the id of the last event that came. The service gives what was missed, or
 * says `resync`. The browser's own word that it is offline counts at once.
 */
import type { ReportsEvent, RollupEvent } from './api';

export interface StreamHandlers {
  opened(): void;
  lost(): void;
  rollup(event: RollupEvent): void;
  report(event: ReportsEvent): void;
  /** Events were missed. */
  resync(): void;
}

const firstWait = 1000;
const longestWait = 15_000;

/** Opens the stream and keeps it open; returns how to close it. */
export function openStream(url: string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWait;
  /** Undefined at first; a browser does not say which id an event that it does not hand on has had. */
  let lastId: string | undefined;
  const parse = <T>(event: MessageEvent): T => {
    lastId = event.lastEventId;
    return JSON.parse(event.data as string) as T;
  };

  const open = (): void => {
    const next = new EventSource(lastId === undefined ? url : `${url}&lastEventId=${encodeURIComponent(lastId)}`);
    lastId ??= 'unknown';
    source = next;
    next.onopen = () => {
      wait = firstWait;
      handlers.opened();
    };
    next.onerror = () => {
      handlers.lost();
      if (next.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, longestWait);
    };
    next.addEventListener('rollup', (event) => handlers.rollup(parse<RollupEvent>(event)));
    next.addEventListener('reports', (event) => handlers.report(parse<ReportsEvent>(event)));
    next.addEventListener('resync', (event) => {
      lastId = event.lastEventId;
      handlers.resync();
    });
  };
  const close = (): void => {
    clearTimeout(timer);
    source?.close();
  };
  const reopen = (): void => {
    close();
    open();
  };

  open();
  window.addEventListener('offline', handlers.lost);
  window.addEventListener('online', reopen);
  return () => {
    window.removeEventListener('offline', handlers.lost);
    window.removeEventListener('online', reopen);
    close();
  };
}
