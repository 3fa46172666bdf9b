/**
 * The check stage's work on a batch, without Kafka: check every event, keep the best of each cell, route by province.
 *
 * Nothing is kept between batches. Every event read is passed on, superseded or repeated within the batch, or refused, and is
 * counted as exactly one of these.
 */
import {
  compareReports,
  earlierReport,
  indicators,
  isRefusal,
  MONTHS,
  provinceOf,
  reportingUnits,
  type Refusal,
  type Report,
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
  /** The best report of each cell in the batch, by province. */
  readonly byProvince: ReadonlyMap<string, readonly Report[]>;
}

const cellKey = ({ unit, month, indicator }: Report) => (unit * MONTHS + month) * indicators.length + indicator;

/** @param province the only one whose events their topic admits */
export const reduceBatch = (messages: readonly KafkaMessage[], province?: string): CheckedBatch => {
  const best = new Map<number, Report>();
  const refused: RefusedRecord[] = [];
  let superseded = 0;
  let repeated = 0;
  for (const message of messages) {
    const outcome = judgeTopicRecord(message, province);
    if (isRefusal(outcome)) {
      refused.push({ message, refusal: outcome });
      continue;
    }
    const key = cellKey(outcome);
    const held = best.get(key);
    if (held === undefined) {
      best.set(key, outcome);
      continue;
    }
    const order = compareReports(outcome, held);
    if (order === 0) repeated += 1;
    else superseded += 1;
    best.set(key, merged(order > 0 ? outcome : held, earlierReport(held.firstReported, outcome.firstReported)));
  }
  const counts = { read: messages.length, superseded, repeated, refused: refused.length };
  return { counts, refused, byProvince: groupByProvince(best.values()) };
};

const merged = (report: Report, firstReported: number): Report =>
  report.firstReported === firstReported ? report : { ...report, firstReported };

const groupByProvince = (reports: Iterable<Report>): Map<string, Report[]> => {
  const provinces = new Map<string, Report[]>();
  for (const report of reports) {
    const province = provinceOf(reportingUnits[report.unit]);
    const group = provinces.get(province);
    if (group === undefined) provinces.set(province, [report]);
    else group.push(report);
  }
  return provinces;
};
