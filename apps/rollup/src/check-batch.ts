/**
 * The check stage's work on a batch, without Kafka: check every event, keep what is the word of its cell at some instant, route by province.
 *
 * Nothing is kept between batches. Every report read is passed on, superseded or repeated within the batch, or refused, and is
 * counted as exactly one of these. An event makes one report, or, where it says that nothing arose in a month, many.
 */
import {
  compareReports,
  indicators,
  isRefusal,
  MONTHS,
  provinceOf,
  reportingUnits,
  reportsOf,
  type Refusal,
  type Report,
  type Skyline,
  withReport,
} from '#domain';
import { judgeTopicRecord, type ReadCounts } from '#contracts';
import type { KafkaMessage } from '#kafka';

export interface RefusedRecord {
  readonly message: KafkaMessage;
  readonly refusal: Refusal;
}

export interface CheckedBatch {
  readonly counts: ReadCounts;
  readonly refused: readonly RefusedRecord[];
  /** The skyline of each cell in the batch (domain/cell/skyline.ts), by province. */
  readonly byProvince: ReadonlyMap<string, readonly Report[]>;
}

const cellKey = ({ unit, month, indicator }: Report) => (unit * MONTHS + month) * indicators.length + indicator;

/** @param province the only one whose events their topic admits */
export const reduceBatch = (messages: readonly KafkaMessage[], province?: string): CheckedBatch => {
  const cells = new Map<number, Skyline>();
  const refused: RefusedRecord[] = [];
  let read = 0;
  let superseded = 0;
  let repeated = 0;
  const take = (report: Report): void => {
    const key = cellKey(report);
    const held = cells.get(key);
    if (held === undefined) {
      cells.set(key, [report]);
      return;
    }
    const next = withReport(held, report);
    const isRepeated = held.some((other) => compareReports(other, report) === 0);
    if (isRepeated) repeated += 1;
    superseded += held.length + 1 - next.length - (isRepeated ? 1 : 0);
    if (next !== held) cells.set(key, next);
  };
  for (const message of messages) {
    const outcome = judgeTopicRecord(message, province);
    if (isRefusal(outcome)) {
      refused.push({ message, refusal: outcome });
      read += 1;
      continue;
    }
    const reports = reportsOf(outcome);
    reports.forEach(take);
    read += reports.length;
  }
  const counts = { read, superseded, repeated, refused: refused.length };
  return { counts, refused, byProvince: groupByProvince(cells.values()) };
};

const groupByProvince = (cells: Iterable<Skyline>): Map<string, Report[]> => {
  const provinces = new Map<string, Report[]>();
  for (const reports of cells) {
    const province = provinceOf(reportingUnits[reports[0].unit]);
    const group = provinces.get(province);
    if (group === undefined) provinces.set(province, [...reports]);
    else group.push(...reports);
  }
  return provinces;
};
