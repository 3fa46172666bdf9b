/**
 * The connection to the stream of changes, kept open.
 *
 * `EventSource` comes back by itself after a broken connection, but gives up for good on an answer that is no stream (a 503 while the service
 * restarts); then this opens a new one, after a wait that grows. The browser's own word that it is offline counts at once.
 */
import type { ReportsEvent, RollupEvent } from './api';

export interface StreamHandlers {
  opened(): void;
  lost(): void;
  rollup(event: RollupEvent): void;
  report(event: ReportsEvent): void;
}

const firstWait = 1000;
const longestWait = 15_000;

/** Opens the stream and keeps it open; returns how to close it. */
export function openStream(url: string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWait;

  const open = (): void => {
    const next = new EventSource(url);
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
    next.addEventListener('rollup', (event) => handlers.rollup(JSON.parse(event.data as string) as RollupEvent));
    next.addEventListener('reports', (event) => handlers.report(JSON.parse(event.data as string) as ReportsEvent));
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
