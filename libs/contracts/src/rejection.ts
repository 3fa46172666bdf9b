/**
 * Rejected events: why an event was refused, where it came from, and its bytes as received.
 */
import type { RefusalCode } from '#domain';

export type Origin = { readonly topic: string; readonly partition: number; readonly offset: string } | 'http';

export interface RejectedEvent {
  readonly code: RefusalCode;
  /** JSON pointer to the place in the event. */
  readonly pointer: string;
  readonly detail: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly origin: Origin;
  /** The bytes as received, in base64. */
  readonly raw: string;
}

/** The unit that a refused event seems to be of: what it says itself, else its key; undefined where neither can be read. */
export const apparentUnit = (text: string | undefined, key: string | undefined): string | undefined => {
  try {
    const event = JSON.parse(text ?? '') as { data?: { unit?: unknown } } | null;
    if (typeof event?.data?.unit === 'string') return event.data.unit;
  } catch {
    // not JSON: the key is all there is
  }
  return key === '' ? undefined : key;
};
