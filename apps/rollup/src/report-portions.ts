/**
 * Reports in portions, each of which becomes one record of commune-reports.
 *
 * Bounded in number, so that the next stage merges one portion while this one checks the next, and in bytes, whatever ids a sender chose: a
 * record stays below half of what its topic takes (contracts/topics.ts).
 */
import { layout, type Report } from '#domain';

/** About 100 kB of usual reports. */
export const USUAL_PORTION = 1_000;
const MAX_BYTES = 1_048_576;
/** Codes, revision, time, receipt, punctuation. */
const FIXED_BYTES = 100;
/** A whole number and its comma. */
const NUMBER_BYTES = 17;
/** A character of an id may be written as `\u0001`. */
const ESCAPED_BYTES = 6;

/** At most so many bytes stand for a report in a record. */
const bytesOf = ({ id, fraction, indicator }: Report): number =>
  FIXED_BYTES + ESCAPED_BYTES * id.length + fraction.length + NUMBER_BYTES * layout[indicator].width;

/** At least one portion, perhaps an empty one: what became of a batch's events travels with it. */
export const inPortions = (reports: readonly Report[], most = USUAL_PORTION): (readonly Report[])[] => {
  const portions: Report[][] = [[]];
  let bytes = 0;
  for (const report of reports) {
    const size = bytesOf(report);
    let portion = portions[portions.length - 1];
    if (portion.length >= most || (portion.length > 0 && bytes + size > MAX_BYTES)) {
      portions.push((portion = []));
      bytes = 0;
    }
    portion.push(report);
    bytes += size;
  }
  return portions;
};
