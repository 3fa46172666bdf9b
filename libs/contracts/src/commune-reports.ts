/** commune-reports: checked reports of up to 1,000 cells on their way to their province's partition (record.ts says what holds of every record). */
import {
  indicatorIndex,
  indicators,
  monthCode,
  monthIndex,
  reportingUnitIndex,
  reportingUnits,
  type Report,
} from '#domain';
import type { CarriedDecision } from './decision-record.js';
import { asWritten, namesOf, tupleReader, type Slot } from './record-slots.js';
import { RECORD_VERSION } from './record-version.js';
import { decode, instantOf, readable, RECEIPT_UNKNOWN, timeOf, type Time } from './record.js';

type Figure = readonly (number | null)[] | null;
type ReportTuple = readonly [
  unit: string,
  indicator: string,
  month: string,
  revision: number,
  time: Time,
  id: string,
  figure: Figure,
  receivedAt: number,
];

/** A new slot goes to the end, with what its lack means. */
const slots: readonly Slot[] = [
  { name: 'unit' },
  { name: 'indicator' },
  { name: 'month' },
  { name: 'revision' },
  { name: 'time' },
  { name: 'id' },
  { name: 'figure' },
  { name: 'receivedAt', missing: RECEIPT_UNKNOWN },
];
const slotNames = namesOf(slots);
/** Of version 1, which did not name them. It and version 2 had the sender's word of when a cell was first reported in the last one. */
const oldSlotNames = ['unit', 'indicator', 'month', 'revision', 'time', 'id', 'figure', 'firstReported'];

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
  /** Partition of the event topics, by its number among all of them (event-topics.ts); decisions alone come from none. */
  readonly from?: number;
  /** Events of that partition that were waiting behind this batch: downstream writes less often while there are many. */
  readonly behind?: number;
  readonly counts?: ReadCounts;
  /** Of the reports; version 1 has none. */
  readonly slots?: readonly string[];
  readonly reports: readonly ReportTuple[];
  /** What was decided, on its way to the same partition. */
  readonly decisions?: readonly CarriedDecision[];
}

type Head = Required<Pick<CommuneReports, 'g' | 'from' | 'behind' | 'counts'>>;

export const encodeCommuneReports = ({ g, from, behind, counts }: Head, reports: readonly Report[]): string =>
  JSON.stringify({
    v: RECORD_VERSION,
    g,
    from,
    behind,
    counts,
    slots: slotNames,
    reports: reports.map(tupleOf),
  } satisfies CommuneReports);

/** Decisions alone: no event stands behind them. */
export const encodeDecisions = (g: number, decisions: readonly CarriedDecision[]): string =>
  JSON.stringify({ v: RECORD_VERSION, g, slots: slotNames, reports: [], decisions });

const tupleOf = (report: Report): ReportTuple => [
  reportingUnits[report.unit].code,
  indicators[report.indicator].code,
  monthCode(report.month),
  report.revision,
  timeOf(report),
  report.id,
  report.figure,
  report.receivedAt,
];

export const decodeCommuneReports = (text: string, generation?: number): CommuneReports | undefined => {
  const record = decode<CommuneReports>(text, generation);
  const tuple = record && readable(() => tupleReader<ReportTuple>(slots, record.slots ?? oldSlotNames));
  if (record === undefined || tuple === undefined || !Array.isArray(record.reports)) return undefined;
  return tuple === asWritten ? record : readable(() => ({ ...record, reports: record.reports.map(tuple) }));
};

/**
 * A report from its tuple; undefined if this version does not know its unit, indicator or month.
 *
 * @param writtenAt the record's timestamp: by then a report was received of which an older version did not say when
 */
export const reportOf = (tuple: ReportTuple, writtenAt: number): Report | undefined => {
  const unit = reportingUnitIndex(tuple[0]);
  const indicator = indicatorIndex(tuple[1]);
  const month = monthIndex(tuple[2]);
  if (unit === undefined || indicator === undefined || month === undefined) return undefined;
  const { seconds, fraction } = instantOf(tuple[4]);
  const [, , , revision, , id, figure, received] = tuple;
  const receivedAt = received === RECEIPT_UNKNOWN ? writtenAt : received;
  return { unit, indicator, month, revision, seconds, fraction, id, figure, receivedAt };
};
