/**
 * Splits the text of a JSON array into its elements, as received.
 *
 * Each element is checked and published as its own bytes: what a commune sent is what stands in the event topic. Parsing the
 * array and writing its elements anew would change them (`3.0` to `3`, repeated keys, the order of escapes).
 */
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPENS_ARRAY = 91;
const CLOSES_ARRAY = 93;
const OPENS_OBJECT = 123;
const CLOSES_OBJECT = 125;

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** The byte ranges of the elements, or undefined if the bytes are not one array. The elements themselves are not checked. */
export const splitArray = (bytes: Buffer): Buffer[] | undefined => {
  const start = skipSpaces(bytes, 0);
  if (bytes[start] !== OPENS_ARRAY) return undefined;
  const elements: Buffer[] = [];
  let from = start + 1;
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPENS_OBJECT || byte === OPENS_ARRAY) depth += 1;
    else if (byte === COMMA && depth === 1) {
      elements.push(trim(bytes, from, at));
      from = at + 1;
    } else if (byte === CLOSES_OBJECT || byte === CLOSES_ARRAY) {
      depth -= 1;
      if (depth > 0) continue;
      return skipSpaces(bytes, at + 1) === bytes.length && byte === CLOSES_ARRAY
        ? lastElement(elements, bytes, from, at)
        : undefined;
    }
  }
  return undefined;
};

const lastElement = (elements: Buffer[], bytes: Buffer, from: number, to: number): Buffer[] | undefined => {
  const last = trim(bytes, from, to);
  if (last.length > 0) elements.push(last);
  else if (elements.length > 0) return undefined;
  return elements.every((element) => element.length > 0) ? elements : undefined;
};

/** Where the string that starts at `at` ends: its closing quote, or the end of the bytes. */
const endOfString = (bytes: Buffer, at: number): number => {
  for (let end = bytes.indexOf(QUOTE, at + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return bytes.length;
};

const skipSpaces = (bytes: Buffer, from: number): number => {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
};

const trim = (bytes: Buffer, from: number, to: number): Buffer => {
  const start = Math.min(skipSpaces(bytes, from), to);
  let end = to;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
};
