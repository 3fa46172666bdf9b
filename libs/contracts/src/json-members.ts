/**
 * The members of a JSON object, each value left as the text that it is.
 *
 * For one who looks at a record's head and carries a large part of it on: the part is found by its name, wherever it stands and whatever
 * stands beside it, and is not parsed. What is looked at is where texts end and brackets close; what a value says is for whoever parses it.
 */
const [QUOTE, BACKSLASH, COMMA, COLON] = [...'"\\,:'].map((sign) => sign.charCodeAt(0));
const [BRACE, END_BRACE, BRACKET, END_BRACKET] = [...'{}[]'].map((sign) => sign.charCodeAt(0));
const SPACE = 32;

/**
 * By name; of a name that comes twice the last, as `JSON.parse` has it. Undefined where the text is no object.
 *
 * @param until what comes behind this member is not looked at
 */
export const membersOf = (text: string, until?: string): ReadonlyMap<string, string> | undefined => {
  const members = new Map<string, string>();
  let at = afterSpace(text, 0);
  if (text.charCodeAt(at) !== BRACE) return undefined;
  at = afterSpace(text, at + 1);
  if (text.charCodeAt(at) === END_BRACE) return isEnd(text, at + 1) ? members : undefined;
  for (;;) {
    const name = text.charCodeAt(at) === QUOTE ? at : -1;
    const nameEnd = name < 0 ? -1 : endOfText(text, name);
    const colon = nameEnd < 0 ? -1 : afterSpace(text, nameEnd);
    if (colon < 0 || text.charCodeAt(colon) !== COLON) return undefined;
    const value = afterSpace(text, colon + 1);
    const valueEnd = endOfValue(text, value);
    if (valueEnd <= value) return undefined;
    const named = nameOf(text, name, nameEnd);
    members.set(named, text.slice(value, valueEnd));
    if (named === until) return members;
    at = afterSpace(text, valueEnd);
    const sign = text.charCodeAt(at);
    if (sign === END_BRACE) return isEnd(text, at + 1) ? members : undefined;
    if (sign !== COMMA) return undefined;
    at = afterSpace(text, at + 1);
  }
};

const nameOf = (text: string, from: number, to: number): string => {
  const name = text.slice(from + 1, to - 1);
  return name.includes('\\') ? String(JSON.parse(text.slice(from, to))) : name;
};

const afterSpace = (text: string, from: number): number => {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return at;
};

const isEnd = (text: string, at: number): boolean => afterSpace(text, at) === text.length;

/** Behind the quote that ends the text which begins at `from`; -1 where none does. */
const endOfText = (text: string, from: number): number => {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
};

/** Behind the value that begins at `from`; -1 where it does not end. */
const endOfValue = (text: string, from: number): number => {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfText(text, from);
  if (first === BRACE || first === BRACKET) return endOfBrackets(text, from);
  let at = from;
  for (let sign = first; sign > SPACE && sign !== COMMA && sign !== END_BRACE; sign = text.charCodeAt(at)) at += 1;
  return at;
};

/** What has to be looked at within brackets; everything else is passed over. */
const structural = new Uint8Array(128);
for (const sign of [QUOTE, BRACE, END_BRACE, BRACKET, END_BRACKET]) structural[sign] = 1;

const endOfBrackets = (text: string, from: number): number => {
  const { length } = text;
  let depth = 1;
  for (let at = from + 1; at < length; at += 1) {
    const sign = text.charCodeAt(at);
    if (structural[sign] !== 1) continue;
    if (sign === QUOTE) {
      at = endOfText(text, at) - 1;
      if (at < 0) return -1;
    } else if (sign === BRACE || sign === BRACKET) depth += 1;
    else if ((depth -= 1) === 0) return at + 1;
  }
  return -1;
};
