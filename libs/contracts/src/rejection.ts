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

/** A rejected event from its record; undefined if it is none: it is passed over, it never stops a partition. */
export const decodeRejected = (text: string): RejectedEvent | undefined => {
  try {
    const rejected = JSON.parse(text) as RejectedEvent | null;
    const isWhole = typeof rejected?.raw === 'string' && !Number.isNaN(Date.parse(rejected.receivedAt));
    return isWhole ? rejected : undefined;
  } catch {
    return undefined;
  }
};

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
