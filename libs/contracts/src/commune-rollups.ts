/**
 * commune-rollups: what a reporting unit's month holds now (record.ts says what holds of every record).
 *
 * The topic takes 8 MiB a record. What the words of a month's cells were at other times has no bound, so more of them than may stand in the
 * month stand in overflows beside it (domain/state/unit-months.ts): a month of nothing but `earlier`, under a key of its own.
 */
import {
  indicatorIndex,
  indicators,
  monthIndex,
  reportingUnitIndex,
  type MonthCells,
  type MonthOverflow,
  type Report,
  type UnitMonth,
} from '#domain';
import { OVERFLOW_PREFIX } from './accounts.js';
import { asWritten, namesOf, tupleReader, type Slot } from './record-slots.js';
import { RECORD_VERSION } from './record-version.js';
import { decode, instantOf, openRecord, readable, RECEIPT_UNKNOWN, valuesOf, type Time } from './record.js';

type Origin = readonly [revision: number, time: Time, id: string, receivedAt: number];
type Figure = readonly (number | null)[];
/** What a cell's word was at another time, with where that came from; null where it was taken back. */
type Other = readonly [...Origin, figure: Figure | null];

/** Where a cell comes from. A new slot goes to the end, with what its lack means. */
const slots: readonly Slot[] = [
  { name: 'revision' },
  { name: 'time' },
  { name: 'id' },
  { name: 'receivedAt', missing: RECEIPT_UNKNOWN },
];
/** Of what its word was at another time. */
const otherSlots: readonly Slot[] = [...slots, { name: 'figure' }];
/** As every record names them. */
export const originSlotsText = JSON.stringify(namesOf(slots));
export const otherSlotsText = JSON.stringify(namesOf(otherSlots));
/** Of version 1, which did not name them. It and version 2 had the sender's word of when a cell was first reported in the last one. */
const oldSlotNames = ['revision', 'time', 'id', 'firstReported'];

interface Head {
  readonly v: number;
  readonly g: number;
  /** Written while far behind: a newer record of the key is likely to follow soon. */
  readonly more: boolean;
  readonly unit: string;
  readonly month: string;
}
interface CommuneRollup extends Head {
  /** Of the reports; version 1 has none. */
  readonly slots?: readonly string[];
  /** Live cells by indicator. */
  readonly figures: MonthCells;
  /** Where each cell ever reported comes from; one without a figure was taken back. */
  readonly reports: Readonly<Record<string, Origin>>;
  /** Where the word of a cell has changed: what it was before, by receipt (domain/cell/skyline.ts). */
  readonly otherSlots?: readonly string[];
  readonly earlier?: Readonly<Record<string, readonly Other[]>>;
  /** Where the month is locked: what it was after that, which the cell does not say. */
  readonly later?: Readonly<Record<string, readonly Other[]>>;
  /** How many overflows hold more of either; none where it is missing. */
  readonly overflows?: number;
}

export const communeRollupKey = (unit: string, month: string): string => `${unit}|${month}`;

export const overflowKey = (unit: string, month: string, number: number): string =>
  `${OVERFLOW_PREFIX}${unit}|${month}|${number}`;

/** The number of the overflow that a key is of; undefined where it is of something else. */
export const overflowNumber = (key: string): number | undefined => {
  const [, number] = /^~overflow\|\d+\|\d{4}-\d{2}\|(\d{1,9})$/.exec(key) ?? [];
  return number === undefined ? undefined : Number(number);
};

export const encodeOverflow = (g: number, { unit, month, words }: MonthOverflow): string =>
  encodeCommuneRollup({ g, more: false }, { unit, month, reports: [], earlier: words, later: [] });

/** Written out by hand: a flush after a catching-up encodes every unit's month of the country. */
export const encodeCommuneRollup = (
  { g, more }: Pick<CommuneRollup, 'g' | 'more'>,
  { unit, month, reports, earlier, later, overflows }: UnitMonth,
): string => {
  let figures = '';
  let origins = '';
  for (const report of reports) {
    const { code } = indicators[report.indicator];
    origins += `${origins === '' ? '' : ','}"${code}":[${encodeOrigin(report)}]`;
    if (report.figure !== null) figures += `${figures === '' ? '' : ','}"${code}":[${encodeNumbers(report.figure)}]`;
  }
  const counted = overflows === undefined ? '' : `,"overflows":${overflows}`;
  const head = `{"v":${RECORD_VERSION},"g":${g},"more":${more},"unit":"${unit}","month":"${month}"${counted}`;
  const others = earlier.length === 0 && later.length === 0 ? '' : encodeOthers(earlier, later);
  return `${head},"slots":${originSlotsText},"figures":{${figures}},"reports":{${origins}}${others}}`;
};

const encodeOrigin = ({ revision, seconds, fraction, id, receivedAt }: Report): string => {
  const time = fraction === '' ? seconds : `"${seconds}.${fraction}"`;
  return `${revision},${time},${JSON.stringify(id)},${receivedAt}`;
};

const encodeOthers = (earlier: readonly Report[], later: readonly Report[]): string =>
  `,"otherSlots":${otherSlotsText},"earlier":{${encodeWords(earlier)}},"later":{${encodeWords(later)}}`;

const encodeWords = (words: readonly Report[]): string => {
  let text = '';
  words.forEach((report, n) => {
    const { indicator, figure } = report;
    const isFirst = n === 0 || words[n - 1].indicator !== indicator;
    text += isFirst ? `${n === 0 ? '' : '],'}"${indicators[indicator].code}":[` : ',';
    text += `[${encodeOrigin(report)},${figure === null ? 'null' : `[${encodeNumbers(figure)}]`}]`;
  });
  return text === '' ? '' : `${text}]`;
};

const encodeNumbers = (figure: readonly (number | null)[]): string => {
  let text = '';
  for (let slot = 0; slot < figure.length; slot += 1) text += slot === 0 ? figure[slot] : `,${figure[slot]}`;
  return text;
};

export const decodeCommuneRollup = (text: string, generation?: number): CommuneRollup | undefined => {
  const record = decode<CommuneRollup>(text, generation);
  const origin = record && readable(() => tupleReader<Origin>(slots, record.slots ?? oldSlotNames));
  const other = record && readable(() => tupleReader<Other>(otherSlots, record.otherSlots ?? otherNames));
  if (record === undefined || origin === undefined || other === undefined || !isObject(record.reports))
    return undefined;
  if (origin === asWritten && other === asWritten) return record;
  const others = (words: CommuneRollup['earlier']) => words && eachOf(words, (tuples) => tuples.map(other));
  return readable(() => ({
    ...record,
    reports: eachOf(record.reports, origin),
    earlier: others(record.earlier),
    later: others(record.later),
  }));
};

const otherNames = namesOf(otherSlots);

const eachOf = <From, To>(members: Readonly<Record<string, From>>, to: (from: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(member)]));

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * The reports of a unit's month: what its cells say, then what their words were at other times; what this version does not know is left out.
 *
 * @param writtenAt the record's timestamp: by then a report was received of which an older version did not say when
 */
export const reportsOfCommuneRollup = (rollup: CommuneRollup, writtenAt: number): Report[] => {
  const unit = reportingUnitIndex(rollup.unit);
  const month = monthIndex(rollup.month);
  if (unit === undefined || month === undefined) return [];
  const reportOf = (code: string, [revision, time, id, received, figure]: Other): Report[] => {
    const indicator = indicatorIndex(code);
    const receivedAt = received === RECEIPT_UNKNOWN ? writtenAt : received;
    return indicator === undefined
      ? []
      : [{ unit, indicator, month, revision, ...instantOf(time), id, figure, receivedAt }];
  };
  const wordsOf = (words: CommuneRollup['earlier'] = {}) =>
    Object.entries(words).flatMap(([code, tuples]) => tuples.flatMap((tuple) => reportOf(code, tuple)));
  const said = Object.entries(rollup.reports).flatMap(([code, origin]) =>
    reportOf(code, [...origin, rollup.figures[code] ?? null]),
  );
  return [...said, ...wordsOf(rollup.earlier), ...wordsOf(rollup.later)];
};

const overflowsOf = (members: ReadonlyMap<string, string>): { overflows?: number } =>
  members.has('overflows') ? valuesOf<{ overflows: number }>(members, ['overflows']) : {};

/** A unit's month with its figures (`MonthCells`) left as JSON text. */
export const readCommuneRollup = (
  text: string,
  generation?: number,
): (Head & { readonly figures: string; readonly overflows?: number }) | undefined => {
  const members = openRecord(text, 'figures', generation);
  const figures = members?.get('figures');
  if (members === undefined || figures === undefined) return undefined;
  return readable(() => ({
    ...valuesOf<Head>(members, ['v', 'g', 'more', 'unit', 'month']),
    figures,
    ...overflowsOf(members),
  }));
};
