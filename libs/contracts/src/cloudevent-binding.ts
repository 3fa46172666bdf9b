/**
 * CloudEvents in binary mode: attributes in headers, data as it is, put together as the structured event that they stand for.
 *
 * The same for `ce-` headers over HTTP and `ce_` headers over Kafka. The data stays to the letter, numbers too, so the event is made
 * by concatenation; that is safe because the data has been parsed as exactly one JSON value, and no attribute can be called `data`.
 */
import { describeUnreadable, MAX_EVENT_BYTES, refused, withoutMark, type Refusal } from '#domain';

export const SINGLE_TYPE = 'application/cloudevents+json';
export const BATCH_TYPE = 'application/cloudevents-batch+json';
export const JSON_TYPE = 'application/json';

/** A name without its prefix, and its value; undefined where the value could not be decoded. */
export type Attribute = readonly [name: string, value: string | undefined];

export interface MediaType {
  /** In lower case; empty where there is none. */
  readonly type: string;
  /** In lower case; undefined where there is none. */
  readonly charset: string | undefined;
}

export const mediaTypeOf = (header: string | undefined): MediaType => {
  const [type, ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return { type, charset: charset?.slice('charset='.length).replaceAll('"', '') };
};

/** Whether a body of this type is JSON. What does not say its type is. */
export const isJsonType = ({ type }: MediaType): boolean =>
  type === '' || type === JSON_TYPE || type === 'text/json' || /^application\/[^/\s]+\+json$/.test(type);

/** Whether it is said to be of the encoding that JSON has. */
export const isUtf8Type = ({ charset }: MediaType): boolean =>
  charset === undefined || ['utf-8', 'utf8', 'us-ascii'].includes(charset);

/** The event as structured JSON, or why there is none. */
export const structuredEvent = (
  attributes: readonly Attribute[],
  type: MediaType,
  data: Buffer | null,
): string | Refusal => {
  if ((data?.length ?? 0) > MAX_EVENT_BYTES)
    return refused('TOO_LARGE', '', `data larger than ${MAX_EVENT_BYTES} bytes`);
  const json = dataText(type, data);
  if (typeof json !== 'string') return json;
  const fault = firstFault(attributes);
  if (fault !== undefined) return fault;
  const members = attributes.flatMap(([name, value]) =>
    name === CONTENT_TYPE ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`],
  );
  members.push(`"${CONTENT_TYPE}":${JSON.stringify(type.type === '' ? JSON_TYPE : type.type)}`);
  if (json !== '') members.push(`"data":${json}`);
  return `{${members.join(',')}}`;
};

/** Said by the content type itself; a header for it is passed over. */
const CONTENT_TYPE = 'datacontenttype';

/** The data as JSON text, empty where there is none. */
const dataText = (type: MediaType, data: Buffer | null): string | Refusal => {
  if (data === null || data.length === 0) return '';
  if (!isJsonType(type)) return refused('MALFORMED_JSON', '/data', 'the content type is not JSON');
  if (!isUtf8Type(type)) return refused('MALFORMED_JSON', '/data', 'the charset is not UTF-8');
  const whole = utf8Text(data);
  const text = whole === undefined ? undefined : withoutMark(whole).trim();
  return text !== undefined && isJson(text)
    ? text
    : refused('MALFORMED_JSON', '/data', `the data: ${describeUnreadable(data, whole)}`);
};

/** Those that CloudEvents names. Another's name may be a person's, and is not repeated. */
const attributeNames: ReadonlySet<string> = new Set([
  ...['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'dataschema', 'subject'],
]);

const firstFault = (attributes: readonly Attribute[]): Refusal | undefined => {
  const seen = new Set<string>();
  for (const [name, value] of attributes) {
    if (!/^[a-z0-9]{1,64}$/.test(name) || name === 'data')
      return refused('NOT_CLOUDEVENT', '', 'a ce header whose name is not that of an attribute');
    const pointer = attributeNames.has(name) ? `/${name}` : '';
    if (seen.has(name)) return refused('NOT_CLOUDEVENT', pointer, 'a header comes more than once');
    if (value === undefined) return refused('NOT_CLOUDEVENT', pointer, 'a header is not well encoded, or not UTF-8');
    seen.add(name);
  }
  return undefined;
};

export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Bytes as text; undefined where they are not UTF-8. What is not comes out as U+FFFD, and differently when written again. */
export const utf8Text = (bytes: Buffer): string | undefined => {
  const text = bytes.toString();
  return !text.includes('\ufffd') || Buffer.from(text).equals(bytes) ? text : undefined;
};

const QUOTED = /^"((?:[^"\\]|\\[^])*)"$/;

/**
 * A header's value as text (CloudEvents HTTP binding, 3.1.3.2): quotes and backslashes taken off, then percent-decoded once.
 * Undefined where the quotes or percent signs are not well formed, or the bytes are not UTF-8.
 */
export const headerText = (value: string): string | undefined => {
  const quoted = value.startsWith('"') ? QUOTED.exec(value)?.[1].replace(/\\([^])/g, '$1') : value;
  if (quoted === undefined || /%(?![0-9a-f]{2})/i.test(quoted)) return undefined;
  const bytes = quoted.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return utf8Text(Buffer.from(bytes, 'latin1'));
};
