/**
 * The CloudEvents HTTP protocol binding: which bytes of a request are which event.
 *
 * Structured and batched events are taken as they are. A binary-mode event, attributes in `ce-` headers and data in the body, is
 * put together into the structured form in which it stands in the event topic.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { splitArray } from './json-array.js';
import { UnreadableBody, RequestTooLarge, UnsupportedType } from './intake-errors.js';

export const SINGLE = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
const JSON_TYPE = 'application/json';
const MAX_BATCH = 1_000;
/** A larger event could not be kept among the refused ones, which carry it whole. */
const MAX_KEPT_BYTES = 4 * 1_048_576;

export interface RequestEvents {
  /** Each as bytes of structured JSON; what is no JSON at all is still among them. */
  readonly events: readonly Buffer[];
  readonly isBatch: boolean;
}

/** The events of a request. Throws where the body cannot be read as what it says it is. */
export const eventsOf = (headers: IncomingHttpHeaders, body: Buffer): RequestEvents => {
  const request = read(headers, body);
  if (request.events.some(({ length }) => length > MAX_KEPT_BYTES)) throw new RequestTooLarge('an event is over 4 MiB');
  return request;
};

const read = (headers: IncomingHttpHeaders, body: Buffer): RequestEvents => {
  const type = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (type === SINGLE) return { events: [body], isBatch: false };
  if (type === BATCH) return { events: batchOf(body), isBatch: true };
  if (type === JSON_TYPE && Object.keys(headers).some((name) => name.startsWith('ce-')))
    return { events: [binaryEvent(headers, body)], isBatch: false };
  throw new UnsupportedType(`Content-Type must be ${SINGLE}, ${BATCH}, or ${JSON_TYPE} with ce- headers`);
};

const batchOf = (body: Buffer): readonly Buffer[] => {
  const events = splitArray(body);
  if (events === undefined) throw new UnreadableBody('the body is not a JSON array');
  if (events.length > MAX_BATCH) throw new RequestTooLarge(`a batch carries at most ${MAX_BATCH} events`);
  return events;
};

export const isJson = (bytes: Buffer): boolean => {
  if (!isUtf8(bytes)) return false;
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
};

const binaryEvent = (headers: IncomingHttpHeaders, body: Buffer): Buffer => {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('ce-') && typeof value === 'string' ? [[name.slice(3), decode(value)] as const] : [],
  );
  const head = JSON.stringify({ ...Object.fromEntries(attributes), datacontenttype: JSON_TYPE });
  return body.length === 0
    ? Buffer.from(head)
    : Buffer.concat([Buffer.from(`${head.slice(0, -1)},"data":`), body, Buffer.from('}')]);
};

/** Header values carry characters beyond ASCII percent-encoded (CloudEvents HTTP binding, 3.1.3.2). */
const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};
