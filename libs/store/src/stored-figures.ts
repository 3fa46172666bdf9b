/**
 * Everything that readers can see of some units, each figure as text under a key of its own, to compare with a recomputation.
 *
 * Read by the documents' ids, as readers do. A document that cannot be read, or that says of itself another unit or window than
 * its id, becomes an entry that no recomputation has, so a comparison names it.
 */
import type { Connection } from 'mongoose';
import { decodeDecided } from '#contracts';
import {
  COUNTRY,
  FIRST_YEAR,
  indicators,
  skylinesOf,
  toExactJson,
  windowCode,
  WINDOWS_PER_YEAR,
  YEARS,
  type Report,
  type Unit,
  type UnitReports,
} from '#domain';
import { rollupsOfYear } from './every-rollup.js';
import { monthOverflows, wordsOfMonth, type MonthOverflows } from './month-words.js';
import {
  decidedMonthModel,
  known,
  storedCells,
  storedItems,
  storedReports,
  unitHistoryModel,
  unitYearModel,
  windowModel,
  type DecidedMonthDocument,
  type UnitHistoryDocument,
  type UnitYearDocument,
  type WindowDocument,
} from './schemas.js';

/** What is compared besides rollups, in the place of an indicator. */
export const UNIT_REPORTS = 'reports';
/** Before an indicator: the live cell of a province's own report. */
export const OWN_CELL = 'own:';
/** Before an indicator: what the cell ever said. */
export const HISTORY = 'history:';
/** What was decided of a province's month. */
export const DECIDED = 'decided';
const UNREADABLE = 'document';

export interface StoredFigures {
  /** Text by `unit|window|indicator`. */
  readonly figures: Map<string, string>;
  readonly windowVersions: Map<string, unknown>;
  readonly yearVersions: Map<string, unknown>;
}

const windows = Array.from({ length: YEARS * WINDOWS_PER_YEAR }, (_, index) => windowCode(index));
const years = Array.from({ length: YEARS }, (_, n) => FIRST_YEAR + n);

export const storedFigures = async (
  connection: Connection,
  generation: number,
  units: readonly Unit[],
): Promise<StoredFigures> => {
  const stored: StoredFigures = { figures: new Map(), windowVersions: new Map(), yearVersions: new Map() };
  const summed = units.filter(({ level }) => level !== 'commune').map(({ code }) => code);
  const windowIds = summed.flatMap((code) => windows.map((window) => `${code}|${window}`));
  const reporting = units.filter(({ code }) => code !== COUNTRY).map(({ code }) => code);
  const yearIds = reporting.flatMap((code) => years.map((year) => `${code}|${year}`));
  const windowsFound = windowModel(connection, generation).find({ _id: { $in: windowIds } });
  for await (const document of windowsFound.lean<WindowDocument>().cursor()) putWindow(document, stored);
  const yearsFound = unitYearModel(connection, generation).find({ _id: { $in: yearIds } });
  for await (const document of yearsFound.lean<UnitYearDocument>().cursor()) putYear(document, stored);
  const historiesFound = unitHistoryModel(connection, generation).find({ _id: { $in: yearIds } });
  for await (const document of historiesFound.lean<UnitHistoryDocument>().cursor())
    putHistory(document, await monthOverflows(connection, generation, [document]), generation, stored);
  const provinces = units.filter(({ level }) => level === 'province').map(({ code }) => code);
  const decidedFound = decidedMonthModel(connection, generation)
    .find({ province: { $in: provinces } })
    .sort({ _id: 1 });
  const orders = new Map<string, number[]>();
  for await (const document of decidedFound.lean<DecidedMonthDocument>().cursor())
    takeDecided(document, generation, orders, stored);
  for (const [id, ofMonth] of orders)
    stored.figures.set(`${id}|${DECIDED}`, JSON.stringify(ofMonth.sort((a, b) => a - b)));
  return stored;
};

const putWindow = (document: WindowDocument, { figures, windowVersions }: StoredFigures): void => {
  const { _id: id, unit, window, version } = document;
  windowVersions.set(id, version);
  readable(id, figures, () => {
    if (`${unit}|${window}` !== id) throw new Error(`it says of itself ${unit}|${window}`);
    for (const rollup of storedItems(known(document))) figures.set(`${id}|${rollup.indicator}`, toExactJson(rollup));
    const reports = storedReports(document);
    if (reports !== undefined && Object.keys(reports).length > 0)
      figures.set(`${id}|${UNIT_REPORTS}`, reportsText(reports));
  });
};

const putYear = (document: UnitYearDocument, { figures, yearVersions }: StoredFigures): void => {
  const { _id: id, unit, year, months, version } = document;
  yearVersions.set(id, version);
  readable(id, figures, () => {
    if (`${unit}|${year}` !== id) throw new Error(`it says of itself ${unit}|${year}`);
    for (const { window, unit: code, ...rollup } of rollupsOfYear(known(document)))
      figures.set(`${code}|${window}|${rollup.indicator}`, toExactJson(rollup));
    if (unit.length > 2) return;
    for (const [month, stored] of Object.entries(months)) {
      for (const [indicator, cell] of Object.entries(storedCells(stored)))
        figures.set(`${unit}|${year}-${month}|${OWN_CELL}${indicator}`, JSON.stringify(cell));
    }
  });
};

const putHistory = (
  document: UnitHistoryDocument,
  overflows: MonthOverflows,
  generation: number,
  { figures, yearVersions }: StoredFigures,
): void => {
  const { _id: id, unit, year, months, version } = document;
  yearVersions.set(`${id}|${HISTORY}`, version);
  readable(`${id}|${HISTORY}`, figures, () => {
    known(document);
    for (const month of Object.keys(months)) {
      const words = wordsOfMonth(document, `${year}-${month}`, generation, overflows) ?? [];
      for (const [indicator, skyline] of skylinesOf(words))
        figures.set(`${unit}|${year}-${month}|${HISTORY}${indicators[indicator].code}`, historyText(skyline));
    }
  });
};

/** A month may have several documents. */
const takeDecided = (
  document: DecidedMonthDocument,
  generation: number,
  orders: Map<string, number[]>,
  { figures }: StoredFigures,
): void =>
  readable(`${document._id}|${DECIDED}`, figures, () => {
    const { province, month, record } = known(document);
    const { decisions = [] } = decodeDecided(Buffer.from(record), generation) ?? {};
    const id = `${province}|${month}`;
    orders.set(id, [...(orders.get(id) ?? []), ...decisions.map(({ order }) => order)]);
  });

/** Words as text, by receipt. */
export const historyText = (words: readonly Report[]): string =>
  JSON.stringify(words.map(({ receivedAt, revision, id, figure }) => [receivedAt, revision, id, figure]));

/** `UnitReports` as text, units in the order of their codes. */
export const reportsText = (reports: UnitReports): string =>
  JSON.stringify(Object.entries(reports).sort(([a], [b]) => (a < b ? -1 : 1)));

const readable = (id: string, figures: Map<string, string>, read: () => void): void => {
  try {
    read();
  } catch (error) {
    figures.set(`${id}|${UNREADABLE}`, String(error));
  }
};
