/**
 * When national summaries are due: on a day of the month in which the window ends (the 22nd at 07:00 by default).
 *
 * The window follows from the time a summary was due, never from the time somebody gets round to it, so a late run after an
 * outage issues the window that was meant.
 */
import {
  FIRST_YEAR,
  ictDay,
  ictMidnight,
  monthsOfWindow,
  monthStart,
  windowKind,
  WINDOWS_PER_YEAR,
  YEARS,
  type WindowKind,
} from '../window/period.js';

/** The hour counts in Asia/Ho_Chi_Minh. */
export interface SummaryTime {
  readonly day: number;
  readonly hour: number;
}
export const defaultSummaryTime: SummaryTime = { day: 22, hour: 7 };

export const windowKinds: readonly WindowKind[] = ['month', 'quarter', 'half', 'nine_months', 'year'];

/** Months of the year in which a window of a kind ends, 1 to 12. */
export const closingMonths = (kind: WindowKind): readonly number[] =>
  windowPlaces.filter((place) => windowKind(place) === kind).map((place) => (lastMonth(place) % 12) + 1);

/** The window of a kind that is due in the month of an instant; undefined where none of that kind ends in it. */
export const windowDueAt = (kind: WindowKind, at: number): number | undefined => {
  const [year, month] = ictDay(at).split('-').map(Number);
  const closing = (year - FIRST_YEAR) * 12 + month - 1;
  return allWindows.find((window) => windowKind(window) === kind && lastMonth(window) === closing);
};

/** The instant at which a window's summary is due, in milliseconds since the epoch. */
export const summaryDueAt = (window: number, { day, hour }: SummaryTime = defaultSummaryTime): number => {
  const month = lastMonth(window);
  return ictMidnight(FIRST_YEAR + Math.floor(month / 12), (month % 12) + 1, day) + hour * 3_600_000;
};

/** Whether anything of a window can have been reported at an instant: a report of a period that has not begun is refused. */
export const windowHasBegun = (window: number, at: number): boolean => monthStart(monthsOfWindow(window)[0]) <= at;

/**
 * Of a scheduled window one summary is made: whoever comes first claims the window for a revision, by number, and only then is that
 * revision asked for. Whoever comes later, or again after a crash, finds the claim and can ask for no other.
 */
export interface ScheduleClaim {
  /** The summary's id. */
  readonly summary: string;
  /** Whether it stands in the store; undefined where an older version asked before it noted. */
  readonly isAsked?: boolean;
}

/** What is left to do for a window that came due. */
export const scheduleStep = (claim: ScheduleClaim | undefined): 'claim' | 'ask' | 'nothing' => {
  if (claim === undefined) return 'claim';
  return claim.isAsked === false ? 'ask' : 'nothing';
};

/** Windows whose summary came due after one instant and not after another, earliest first. */
export const windowsDue = (after: number, until: number, time: SummaryTime = defaultSummaryTime): readonly number[] =>
  allWindows
    .filter((window) => summaryDueAt(window, time) > after && summaryDueAt(window, time) <= until)
    .sort((a, b) => summaryDueAt(a, time) - summaryDueAt(b, time));

/** ISO 8601 in Asia/Ho_Chi_Minh: `2026-03-22T07:00:00.000+07:00`. */
export const ictInstant = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().replace('Z', '+07:00');

const windowPlaces = Array.from({ length: WINDOWS_PER_YEAR }, (_, place) => place);
const allWindows = Array.from({ length: YEARS * WINDOWS_PER_YEAR }, (_, window) => window);
const lastMonth = (window: number): number => monthsOfWindow(window).at(-1) as number;
