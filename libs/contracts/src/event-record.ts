/**
 * The event in bytes or in a record, and what the checks say of it: the one judge for whoever reads events.
 *
 * Over Kafka an event comes structured, its value being all of it, or in binary mode, with its attributes in `ce_` headers.
 */
import {
  type Accepted,
  checkEvent,
  describeUnreadable,
  isPersonal,
  isRefusal,
  MAX_EVENT_BYTES,
  personalDataAt,
  type RawEvent,
  type Refusal,
} from '#domain';
import { mediaTypeOf, structuredEvent, utf8Text, type Attribute } from './cloudevent-binding.js';
import { headersOf, type NamedHeaders } from './rejection.js';

export interface EventRecord {
  readonly value: Buffer | null;
  readonly key?: Buffer | null;
  readonly headers?: NamedHeaders;
  /** Milliseconds since the epoch, in digits. */
  readonly timestamp: string;
}

/**
 * What a structured event says, or why it is refused.
 *
 * @param province the only one whose events are admitted by the way that it came
 */
export const judgeEvent = (
  bytes: Buffer | null,
  key: RawEvent['key'],
  receivedAt: number,
  province?: string,
): Accepted | Refusal => {
  const size = bytes?.length ?? 0;
  const text = bytes === null || size > MAX_EVENT_BYTES ? undefined : utf8Text(bytes);
  const outcome = checkEvent({ bytes: size, text, key, receivedAt, province });
  if (!isRefusal(outcome) || outcome.code !== 'MALFORMED_JSON') return outcome;
  return { ...outcome, detail: describeUnreadable(bytes ?? new Uint8Array(), text) };
};

/** What a record of the event topic says, or why it is refused. */
export const judgeRecord = ({ value, key, headers, timestamp }: EventRecord, province?: string): Accepted | Refusal => {
  const receivedAt = Number(timestamp);
  const unit = key?.toString();
  const binary = headers === undefined ? undefined : binaryMode(headers);
  if (binary === undefined) return withHeaders(judgeEvent(value, unit, receivedAt, province), headers);
  const text = structuredEvent(binary.attributes, mediaTypeOf(binary.contentType), value);
  if (typeof text !== 'string') return text;
  return withHeaders(checkEvent({ bytes: Buffer.byteLength(text), text, key: unit, receivedAt, province }), headers);
};

/** A header of the sender's own making stands in the topic as long as its event does. */
const withHeaders = (outcome: Accepted | Refusal, headers: NamedHeaders | undefined): Accepted | Refusal => {
  if (headers === undefined || isRefusal(outcome)) return outcome;
  for (const name in headers) {
    if (name.startsWith(PREFIX) || usual.has(name)) continue;
    const values = headersOf({ [name]: headers[name] }).map(([, value]) => value.toString());
    if ([name, ...values].some(isPersonal)) return { ...personalDataAt(undefined), id: outcome.id };
  }
  return outcome;
};
const usual: ReadonlySet<string> = new Set(['content-type', 'traceparent', 'tracestate']);

const PREFIX = 'ce_';

/** The attributes where an event is in binary mode; undefined where it is structured. */
const binaryMode = (headers: NamedHeaders): { attributes: Attribute[]; contentType: string } | undefined => {
  let hasAttributes = false;
  for (const name in headers) if (name.startsWith(PREFIX)) hasAttributes = true;
  if (!hasAttributes) return undefined;
  const attributes: Attribute[] = [];
  let contentType = '';
  for (const [name, value] of headersOf(headers)) {
    if (name.startsWith(PREFIX)) attributes.push([name.slice(PREFIX.length), utf8Text(value)]);
    else if (contentType === '' && name.toLowerCase() === 'content-type') contentType = value.toString('latin1');
  }
  return contentType.toLowerCase().startsWith('application/cloudevents') ? undefined : { attributes, contentType };
};
