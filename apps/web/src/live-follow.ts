/**
 * Keeps the stream on the window that the page shows: another window, another stream.
 *
 * The new one begins without an id: it says first what the figures that are read meanwhile may lack. The service holds that for two seconds; a
 * stream that opens later than that may have missed something, and the page reads anew.
 */
import type { LiveStore } from './live-store';

const HELD_MS = 2000;

/** Opens the stream at an address; `opened` is called each time that it is open. Returns how to close it. */
type Open = (address: string, opened: () => void) => () => void;

/** @param usual the window to follow while the page shows none @returns how to end it */
export function followWindow(
  live: Pick<LiveStore, 'window' | 'onWindow' | 'clock' | 'resync'>,
  { unit, usual }: { unit: string; usual: () => string },
  open: Open,
): () => void {
  let [address, close] = ['', (): void => undefined];
  const follow = (isFirst: boolean): void => {
    const next = addressOf(unit, live.window || usual());
    if (next === address) return;
    close();
    address = next;
    const askedAt = live.clock();
    let isNew = !isFirst;
    close = open(next, () => {
      if (isNew && live.clock() - askedAt > HELD_MS) live.resync();
      isNew = false;
    });
  };
  follow(true);
  const stop = live.onWindow(() => follow(false));
  return () => {
    stop();
    close();
  };
}

/** Of the country its provinces come along. */
const addressOf = (unit: string, window: string): string =>
  `/v1/stream?unit=${unit}${unit === 'VN' ? '&children=true' : ''}&window=${window}`;
