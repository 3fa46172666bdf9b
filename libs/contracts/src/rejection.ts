/**
 * Rejected events: why an event was refused, where it came from, and its bytes and headers as received.
 *
 * Made in one place for the intake and the check stage. Whatever a stranger sends, the record stays far below what the topic takes
 * (`rejection.spec.ts`), and its key is the code of a unit or none: the partition of a key is found in time that grows with the
 * square of its length.
 */
import {
  indicatorIndex,
  MAX_EVENT_BYTES,
  monthIndex,
  reportingUnitIndex,
  withoutMark,
  type Refusal,
  type RefusalCode,
} from '#domain';

/** Which cell a refused event seems to be of: codes that there are, nothing of the sender's own making. */
export interface RefusedCell {
  readonly indicator?: string;
  /** A month, `2026-03`. */
  readonly period?: string;
}

export type Origin = { readonly topic: string; readonly partition: number; readonly offset: string } | 'http';

export interface RejectedEvent extends RefusedCell {
  readonly code: RefusalCode;
  /** JSON pointer to the place in the event. */
  readonly pointer: string;
  readonly detail: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly origin: Origin;
  /** The bytes as received, in base64: of a binary-mode event its data. Only their beginning where `rawBytes` is there. */
  readonly raw: string;
  /** How many bytes there were, and their SHA-256 in hex, where they are too many to be kept. */
  readonly rawBytes?: number;
  readonly rawSha256?: string;
  /** The headers that came with it, in their order: name, and value in base64. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** How many headers found no room. */
  readonly headersLeftOut?: number;
  /** The data key that `raw` is sealed with: then it holds `SealedContent`, and the record no bytes or headers in the clear. */
  readonly sealed?: string;
  /** The unit that the event is of, as far as can be told, where its bytes are sealed. */
  readonly unit?: string;
}

/** What is sealed of a refused event, as JSON. */
export type SealedContent = Pick<RejectedEvent, 'raw' | 'rawSha256' | 'headers'>;

/** Seals bytes with the data key of the month in which they were received. @param about what they belong to: they open with nothing else */
export type Seal = (
  content: Buffer,
  about: string,
  receivedAt: number,
) => { readonly sealed: string; readonly bytes: Buffer };

/** What sealed bytes belong to: their record's code and origin. */
export const rejectionAbout = ({ code, origin }: Pick<RejectedEvent, 'code' | 'origin'>): string =>
  JSON.stringify(origin === 'http' ? [code, origin] : [code, origin.topic, origin.partition, origin.offset]);

/** The bytes of an event that are kept whole; of a larger one the beginning. */
export const KEPT_BYTES = MAX_EVENT_BYTES;
/** Names and values of headers, together. */
export const KEPT_HEADER_BYTES = 16_384;

/** What came, as it came. */
export interface Received {
  readonly origin: Origin;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly bytes: Buffer | null;
  /** The Kafka key, or over HTTP the unit that the event names. */
  readonly key?: Buffer | string | null;
  readonly headers?: Headers;
}
/** A name for each value, in their order; a name may come again. */
export type Headers = readonly (readonly [name: string, value: Buffer])[];

/** Headers as a Kafka client gives them: a value, or several where a name comes again. */
export type NamedHeaders = Readonly<Record<string, Buffer | string | readonly (Buffer | string)[] | null | undefined>>;

/** A name for each value. */
export const headersOf = (named: NamedHeaders): Headers =>
  Object.entries(named).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, Buffer.from((value as Buffer | string | null | undefined) ?? '')] as const),
  );

/**
 * The record of a refused event.
 *
 * @param sha256 in hex; domain and contracts know no library for it
 * @param seal where the installation seals what it refuses
 */
export const rejectionRecord = (
  { code, pointer, detail }: Refusal,
  received: Received,
  sha256: (bytes: Buffer) => string,
  seal?: Seal,
): { key: string | null; value: string } => {
  const bytes = received.bytes ?? NOTHING;
  const rejected: RejectedEvent = {
    code,
    pointer,
    detail,
    receivedAt: isoOf(received.receivedAt),
    origin: received.origin,
    raw: bytes.subarray(0, KEPT_BYTES).toString('base64'),
    ...(bytes.length > KEPT_BYTES ? { rawBytes: bytes.length, rawSha256: sha256(bytes) } : {}),
    ...keptHeaders(received.headers ?? []),
    ...cellIn(wholeText(received.bytes)),
  };
  const kept = seal === undefined ? rejected : sealedRejection(rejected, received, seal);
  return { key: knownUnit(received.key) ?? null, value: JSON.stringify(kept) };
};

const sealedRejection = (rejected: RejectedEvent, { bytes, key, receivedAt }: Received, seal: Seal): RejectedEvent => {
  const { raw, rawSha256, headers, ...open } = rejected;
  const content: SealedContent = { raw, rawSha256, headers };
  const { sealed, bytes: hidden } = seal(Buffer.from(JSON.stringify(content)), rejectionAbout(rejected), receivedAt);
  const unit = refusedUnit(bytes, key);
  return { ...open, raw: hidden.toString('base64'), sealed, ...(unit === undefined ? {} : { unit }) };
};

const NOTHING = Buffer.alloc(0);
const LAST_INSTANT = 8.64e15;

/** A record may carry any number as its timestamp. */
const isoOf = (ms: number): string => new Date(Math.abs(ms) <= LAST_INSTANT ? ms : 0).toISOString();

const keptHeaders = (headers: Headers): Pick<RejectedEvent, 'headers' | 'headersLeftOut'> => {
  const kept: [string, string][] = [];
  let room = KEPT_HEADER_BYTES;
  for (const [name, value] of headers) {
    room -= Buffer.byteLength(name) + value.length;
    if (room < 0) break;
    kept.push([name, value.toString('base64')]);
  }
  return {
    ...(kept.length > 0 ? { headers: kept } : {}),
    ...(kept.length < headers.length ? { headersLeftOut: headers.length - kept.length } : {}),
  };
};

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

/** The unit that a refused event seems to be of: what it says itself, else its key; undefined where neither is a unit's code. */
export const apparentUnit = (text: string | undefined, key: Buffer | string | null | undefined): string | undefined => {
  const { unit } = dataIn(text);
  return typeof unit === 'string' && isUnit(unit) ? unit : knownUnit(key);
};

/** The data of an event as it was sent; empty where that cannot be read. */
const dataIn = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    const event = JSON.parse(withoutMark(text ?? '')) as { data?: Readonly<Record<string, unknown>> | null } | null;
    return event?.data ?? {};
  } catch {
    return {};
  }
};

/** Bytes that are not kept whole say nothing. */
const wholeText = (bytes: Buffer | null): string | undefined =>
  bytes === null || bytes.length > KEPT_BYTES ? undefined : bytes.toString();

/** The unit of a refused event by its bytes. */
export const refusedUnit = (bytes: Buffer | null, key: Buffer | string | null | undefined): string | undefined =>
  apparentUnit(wholeText(bytes), key);

/** Its cell by its bytes, as far as it can be told. */
export const refusedCell = (bytes: Buffer | null): RefusedCell => cellIn(wholeText(bytes));

const cellIn = (text: string | undefined): RefusedCell => cellOf(dataIn(text));

const cellOf = ({ indicator, period }: Readonly<Record<string, unknown>>): RefusedCell => ({
  ...(typeof indicator === 'string' && indicatorIndex(indicator) !== undefined ? { indicator } : {}),
  ...(typeof period === 'string' && monthIndex(period) !== undefined ? { period } : {}),
});

/** The same, by the record in which it is kept; of one from before records named it, by its bytes. */
export const rejectedCell = (rejected: RejectedEvent): RefusedCell => {
  const { raw, rawBytes, sealed, indicator, period } = rejected;
  if (indicator !== undefined || period !== undefined) return cellOf({ indicator, period });
  return sealed === undefined && rawBytes === undefined ? refusedCell(Buffer.from(raw, 'base64')) : {};
};

/** The same, by the record in which it is kept. */
export const rejectedUnit = (
  { raw, rawBytes, sealed, unit }: RejectedEvent,
  key: Buffer | null | undefined,
): string | undefined =>
  sealed !== undefined ? knownUnit(unit) : refusedUnit(rawBytes === undefined ? Buffer.from(raw, 'base64') : null, key);

const isUnit = (code: string): boolean => reportingUnitIndex(code) !== undefined;

/** Longer than any code: such a key is not even read. */
const MAX_CODE_BYTES = 16;

const knownUnit = (key: Buffer | string | null | undefined): string | undefined => {
  if (key === null || key === undefined || key.length > MAX_CODE_BYTES) return undefined;
  const code = String(key);
  return isUnit(code) ? code : undefined;
};
