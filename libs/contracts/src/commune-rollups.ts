/** commune-rollups: what a reporting unit's month holds now (record.ts says what holds of every record). */
import {
  indicatorIndex,
  indicators,
  monthIndex,
  reportingUnitIndex,
  type MonthCells,
  type Report,
  type UnitMonth,
} from '#domain';
import { asWritten, namesOf, tupleReader, type Slot } from './record-slots.js';
import { RECORD_VERSION } from './record-version.js';
import { decode, instantOf, openRecord, readable, valuesOf, type Time } from './record.js';

type Origin = readonly [revision: number, time: Time, id: string, firstReported: number];

/** Where a cell comes from. A new slot goes to the end, with what its lack means. */
const slots: readonly Slot[] = [{ name: 'revision' }, { name: 'time' }, { name: 'id' }, { name: 'firstReported' }];
/** As every record names them. */
export const originSlotsText = JSON.stringify(namesOf(slots));
/** Of version 1, which did not name them. */
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
}

export const communeRollupKey = (unit: string, month: string): string => `${unit}|${month}`;

/** Written out by hand: a flush after a catching-up encodes every unit's month of the country. */
export const encodeCommuneRollup = (
  { g, more }: Pick<CommuneRollup, 'g' | 'more'>,
  { unit, month, reports }: UnitMonth,
): string => {
  let figures = '';
  let origins = '';
  for (const { indicator, revision, seconds, fraction, id, figure, firstReported } of reports) {
    const { code } = indicators[indicator];
    const time = fraction === '' ? seconds : `"${seconds}.${fraction}"`;
    origins += `${origins === '' ? '' : ','}"${code}":[${revision},${time},${JSON.stringify(id)},${firstReported}]`;
    if (figure !== null) figures += `${figures === '' ? '' : ','}"${code}":[${encodeNumbers(figure)}]`;
  }
  const head = `{"v":${RECORD_VERSION},"g":${g},"more":${more},"unit":"${unit}","month":"${month}"`;
  return `${head},"slots":${originSlotsText},"figures":{${figures}},"reports":{${origins}}}`;
};

const encodeNumbers = (figure: readonly (number | null)[]): string => {
  let text = '';
  for (let slot = 0; slot < figure.length; slot += 1) text += slot === 0 ? figure[slot] : `,${figure[slot]}`;
  return text;
};

export const decodeCommuneRollup = (text: string, generation?: number): CommuneRollup | undefined => {
  const record = decode<CommuneRollup>(text, generation);
  const origin = record && readable(() => tupleReader<Origin>(slots, record.slots ?? oldSlotNames));
  if (record === undefined || origin === undefined || !isObject(record.reports)) return undefined;
  if (origin === asWritten) return record;
  return readable(() => {
    const reports = Object.entries(record.reports).map(([code, tuple]) => [code, origin(tuple)]);
    return { ...record, reports: Object.fromEntries(reports) as CommuneRollup['reports'] };
  });
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The reports that a unit's month holds; those that this version does not know are left out. */
export const reportsOfCommuneRollup = (rollup: CommuneRollup): Report[] => {
  const unit = reportingUnitIndex(rollup.unit);
  const month = monthIndex(rollup.month);
  const reports: Report[] = [];
  if (unit === undefined || month === undefined) return reports;
  for (const code of Object.keys(rollup.reports)) {
    const indicator = indicatorIndex(code);
    if (indicator === undefined) continue;
    const [revision, time, id, firstReported] = rollup.reports[code];
    const figure = rollup.figures[code] ?? null;
    reports.push({ unit, indicator, month, revision, ...instantOf(time), id, figure, firstReported });
  }
  return reports;
};

/** A unit's month with its figures (`MonthCells`) left as JSON text. */
export const readCommuneRollup = (
  text: string,
  generation?: number,
): (Head & { readonly figures: string }) | undefined => {
  const members = openRecord(text, 'figures', generation);
  const figures = members?.get('figures');
  if (members === undefined || figures === undefined) return undefined;
  return readable(() => ({ ...valuesOf<Head>(members, ['v', 'g', 'more', 'unit', 'month']), figures }));
};
