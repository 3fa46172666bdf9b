/**
 * The envelope of an event: the CloudEvents attributes that are looked at, and where its data is.
 *
 * Lengths are bounded because an event's attributes travel on, in records of a thousand reports and in answers: what an event may
 * carry bounds what it leads to.
 */
import { parseInstant, type Instant } from './instant.js';
import { refused, type Refusal } from './refusal.js';

/** Of `id` and of `source`, in UTF-8. */
const MAX_ATTRIBUTE_BYTES = 256;
const MAX_TIME_CHARS = 40;
/** So far may a sender's clock be ahead of the broker's. */
const MAX_AHEAD_MS = 300_000;

type Json = Readonly<Record<string, unknown>>;

/** Text without the byte order mark that some systems put before it. One is passed over. */
export const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** What is wrong with the attributes' presence and types, and with where the data stands. */
export const checkEnvelope = (event: Json): Refusal | undefined => {
  if (event.specversion !== '1.0') return refused('NOT_CLOUDEVENT', '/specversion', 'specversion is not "1.0"');
  for (const attribute of ['id', 'source', 'type', 'time'] as const) {
    const value = event[attribute];
    if (typeof value !== 'string' || value === '') {
      return refused('NOT_CLOUDEVENT', `/${attribute}`, `${attribute} is missing, empty or not text`);
    }
  }
  if (isGiven(event.data) && isGiven(event.data_base64))
    return refused('NOT_CLOUDEVENT', '/data_base64', 'data and data_base64 are both there');
  return undefined;
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether id, source and time are as short as they have to be. */
export const checkLengths = (id: string, source: string, time: string): Refusal | undefined => {
  if (!isShort(id)) return refused('NOT_CLOUDEVENT', '/id', `id is longer than ${MAX_ATTRIBUTE_BYTES} bytes`);
  if (!isShort(source))
    return refused('NOT_CLOUDEVENT', '/source', `source is longer than ${MAX_ATTRIBUTE_BYTES} bytes`);
  if (time.length > MAX_TIME_CHARS)
    return refused('NOT_CLOUDEVENT', '/time', `time is longer than ${MAX_TIME_CHARS} characters`);
  return undefined;
};

/** Whether an attribute is as short as `id` and `source` have to be. No UTF-16 unit takes more than three bytes, none less than one. */
export const isShort = (text: string): boolean =>
  3 * text.length <= MAX_ATTRIBUTE_BYTES ||
  (text.length <= MAX_ATTRIBUTE_BYTES && utf8Length(text) <= MAX_ATTRIBUTE_BYTES);

/** Bytes of a text in UTF-8; a lone surrogate counts three. */
const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) as number;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
};

/** The event's instant, or that it is none. */
export const checkTime = (time: string): Instant | Refusal =>
  parseInstant(time) ?? refused('NOT_CLOUDEVENT', '/time', 'time is not RFC 3339 with an offset');

/** Whether an instant, to its last decimal, is further ahead of the receipt than a clock may be. */
export const isAhead = ({ seconds, fraction }: Instant, receivedAt: number): boolean => {
  const latest = receivedAt + MAX_AHEAD_MS;
  const latestSecond = Math.floor(latest / 1_000);
  if (seconds !== latestSecond) return seconds > latestSecond;
  // Decimals without trailing zeros compare as text, and what goes on after the same decimals is later.
  return fraction > String(latest - 1_000 * latestSecond).padStart(3, '0');
};

/** Of the web platform, and a plain function of its input; named here because domain's own types know no platform. */
declare const atob: (base64: string) => string;

/** The data of an event: `data`, or the JSON text that `data_base64` holds. Undefined where that holds none. */
export const dataOf = ({ data, data_base64: base64 }: Json): unknown => {
  if (isGiven(data) || !isGiven(base64)) return data;
  const text = typeof base64 === 'string' ? base64TextOf(base64) : undefined;
  if (text === undefined) return undefined;
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
};

/** Base64 as UTF-8 text; undefined where it is not base64, or the bytes are not UTF-8. */
export const base64TextOf = (base64: string): string | undefined => {
  try {
    const percent = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
    return decodeURIComponent(atob(base64).replace(/[^]/g, percent));
  } catch {
    return undefined;
  }
};
