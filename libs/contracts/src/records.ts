/**
 * Records between the stages: absolute, versioned, compact.
 *
 * A record says what a key holds now, never by how much it changed, so reading one twice or late does no harm. `g` is the
 * generation: a rebuild starts a new one, and records of another generation are passed over. Codes, not indexes, stand in
 * records, so that services with different catalogues can share a topic.
 */
import {
  fromExactJson,
  indicatorIndex,
  indicators,
  monthCode,
  monthIndex,
  reportingUnitIndex,
  reportingUnits,
  toExactJson,
  type Report,
  type Rollup,
  type UnitMonth,
  type UnitReports,
} from '#domain';

export const RECORD_VERSION = 1;

type Time = number | string;
type Figure = readonly (number | null)[] | null;
/** [unit, indicator, month, revision, time, id, figure, first reported] */
type ReportTuple = readonly [string, string, string, number, Time, string, Figure, number];
/** [revision, time, id, figure, first reported] */
type CellTuple = readonly [number, Time, string, Figure, number];

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

interface CommuneRollup {
  readonly v: number;
  readonly g: number;
  /** Written while far behind: a newer record of the key is likely to follow soon. */
  readonly more: boolean;
  readonly unit: string;
  readonly month: string;
  readonly cells: Readonly<Record<string, CellTuple>>;
}

/** A province's or the country's window: every rollup of it, and which changed since the record before. */
export interface WindowRollups {
  readonly v: number;
  readonly g: number;
  readonly unit: string;
  readonly window: string;
  readonly changed: readonly string[];
  readonly items: readonly Rollup[];
  readonly reports?: UnitReports;
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

/** A record's content, or undefined if it is not one of this version: it is passed over, it never stops a partition. */
const decode = <T extends { readonly v: number }>(parse: (text: string) => unknown, text: string): T | undefined => {
  try {
    const record = parse(text) as T | null;
    return record?.v === RECORD_VERSION ? record : undefined;
  } catch {
    return undefined;
  }
};

export const decodeCommuneReports = (text: string): CommuneReports | undefined => decode(JSON.parse, text);

/** A stage's note to itself in commune-rollups. */
export const decodeNote = <T extends { readonly v: number }>(text: string): T | undefined => decode(JSON.parse, text);

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

/** Written out by hand: a flush after a catching-up encodes every unit's month of the country. */
export const encodeCommuneRollup = (
  { g, more }: Pick<CommuneRollup, 'g' | 'more'>,
  { unit, month, reports }: UnitMonth,
): string => {
  let cells = '';
  for (const report of reports) {
    const { indicator, revision, figure, firstReported } = report;
    const time = report.fraction === '' ? report.seconds : `"${report.seconds}.${report.fraction}"`;
    const numbers = figure === null ? 'null' : `[${encodeNumbers(figure)}]`;
    const comma = cells === '' ? '' : ',';
    const cell = `[${revision},${time},${JSON.stringify(report.id)},${numbers},${firstReported}]`;
    cells += `${comma}"${indicators[indicator].code}":${cell}`;
  }
  return `{"v":${RECORD_VERSION},"g":${g},"more":${more},"unit":"${unit}","month":"${month}","cells":{${cells}}}`;
};

const encodeNumbers = (figure: readonly (number | null)[]): string => {
  let text = '';
  for (let slot = 0; slot < figure.length; slot += 1) text += slot === 0 ? figure[slot] : `,${figure[slot]}`;
  return text;
};

export const decodeCommuneRollup = (text: string): CommuneRollup | undefined => decode(JSON.parse, text);

/** The reports that a unit's month holds; those that this version does not know are left out. */
export const reportsOfCommuneRollup = ({ unit, month, cells }: CommuneRollup): Report[] =>
  Object.entries(cells).flatMap(
    ([code, [revision, time, id, figure, first]]) =>
      reportOf([unit, code, month, revision, time, id, figure, first]) ?? [],
  );

export const windowRollupsKey = (unit: string, window: string): string => `${unit}|${window}`;

export const encodeWindowRollups = (record: Omit<WindowRollups, 'v'>): string =>
  toExactJson({ v: RECORD_VERSION, ...record });

export const decodeWindowRollups = (text: string): WindowRollups | undefined => decode(fromExactJson, text);
