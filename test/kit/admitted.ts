/**
 * The reports that locks and decisions admit, picked in the plainest way from all that were received: of a locked month's cell those received by
 * the cut-off, or by what was accepted of the cell since.
 */
import { monthIndex, provinceOf, reportingUnits, type Report } from '#domain';
import { Reference } from './reference.js';

export interface LockedMonth {
  readonly province: string;
  readonly period: string;
  /** Milliseconds since the epoch. */
  readonly cutOff: number;
  /** By unit's index and indicator's, `7|2`: up to when what was received was accepted. */
  readonly accepted?: ReadonlyMap<string, number>;
}

const isAdmitted = (report: Report, locked: LockedMonth): boolean => {
  const isOfMonth =
    provinceOf(reportingUnits[report.unit]) === locked.province && report.month === monthIndex(locked.period);
  const accepted = locked.accepted?.get(`${report.unit}|${report.indicator}`) ?? -Infinity;
  return !isOfMonth || report.receivedAt <= Math.max(locked.cutOff, accepted);
};

/** @param locked undefined: every month is open */
export const referenceOf = (reports: readonly Report[], locked?: LockedMonth): Reference => {
  const reference = new Reference();
  for (const report of reports) if (locked === undefined || isAdmitted(report, locked)) reference.take(report);
  return reference;
};
