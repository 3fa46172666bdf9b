/**
 * Splits the text of a JSON array into its elements, as received.
 *
 * Each element is checked and published as its own bytes: what a commune sent is what stands in the event topic. Parsing the
 * array and writing its elements anew would change them (`3.0` to `3`, repeated keys, the order of escapes).
 *
 * One broken element costs only itself. Where its quotes and brackets balance and stand where they may, its end is known, whatever
 * is wrong inside. Where they do not, the next element is looked for: a comma, and behind it a whole object with a `specversion`. It is
 * taken only if no `[` stands between: after a comma an object's member begins with a quote, so that such an object cannot be a
 * part of the broken one. What cannot be told apart is one broken element to the end. Time and memory grow with the bytes.
 */
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPENS_ARRAY = 91;
const CLOSES_ARRAY = 93;
const OPENS_OBJECT = 123;
const CLOSES_OBJECT = 125;

export interface Element {
  readonly bytes: Buffer;
  /** Why it cannot be an event, where that is known from where it stands. */
  readonly fault?: string;
}

const UNBALANCED = 'quotes or brackets of this element do not match';
const NOT_CLOSED = 'the array is not closed: what is behind its last whole element is broken off';
const BEHIND = 'this stands behind the end of the array';

/** The elements, at most `most` and one more; undefined if the bytes do not begin as an array. The elements themselves are not checked. */
export const splitArray = (bytes: Buffer, most = Infinity): Element[] | undefined => {
  const start = skipSpaces(bytes, skipMark(bytes));
  if (bytes[start] !== OPENS_ARRAY) return undefined;
  const cut = new Cut(bytes);
  const elements: Element[] = [];
  let at = skipSpaces(bytes, start + 1);
  if (bytes[at] === CLOSES_ARRAY) return behind(elements, bytes, at + 1);
  while (elements.length <= most) {
    const end = cut.end(at);
    const next = end ?? cut.next(at);
    elements.push({
      bytes: trim(bytes, at, next),
      ...(end === undefined ? { fault: next < bytes.length ? UNBALANCED : NOT_CLOSED } : {}),
    });
    if (next >= bytes.length) break;
    if (bytes[next] === CLOSES_ARRAY) return behind(elements, bytes, next + 1);
    at = next + 1;
  }
  return elements;
};

const behind = (elements: Element[], bytes: Buffer, end: number): Element[] => {
  const rest = trim(bytes, end, bytes.length);
  return rest.length === 0 ? elements : [...elements, { bytes: rest, fault: BEHIND }];
};

/** What stood last: it says what may follow. */
const OPENING = 0;
const SEPARATOR = 1;
const NAMED = 2;
const VALUE = 3;
const WORD = 4;
type Last = 0 | 1 | 2 | 3 | 4;

/** An event is no larger, and neither is what is taken for the next one. */
const MAX_LOOKED_AT = 65_536;
/** Looking for elements may read the bytes so often on average, and some more; a look costs as much as so many bytes at least. */
const MOST_LOOKS = 4;
const SOME_MORE = 1_048_576;
const LEAST_LOOK = 1_024;

class Cut {
  /** Bytes that may still be read in looking for elements. */
  private budget: number;
  private reached = 0;

  constructor(private readonly bytes: Buffer) {
    this.budget = MOST_LOOKS * bytes.length + SOME_MORE;
  }

  /** Where the element that begins at `from` ends: at a comma or `]` that is not its own. Undefined where it does not balance. */
  end(from: number, limit = this.bytes.length): number | undefined {
    const { bytes } = this;
    const open: number[] = [];
    let last: Last = OPENING;
    let at = from;
    for (; at < limit; at += 1) {
      const byte = bytes[at];
      if (isSpace(byte)) continue;
      if (byte === COMMA) {
        if (open.length === 0) return at;
        last = SEPARATOR;
      } else if (byte === COLON) last = NAMED;
      else if (byte === CLOSES_OBJECT || byte === CLOSES_ARRAY) {
        if (open.length === 0 && byte === CLOSES_ARRAY) return at;
        if (open.pop() !== byte) break;
        last = VALUE;
      } else {
        const isMember = open.at(-1) === CLOSES_OBJECT && last !== NAMED;
        if (last === VALUE || (isMember && byte !== QUOTE && last !== WORD)) break;
        if (byte === OPENS_OBJECT || byte === OPENS_ARRAY) {
          if (last === WORD) break;
          open.push(byte === OPENS_OBJECT ? CLOSES_OBJECT : CLOSES_ARRAY);
          last = OPENING;
        } else if (byte === QUOTE) {
          if (last === WORD) break;
          at = endOfString(bytes, at);
          last = VALUE;
        } else {
          at = endOfWord(bytes, at);
          last = WORD;
        }
      }
    }
    this.reached = at;
    return undefined;
  }

  /** Where the broken element that begins at `from` ends: at the comma before what is surely the next one, or with the bytes. */
  next(from: number): number {
    const { bytes } = this;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === OPENS_ARRAY && at > from) break;
      if (byte === COMMA && this.isEventAt(skipSpaces(bytes, at + 1))) return at;
    }
    return bytes.length;
  }

  private isEventAt(from: number): boolean {
    const { bytes } = this;
    if (bytes[from] !== OPENS_OBJECT || bytes[skipSpaces(bytes, from + 1)] !== QUOTE) return false;
    const limit = Math.min(bytes.length, from + MAX_LOOKED_AT);
    if (this.budget <= 0) return false;
    const end = this.end(from, limit);
    this.budget -= Math.max((end ?? this.reached) - from, LEAST_LOOK);
    if (end === undefined) return false;
    try {
      const value = JSON.parse(bytes.toString('utf8', from, end)) as Record<string, unknown>;
      return 'specversion' in value;
    } catch {
      return false;
    }
  }
}

/** The last byte of the string that starts at `at`: its closing quote, or where the bytes end. */
const endOfString = (bytes: Buffer, at: number): number => {
  for (let end = bytes.indexOf(QUOTE, at + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return bytes.length;
};

/** The last byte of a number, a literal, or anything else that stands bare. */
const endOfWord = (bytes: Buffer, at: number): number => {
  let end = at;
  while (end + 1 < bytes.length && !endsWord[bytes[end + 1]]) end += 1;
  return end;
};

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

const endsWord: readonly boolean[] = Array.from(
  { length: 256 },
  (_, byte) =>
    isSpace(byte) || [QUOTE, COMMA, COLON, OPENS_ARRAY, CLOSES_ARRAY, OPENS_OBJECT, CLOSES_OBJECT].includes(byte),
);

const skipMark = (bytes: Buffer): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

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
