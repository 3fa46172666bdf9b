/**
 * Completeness and timeliness: which reports of a window are in, and which came in time.
 *
 * A report is a unit's month. It is complete when every indicator that the unit's level reports has a live cell, and on time
 * when the last of them was first received (by the broker's clock, whatever the unit's own says) by the deadline. Corrections received
 * later do not make a report late. Months that have not begun are not expected yet.
 */
import type { Calendar } from '../reference/calendar.js';
import { monthsOfWindow, monthStart } from '../window/period.js';
import { deadlinesOf, type Deadlines } from './deadline.js';
import { expectedIndicators, type UnitReports } from './unit-reports.js';
import { provinceOf, reportersOf, type Unit } from '../reference/unit.js';

export type ReportStatus = 'onTime' | 'late' | 'partial' | 'missing';

/** Reports counted by what they are. */
export interface CompletenessCounts {
  /** Reports (unit × month) that ought to be in. */
  readonly expected: number;
  /** Reports with at least one live figure. */
  readonly reported: number;
  readonly complete: number;
  readonly onTime: number;
  readonly late: number;
  readonly partial: number;
  readonly missing: number;
}

export interface Completeness extends CompletenessCounts {
  /** Units by what at least one of their reports is, in order of their codes. */
  readonly units: Readonly<Record<'late' | 'partial' | 'missing', readonly string[]>>;
}

/** The status of one report, given what is known of it and by when a month was due. */
export const reportStatus = (
  unit: Unit,
  report: UnitReports[string] | undefined,
  deadlines: Deadlines,
): ReportStatus => {
  if (report === undefined || report[0] === 0) return 'missing';
  const level = unit.level as 'commune' | 'province';
  const [live, completedAt] = report;
  if (live < expectedIndicators(level)) return 'partial';
  return completedAt * 1000 <= deadlines[level] ? 'onTime' : 'late';
};

/**
 * Completeness of a unit over a window.
 *
 * @param reportsOf what the units of a province reported in a month, if anything
 * @param asOf milliseconds since the epoch: months that begin later are left out
 */
export const completenessOf = (
  unit: Unit,
  window: number,
  reportsOf: (province: string, month: number) => UnitReports | undefined,
  asOf: number,
  calendar?: Calendar,
): Completeness => {
  const months = monthsOfWindow(window).filter((month) => monthStart(month) <= asOf);
  const counts = { onTime: 0, late: 0, partial: 0, missing: 0 };
  const found = { late: new Set<string>(), partial: new Set<string>(), missing: new Set<string>() };
  const reporters = reportersOf(unit);
  for (const month of months) {
    const deadlines = deadlinesOf(month, calendar);
    // Asked once for the units of a province that stand together, not for each of 3,355.
    let asked: { province: string; reports: UnitReports | undefined } | undefined;
    for (const reporter of reporters) {
      const province = provinceOf(reporter);
      if (asked?.province !== province) asked = { province, reports: reportsOf(province, month) };
      const status = reportStatus(reporter, asked.reports?.[reporter.code], deadlines);
      counts[status] += 1;
      if (status !== 'onTime') found[status].add(reporter.code);
    }
  }
  const expected = months.length * reporters.length;
  const units = {
    late: [...found.late].sort(),
    partial: [...found.partial].sort(),
    missing: [...found.missing].sort(),
  };
  return { expected, reported: expected - counts.missing, complete: counts.onTime + counts.late, ...counts, units };
};

/** Counts of units together that have no reporter in common. */
export const countsTogether = (parts: readonly CompletenessCounts[]): CompletenessCounts => {
  const sum = (of: (part: CompletenessCounts) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    expected: sum(({ expected }) => expected),
    reported: sum(({ reported }) => reported),
    complete: sum(({ complete }) => complete),
    onTime: sum(({ onTime }) => onTime),
    late: sum(({ late }) => late),
    partial: sum(({ partial }) => partial),
    missing: sum(({ missing }) => missing),
  };
};

/** Of units together that have no reporter in common: the country from its provinces. */
export const completenessTogether = (parts: readonly Completeness[]): Completeness => {
  const units = (which: keyof Completeness['units']) => parts.flatMap((part) => part.units[which]).sort();
  return {
    ...countsTogether(parts),
    units: { late: units('late'), partial: units('partial'), missing: units('missing') },
  };
};
