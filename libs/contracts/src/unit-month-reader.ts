/**
 * A unit's month read back by whoever wrote it, byte by byte.
 *
 * A worker that takes five years of the country over reads 200,000 of these with five million reports; as JSON they would first
 * become as many objects again. What is spelled as `encodeCommuneRollup` usually spells it is read here; any other spelling
 * (escapes, decimals of a second, numbers of more than 15 digits, a code that is not known) is left to the reader of records, which
 * knows what to make of it. Both read the same (unit-month-reader.spec.ts).
 */
import { indicators, monthIndex, reportingUnitIndex, type Report } from '#domain';
import { decodeCommuneRollup, otherSlotsText, originSlotsText, reportsOfCommuneRollup } from './commune-rollups.js';
import { RECORD_VERSION } from './record-version.js';

type Figure = (number | null)[];

/**
 * The reports of a record, then what the words of its cells were at other times; undefined for one that is none, or of another generation. Throws `NewerRecord`.
 *
 * @param writtenAt the record's timestamp (commune-rollups.ts)
 */
export const readUnitMonth = (value: Buffer, generation: number, writtenAt: number): readonly Report[] | undefined => {
  const reports = readUsual(new Cursor(value), generation);
  if (reports !== undefined) return reports;
  const rollup = decodeCommuneRollup(value.toString(), generation);
  return rollup && reportsOfCommuneRollup(rollup, writtenAt);
};

const codes = indicators.map(({ code }) => Buffer.from(`"${code}":[`));
const [QUOTE, BACKSLASH, COMMA, OPENING, BRACKET, ZERO, NINE] = Buffer.from('"\\,[]09');
const NOT_ASCII = 128;
/** A whole number of so many digits is below 2^53. */
const MOST_DIGITS = 15;

const word = (text: string) => Buffer.from(text);
const words = {
  unit: word(',"unit":'),
  month: word(',"month":'),
  figures: word(`,"slots":${originSlotsText},"figures":{`),
  reports: word('},"reports":{'),
  end: word('}}'),
  earlier: word(`},"otherSlots":${otherSlotsText},"earlier":{`),
  later: word('},"later":{'),
  null: word('null'),
  more: word('true'),
  noMore: word('false'),
};

/** The place in a record up to which it has been read. A method that does not find what it looks for stays where it is. */
class Cursor {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  passes(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let n = 0; n < expected.length; n += 1) if (bytes[at + n] !== expected[n]) return false;
    this.at = at + expected.length;
    return true;
  }

  passesByte(expected: number): boolean {
    if (this.bytes[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }

  /** A whole number; -1 where there is none. */
  number(): number {
    const { bytes, at: from } = this;
    let at = from;
    let number = 0;
    for (; bytes[at] >= ZERO && bytes[at] <= NINE; at += 1) number = number * 10 + bytes[at] - ZERO;
    const digits = at - from;
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[from] === ZERO)) return -1;
    this.at = at;
    return number;
  }

  /** A quoted text of plain ASCII. */
  quoted(): string | undefined {
    const { bytes, at } = this;
    if (bytes[at] !== QUOTE) return undefined;
    let end = at + 1;
    for (; bytes[end] !== QUOTE; end += 1) if (!(bytes[end] < NOT_ASCII) || bytes[end] === BACKSLASH) return undefined;
    this.at = end + 1;
    return bytes.toString('latin1', at + 1, end);
  }

  /** An indicator's code as a key, of `from` or one after it, up to and with the bracket that opens its value; -1 where there is none. */
  indicator(from: number): number {
    for (let indicator = from; indicator < codes.length; indicator += 1)
      if (this.passes(codes[indicator])) return indicator;
    return -1;
  }
}

/** Undefined: spelled otherwise. */
const readUsual = (at: Cursor, generation: number): Report[] | undefined => {
  if (!at.passes(headOf(generation)) || !(at.passes(words.noMore) || at.passes(words.more))) return undefined;
  const unit = at.passes(words.unit) ? reportingUnitIndex(at.quoted() ?? '') : undefined;
  const month = at.passes(words.month) ? monthIndex(at.quoted() ?? '') : undefined;
  const figures = at.passes(words.figures) ? readFigures(at) : undefined;
  if (unit === undefined || month === undefined || figures === undefined || !at.passes(words.reports)) return undefined;
  const reports: Report[] = [];
  for (let indicator = at.indicator(0); indicator >= 0; indicator = nextIndicator(at, indicator)) {
    const report = readOrigin(at, { unit, month, indicator });
    if (report === undefined || !at.passesByte(BRACKET)) return undefined;
    report.figure = figures[indicator] ?? null;
    reports.push(report);
  }
  if (at.passes(words.earlier)) {
    const isRead = readWords(at, { unit, month }, reports) && at.passes(words.later);
    if (!isRead || !readWords(at, { unit, month }, reports)) return undefined;
  }
  return at.passes(words.end) && at.isAtEnd ? reports : undefined;
};

type Cell = Pick<Report, 'unit' | 'month' | 'indicator'>;
type ReadReport = Omit<Report, 'figure'> & { figure: Report['figure'] };

/** A report but for its figure. Undefined: spelled otherwise, or without a receipt. */
const readOrigin = (at: Cursor, { unit, month, indicator }: Cell): ReadReport | undefined => {
  const revision = at.number();
  const seconds = at.passesByte(COMMA) ? at.number() : -1;
  const id = at.passesByte(COMMA) ? at.quoted() : undefined;
  const receivedAt = at.passesByte(COMMA) ? at.number() : -1;
  if (revision < 0 || seconds < 0 || id === undefined || receivedAt <= 0) return undefined;
  return { unit, indicator, month, revision, seconds, fraction: '', id, figure: null, receivedAt };
};

/** What cells' words were at other times, up to the end of the last; false: spelled otherwise. */
const readWords = (at: Cursor, month: Omit<Cell, 'indicator'>, reports: Report[]): boolean => {
  for (let indicator = at.indicator(0); indicator >= 0; indicator = nextIndicator(at, indicator)) {
    do {
      const report = at.passesByte(OPENING) ? readOrigin(at, { ...month, indicator }) : undefined;
      if (report === undefined || !at.passesByte(COMMA)) return false;
      if (at.passesByte(OPENING)) {
        const figure = readNumbers(at);
        if (figure === undefined) return false;
        report.figure = figure;
      } else if (!at.passes(words.null)) return false;
      if (!at.passesByte(BRACKET)) return false;
      reports.push(report);
    } while (at.passesByte(COMMA));
    if (!at.passesByte(BRACKET)) return false;
  }
  return true;
};

/** By indicator. Undefined: spelled otherwise. */
const readFigures = (at: Cursor): Figure[] | undefined => {
  const figures: Figure[] = [];
  for (let indicator = at.indicator(0); indicator >= 0; indicator = nextIndicator(at, indicator)) {
    const figure = readNumbers(at);
    if (figure === undefined) return undefined;
    figures[indicator] = figure;
  }
  return figures;
};

/** Up to and with the bracket that closes them. Undefined: spelled otherwise. */
const readNumbers = (at: Cursor): Figure | undefined => {
  const figure: Figure = [];
  do {
    const number = at.number();
    if (number < 0 && !at.passes(words.null)) return undefined;
    figure.push(number < 0 ? null : number);
  } while (at.passesByte(COMMA));
  return at.passesByte(BRACKET) ? figure : undefined;
};

const nextIndicator = (at: Cursor, last: number): number => (at.passesByte(COMMA) ? at.indicator(last + 1) : -1);

const heads = new Map<number, Buffer>();

const headOf = (generation: number): Buffer => {
  let head = heads.get(generation);
  if (head === undefined) heads.set(generation, (head = word(`{"v":${RECORD_VERSION},"g":${generation},"more":`)));
  return head;
};
