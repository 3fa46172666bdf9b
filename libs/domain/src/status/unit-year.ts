/**
 * A reporting unit's year: for each month how its report stands, and for each indicator that its level reports what became of the cell.
 *
 * Nothing arose (nothing-arose.ts) is told by the event: one event is of one cell, but for that one, which is of many.
 */
import type { Report } from '../cell/cell.js';
import { wordAt, type Skyline } from '../cell/skyline.js';
import { NOW, MonthDecisions } from '../decision/month-decisions.js';
import { skylinesOf } from '../history/as-of.js';
import type { MonthWords } from '../history/figure-history.js';
import type { Calendar } from '../reference/calendar.js';
import { indicators } from '../reference/catalogue.js';
import { reportingUnitIndex, type Unit } from '../reference/unit.js';
import { monthsOfWindow } from '../window/period.js';
import { deadlineOf } from './deadline.js';
import { reportCalendar, type CalendarStatus } from './report-calendar.js';
import type { UnitReports } from './unit-reports.js';

/** `corrected`: it said something else before. `takenBack`: its word is that it is not reported. */
type CellState = 'missing' | 'reported' | 'corrected' | 'nothingArose' | 'takenBack';

export interface YearCell {
  /** Index in the catalogue. */
  readonly indicator: number;
  readonly state: CellState;
  /** What it says; undefined: nothing. */
  readonly word: Report | undefined;
  /** The correction that waits, in a locked month. */
  readonly held: Report | undefined;
}

export interface YearMonth {
  /** Index of the month. */
  readonly month: number;
  readonly status: CalendarStatus;
  /** Milliseconds since the epoch: the last instant at which the report is on time. */
  readonly deadline: number;
  readonly isLocked: boolean;
  readonly cells: readonly YearCell[];
}

/** What there is of a unit's year. */
export interface KnownYear {
  /** The unit's own words, by month. */
  readonly words: readonly MonthWords[];
  /** What was decided of the province's months, by index of the month. */
  readonly decisions: ReadonlyMap<number, MonthDecisions>;
  /** What the units of a province reported in a month, if anything. */
  readonly reportsOf: (province: string, month: number) => UnitReports | undefined;
}

/** @param window of a whole year. @param now milliseconds since the epoch */
export const unitYear = (
  unit: Unit,
  window: number,
  { words, decisions, reportsOf }: KnownYear,
  now: number,
  calendar?: Calendar,
): YearMonth[] => {
  const [{ statuses }] = reportCalendar([unit], window, reportsOf, now, calendar);
  const level = unit.level as 'commune' | 'province';
  return monthsOfWindow(window).map((month, n) => {
    const decided = decisions.get(month) ?? MonthDecisions.none;
    const own = words.find((each) => each.month === month)?.words ?? [];
    return {
      month,
      status: statuses[n],
      deadline: deadlineOf(month, level, calendar),
      isLocked: decided.lockAt(NOW) !== undefined,
      cells: cellsOf(reportingUnitIndex(unit.code) as number, level, own, decided),
    };
  });
};

const cellsOf = (
  unit: number,
  level: 'commune' | 'province',
  words: readonly Report[],
  decisions: MonthDecisions,
): YearCell[] => {
  const skylines = skylinesOf(words);
  const cells = indicators.flatMap(({ reported_by }, indicator) => {
    if (!reported_by.includes(level)) return [];
    const skyline = skylines.get(indicator) ?? [];
    const word = decisions.wordAt(skyline, unit, indicator, NOW);
    return [{ indicator, word, held: decisions.heldAt(skyline, unit, indicator, NOW), skyline }];
  });
  const shared = eventsOfMany(cells.map(({ word }) => word));
  return cells.map(({ skyline, ...cell }) => ({ ...cell, state: stateOf(cell.word, skyline, shared) }));
};

/** Ids of the events that more than one cell is from. */
const eventsOfMany = (words: readonly (Report | undefined)[]): ReadonlySet<string> => {
  const ids = words.flatMap((word) => word?.id ?? []);
  return new Set(ids.filter((id, n) => ids.indexOf(id) !== n));
};

const stateOf = (word: Report | undefined, skyline: Skyline, shared: ReadonlySet<string>): CellState => {
  if (word === undefined) return 'missing';
  if (word.figure === null) return 'takenBack';
  if (shared.has(word.id) && word.figure.every((number) => number === 0)) return 'nothingArose';
  const before = wordAt(skyline, word.receivedAt - 1);
  return before === undefined ? 'reported' : 'corrected';
};
