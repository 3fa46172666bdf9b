/**
 * Records between the stages: absolute, versioned, compact.
 *
 * A record says what a key holds now, never by how much it changed, so reading one twice or late does no harm. `g` is the
 * generation: a rebuild starts a new one, and records of another generation are passed over. Codes, not indexes, stand in
 * records, so that services with different catalogues can share a topic.
 */
import {
  indicatorIndex,
  indicators,
  monthCode,
  monthIndex,
  reportingUnitIndex,
  reportingUnits,
  rollupsFrom,
  tuplesFrom,
  type MonthCells,
  type Report,
  type Rollup,
  type RollupTuple,
  type UnitMonth,
  type UnitReports,
  unitOf,
} from '#domain';
import { ofThisVersion, RECORD_VERSION, type Versioned } from './record-version.js';

type Time = number | string;
type Figure = readonly (number | null)[] | null;
/** [unit, indicator, month, revision, time, id, figure, first reported] */
type ReportTuple = readonly [string, string, string, number, Time, string, Figure, number];
/** [revision, time, id, first reported] */
type ReportOrigin = readonly [number, Time, string, number];

/**
 * The events of one partition that a record stands for, and what became of those that go no further: all the others are its
 * reports.
 */
export interface ReadCounts {
  readonly read: number;
  readonly superseded: number;
  readonly repeated: number;
  readonly refused: number;
}

export interface CommuneReports {
  readonly v: number;
  readonly g: number;
  /** Partition of the event topic. */
  readonly from: number;
  /** Events of that partition that were waiting behind this batch: downstream writes less often while there are many. */
  readonly behind: number;
  readonly counts: ReadCounts;
  readonly reports: readonly ReportTuple[];
}

interface CommuneRollupHead {
  readonly v: number;
  readonly g: number;
  /** Written while far behind: a newer record of the key is likely to follow soon. */
  readonly more: boolean;
  readonly unit: string;
  readonly month: string;
}
interface CommuneRollup extends CommuneRollupHead {
  /** Live cells by indicator. */
  readonly figures: MonthCells;
  /** Where each cell ever reported comes from; one without a figure was taken back. */
  readonly reports: Readonly<Record<string, ReportOrigin>>;
}

interface WindowRollupsHead {
  readonly v: number;
  readonly g: number;
  readonly unit: string;
  readonly window: string;
  /** Indicators whose rollup changed since the record before. */
  readonly changed: readonly string[];
}
/** A province's or the country's window: every rollup of it. */
export interface WindowRollups extends WindowRollupsHead {
  readonly reports?: UnitReports;
  readonly items: readonly Rollup[];
}

const timeOf = ({ seconds, fraction }: Report): Time => (fraction === '' ? seconds : `${seconds}.${fraction}`);
const instantOf = (time: Time): { seconds: number; fraction: string } => {
  if (typeof time === 'number') return { seconds: time, fraction: '' };
  const point = time.indexOf('.');
  return { seconds: Number(time.slice(0, point)), fraction: time.slice(point + 1) };
};

export const encodeCommuneReports = (head: Omit<CommuneReports, 'v' | 'reports'>, reports: readonly Report[]): string =>
  JSON.stringify({ v: RECORD_VERSION, ...head, reports: reports.map(toTuple) } satisfies CommuneReports);

const toTuple = (report: Report): ReportTuple => [
  reportingUnits[report.unit].code,
  indicators[report.indicator].code,
  monthCode(report.month),
  report.revision,
  timeOf(report),
  report.id,
  report.figure,
  report.firstReported,
];

/**
 * A record's content, or undefined if it is none, or of another generation than the one given: it is passed over. Throws
 * `NewerRecord`, as every reader below does.
 */
const decode = <T extends Versioned>(text: string, generation?: number): T | undefined =>
  ofThisVersion<T>(
    readable<unknown>(() => JSON.parse(text)),
    generation,
  );

const readable = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

export const decodeCommuneReports = (text: string, generation?: number): CommuneReports | undefined =>
  decode(text, generation);

/** A stage's note to itself. */
export const decodeNote = <T extends Versioned>(text: string, generation?: number): T | undefined =>
  decode(text, generation);

/** A report from its tuple; undefined if this version does not know its unit, indicator or month. */
export const reportOf = (tuple: ReportTuple): Report | undefined => {
  const unit = reportingUnitIndex(tuple[0]);
  const indicator = indicatorIndex(tuple[1]);
  const month = monthIndex(tuple[2]);
  if (unit === undefined || indicator === undefined || month === undefined) return undefined;
  const { seconds, fraction } = instantOf(tuple[4]);
  const [, , , revision, , id, figure, firstReported] = tuple;
  return { unit, indicator, month, revision, seconds, fraction, id, figure, firstReported };
};

/** Key of a unit's month in commune-rollups. */
export const communeRollupKey = (unit: string, month: string): string => `${unit}|${month}`;

/** What stands between a record's head and its parts, in this order, so that one who only carries a part on need not parse it. */
const FIGURES = ',"figures":';
const REPORTS = ',"reports":';
const ITEMS = ',"items":';

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
  return `${head}${FIGURES}{${figures}}${REPORTS}{${origins}}}`;
};

const encodeNumbers = (figure: readonly (number | null)[]): string => {
  let text = '';
  for (let slot = 0; slot < figure.length; slot += 1) text += slot === 0 ? figure[slot] : `,${figure[slot]}`;
  return text;
};

export const decodeCommuneRollup = (text: string, generation?: number): CommuneRollup | undefined =>
  decode(text, generation);

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
): (CommuneRollupHead & { readonly figures: string }) | undefined => {
  const figures = text.indexOf(FIGURES);
  const reports = text.indexOf(REPORTS, figures);
  const head = decodeHead<CommuneRollupHead>(text, reports < 0 ? -1 : figures, generation);
  return head && { ...head, figures: text.slice(figures + FIGURES.length, reports) };
};

export const windowRollupsKey = (unit: string, window: string): string => `${unit}|${window}`;

/** @param window with its rollups (rollup-text.ts) and its `UnitReports` as JSON text */
export const encodeWindowRollups = ({
  g,
  unit,
  window,
  changed,
  reports,
  items,
}: Omit<WindowRollupsHead, 'v'> & { readonly items: string; readonly reports?: string }): string => {
  const head = JSON.stringify({ v: RECORD_VERSION, g, unit, window, changed }).slice(0, -1);
  const parts = reports === undefined ? '' : REPORTS + reports;
  return `${head}${parts}${ITEMS}${items}}`;
};

export const decodeWindowRollups = (text: string, generation?: number): WindowRollups | undefined => {
  const window = readWindowRollups(text, generation);
  const unit = window && unitOf(window.unit);
  if (window === undefined || unit === undefined) return undefined;
  const { items, reports, ...head } = window;
  return readable(() => ({
    ...head,
    ...(reports === undefined ? {} : { reports: JSON.parse(reports) as UnitReports }),
    items: rollupsFrom(unit, items),
  }));
};

/** A window's rollups in short, for one who adds them up. */
export const decodeWindowTuples = (
  text: string,
  generation?: number,
): (WindowRollupsHead & { readonly items: readonly RollupTuple[] }) | undefined => {
  const window = readWindowRollups(text, generation);
  return window && readable(() => ({ ...window, items: tuplesFrom(window.items) }));
};

/** A window with its rollups and its `UnitReports` left as JSON text. */
export const readWindowRollups = (
  text: string,
  generation?: number,
): (WindowRollupsHead & { readonly items: string; readonly reports?: string }) | undefined => {
  const items = text.indexOf(ITEMS);
  const reports = items < 0 ? -1 : text.lastIndexOf(REPORTS, items);
  const head = decodeHead<WindowRollupsHead>(text, reports < 0 ? items : reports, generation);
  if (head === undefined) return undefined;
  const parts = reports < 0 ? {} : { reports: text.slice(reports + REPORTS.length, items) };
  return { ...head, ...parts, items: text.slice(items + ITEMS.length, -1) };
};

/** @param end where the head ends; below 0 where the record is not laid out as this version lays it out */
const decodeHead = <T extends Versioned>(text: string, end: number, generation?: number): T | undefined => {
  const head = end < 0 ? undefined : readable<unknown>(() => JSON.parse(`${text.slice(0, end)}}`));
  if (head !== undefined) return ofThisVersion<T>(head, generation);
  // Garbage, or laid out as only a newer version knows.
  decode(text, generation);
  return undefined;
};
