/**
 * Whether the province stage's state holds the history of every cell: its word as of every instant, in the newest record of each month.
 *
 * A restore reads nothing else, and readers answer from it what was known when.
 */
import { decodeCommuneRollup, NOTE_PREFIX, OVERFLOW_PREFIX, reportsOfCommuneRollup } from '#contracts';
import { compareReports, indicators, monthCode, reportingUnits, skylineOf, type Report } from '#domain';
import type { SimLog } from './log.js';
import { GENERATION, topics } from './worker.js';

/** By `unit|month|indicator`: how the word changed, as text. */
export type Skylines = ReadonlyMap<string, string>;

const cellOf = ({ unit, month, indicator }: Report): string =>
  `${reportingUnits[unit].code}|${monthCode(month)}|${indicators[indicator].code}`;

/** From all valid reports, by the definition: at every instant at which one was received, the greatest of those received by then. */
export const expectedSkylines = (reports: readonly Report[]): Skylines =>
  new Map([...byCell(reports)].map(([cell, ofCell]) => [cell, textOf(wordsOf(ofCell))]));

const byCell = (reports: readonly Report[]): Map<string, Report[]> => {
  const cells = new Map<string, Report[]>();
  for (const report of reports) {
    const cell = cellOf(report);
    cells.set(cell, [...(cells.get(cell) ?? []), report]);
  }
  return cells;
};

const wordsOf = (reports: readonly Report[]): Report[] => {
  const instants = [...new Set(reports.map(({ receivedAt }) => receivedAt))].sort((a, b) => a - b);
  const words: Report[] = [];
  for (const at of instants) {
    const known = reports.filter(({ receivedAt }) => receivedAt <= at);
    const word = known.reduce((a, b) => (compareReports(b, a) > 0 ? b : a));
    const last = words.at(-1);
    if (last === undefined || compareReports(word, last) !== 0) words.push({ ...word, receivedAt: at });
  }
  return words;
};

/** From the newest record of each unit's month. */
export const storedSkylines = (log: SimLog): Skylines => {
  const newest = new Map<string, { readonly value: Buffer; readonly timestamp: string }>();
  for (const partition of log.partitions(topics.communeRollups)) {
    for (const { key, value, timestamp } of partition.fetch(0, Infinity).messages) {
      const name = String(key);
      const isOfMonth = !name.startsWith(NOTE_PREFIX) || name.startsWith(OVERFLOW_PREFIX);
      if (value !== null && isOfMonth) newest.set(name, { value, timestamp });
    }
  }
  const reports = [...newest.values()].flatMap(({ value, timestamp }) => {
    const rollup = decodeCommuneRollup(value.toString(), GENERATION);
    return rollup === undefined ? [] : reportsOfCommuneRollup(rollup, Number(timestamp));
  });
  return new Map([...byCell(reports)].map(([cell, ofCell]) => [cell, textOf(skylineOf(ofCell))]));
};

const textOf = (words: readonly Report[]): string =>
  JSON.stringify(
    words.map(({ receivedAt, revision, seconds, fraction, id, figure }) => [
      receivedAt,
      ...[revision, seconds, fraction, id, figure],
    ]),
  );
