/**
 * Refusals: why an event is not taken, as a value.
 *
 * The codes and the order in which they are checked are a contract with everyone who publishes events.
 */
export const refusalCodes = [
  'TOO_LARGE',
  'MALFORMED_JSON',
  'NOT_CLOUDEVENT',
  'UNKNOWN_TYPE',
  'SCHEMA',
  'UNKNOWN_UNIT',
  'SOURCE_MISMATCH',
  'UNKNOWN_INDICATOR',
  'LEVEL_NOT_ALLOWED',
  'INVALID_PERIOD',
  'FUTURE_PERIOD',
  'FUTURE_TIME',
  'WRONG_MEASURE',
  'VALUE_TOO_LARGE',
  'NUMERATOR_EXCEEDS_DENOMINATOR',
  'BREAKDOWN_INVALID',
  'PERSONAL_DATA',
  'UNREADABLE_BATCH',
  'SET_ASIDE',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** JSON pointer (RFC 6901) to the place in the event; empty for the whole of it. */
  readonly pointer: string;
  /** One English sentence for a developer. Never repeats text of the event, which may name a person. */
  readonly detail: string;
  /** The event's id where it could be read. */
  readonly id?: string;
}

export const refused = (code: RefusalCode, pointer: string, detail: string): Refusal => ({ code, pointer, detail });
