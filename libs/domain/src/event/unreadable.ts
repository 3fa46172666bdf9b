/**
 * What is wrong with bytes that are not one JSON object in UTF-8, in the terms of whoever sent them.
 *
 * A sender that forgot a header, writes UTF-16 or sends a list looks in the wrong place when it is told "not JSON". Nothing of the
 * text is repeated: it may name a person.
 */
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0x7b, 0x00],
  [0x00, 0x7b],
];

/**
 * @param bytes as received
 * @param text the same as text; undefined where they are not UTF-8
 */
export const describeUnreadable = (bytes: Uint8Array, text: string | undefined): string => {
  if (bytes.length === 0) return 'there is nothing in it';
  if (beginsWith(bytes, GZIP)) return 'these are gzip bytes, not text: over HTTP they need Content-Encoding: gzip';
  if (beginsWith(bytes, ZSTD)) return 'these are zstd bytes, not text';
  if (UTF16.some((mark) => beginsWith(bytes, mark))) return 'this is UTF-16, and has to be UTF-8';
  if (text === undefined) return 'not UTF-8: perhaps another charset, or cut within a character';
  if (/^\ufeff\s*\ufeff/.test(text)) return 'more than one byte order mark at the beginning';
  return describeJson(text.replace(/^\ufeff/, ''));
};

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const describeJson = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? 'a JSON array, not one object: a batch is application/cloudevents-batch+json'
      : 'JSON, but not one object';
  } catch (error) {
    const at = /at position (\d+)/.exec(String(error))?.[1];
    if (at !== undefined) return `not JSON from character ${at} on`;
    return /end of JSON/.test(String(error)) ? 'the JSON ends too early' : 'not JSON';
  }
};
