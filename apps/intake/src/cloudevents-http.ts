/**
 * The CloudEvents HTTP protocol binding: which bytes of a request are which event.
 *
 * Structured and batched events are taken as they are. A binary-mode event, attributes in `ce-` headers and data in the body, is
 * put together into the structured form in which it stands in the event topic.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  BATCH_TYPE,
  headerText,
  isJsonType,
  isUtf8Type,
  mediaTypeOf,
  SINGLE_TYPE,
  structuredEvent,
  type Attribute,
  type Headers,
  type MediaType,
} from '#contracts';
import { refused, type Refusal } from '#domain';
import { splitArray, type Element } from './json-array.js';
import { RequestTooLarge, UnreadableBody, UnsupportedType } from './intake-errors.js';

export const MAX_BATCH = 1_000;

export interface SentEvent {
  /** Its bytes as received, for the refusals: of a binary-mode event its data. */
  readonly raw: Buffer;
  /** The event as structured JSON, or why there is none. */
  readonly event: Buffer | Refusal;
}

export interface RequestEvents {
  /** What is no JSON at all is still among them. */
  readonly sent: readonly SentEvent[];
  readonly isBatch: boolean;
  /** Those that say what the event is. Credentials are never among them. */
  readonly headers: Headers;
}

/** A request, as far as its events are in it. */
export interface EventRequest {
  readonly headers: IncomingHttpHeaders;
  /** Names and values by turns, repeated ones too. */
  readonly rawHeaders: readonly string[];
}

/** The events of a request. Throws where the body cannot be read as what it says it is. */
export const eventsOf = (request: EventRequest, body: Buffer): RequestEvents => {
  const type = mediaTypeOf(request.headers['content-type']);
  const pairs = pairsOf(request.rawHeaders);
  const attributes = pairs.flatMap(([name, value]): Attribute[] =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), headerText(value)]] : [],
  );
  requireType(type, attributes.length > 0);
  const headers = pairs
    .filter(([name]) => kept.has(name) || name.startsWith(PREFIX))
    .map(([name, value]) => [name, Buffer.from(value, 'latin1')] as const);
  if (type.type === SINGLE_TYPE) return { sent: [{ raw: body, event: body }], isBatch: false, headers };
  if (type.type === BATCH_TYPE) return { sent: batchOf(body), isBatch: true, headers };
  const event = structuredEvent(attributes, type, body);
  const sent = { raw: body, event: typeof event === 'string' ? Buffer.from(event) : event };
  return { sent: [sent], isBatch: false, headers };
};

const PREFIX = 'ce-';
const kept: ReadonlySet<string> = new Set(['content-type', 'content-encoding']);

/** Throws `UnsupportedType` where the body is not said to be what is taken here. */
const requireType = (type: MediaType, hasAttributes: boolean): void => {
  if (!isUtf8Type(type)) throw new UnsupportedType('the charset has to be utf-8: JSON has no other');
  if (type.type === SINGLE_TYPE || type.type === BATCH_TYPE) return;
  const isBinary = isJsonType(type) && !type.type.startsWith('application/cloudevents');
  if (isBinary && hasAttributes) return;
  const binary = 'or JSON (application/json, application/*+json, text/json, or no Content-Type) with ce- headers';
  const missing = isBinary ? 'there are no ce- headers: ' : '';
  throw new UnsupportedType(`${missing}Content-Type must be ${SINGLE_TYPE}, ${BATCH_TYPE}, ${binary}`);
};

const pairsOf = (raw: readonly string[]): [name: string, value: string][] =>
  Array.from({ length: raw.length / 2 }, (_, n) => [raw[2 * n].toLowerCase(), raw[2 * n + 1]]);

const batchOf = (body: Buffer): readonly SentEvent[] => {
  const elements = splitArray(body, MAX_BATCH);
  if (elements === undefined) throw new UnreadableBody('the body is not a JSON array');
  if (elements.length > MAX_BATCH) throw new RequestTooLarge(`a batch carries at most ${MAX_BATCH} events`);
  return elements.map(({ bytes, fault }: Element) => ({
    raw: bytes,
    event: fault === undefined ? bytes : refused('MALFORMED_JSON', '', fault),
  }));
};
