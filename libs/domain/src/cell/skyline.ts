/**
 * The skyline of a cell: how its word changed with the instant as of which it is read.
 *
 * The word of a cell as of T is the report of the greatest rank (`compareReports`) among those received by T. A report matters only where it
 * is the word at some T: it is dropped where one received no later ranks as high or higher. What is left stands in the order of receipt, and
 * ranks rise with it. Inserting is commutative, associative and idempotent, so any delivery and any merge of halves end in the same skyline;
 * `skyline.spec.ts` holds it to that and to the definition.
 */
import { compareReports, type Report } from './cell.js';

/** Of one cell, by receipt, ranks rising; the last is the word of now. */
export type Skyline = readonly Report[];

/** With one more report; the same skyline where that is never the word. */
export const withReport = (skyline: Skyline, report: Report): Skyline => {
  const last = skyline.at(-1);
  if (last !== undefined && last.receivedAt < report.receivedAt)
    return compareReports(last, report) >= 0 ? skyline : [...skyline, report];
  const isHidden = skyline.some((held) => held.receivedAt <= report.receivedAt && compareReports(held, report) >= 0);
  if (isHidden) return skyline;
  const before = skyline.filter((held) => held.receivedAt < report.receivedAt);
  const after = skyline.filter((held) => held.receivedAt >= report.receivedAt && compareReports(held, report) > 0);
  return [...before, report, ...after];
};

/** Of any reports of one cell, in any order: what `withReport` makes of one after the other, for many at once. */
export const skylineOf = (reports: readonly Report[]): Skyline => {
  const inOrder = [...reports].sort((a, b) => a.receivedAt - b.receivedAt || compareReports(b, a));
  const words: Report[] = [];
  for (const report of inOrder) {
    const last = words.at(-1);
    if (last === undefined || compareReports(report, last) > 0) words.push(report);
  }
  return words;
};

export const mergeSkylines = (a: Skyline, b: Skyline): Skyline => b.reduce(withReport, a);

/** What the cell said as of an instant in milliseconds since the epoch; undefined where nothing of it was known. */
export const wordAt = (skyline: Skyline, at: number): Report | undefined =>
  skyline.findLast(({ receivedAt }) => receivedAt <= at);

/** The first instant as of which the cell was reported, in milliseconds since the epoch; 0 if it never was. */
export const firstReceived = (skyline: Skyline): number =>
  skyline.find(({ figure }) => figure !== null)?.receivedAt ?? 0;
