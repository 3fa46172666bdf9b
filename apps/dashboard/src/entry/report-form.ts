/** A unit's month as it is entered: what each cell says, what waits, and which revision the next one is to follow. */
import {
  cellFigureOf,
  deadlineOf,
  ictDay,
  indicators,
  type MonthDecisions,
  NOW,
  reportingUnitIndex,
  skylinesOf,
  unitOn,
  type Calendar,
  type Report,
  type Unit,
} from '#domain';
import { revisionsOf } from './entry-events.js';

/** What is known of the month. */
export interface KnownMonth {
  readonly words: readonly Report[];
  readonly decisions: MonthDecisions;
  readonly isConfigured: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly calendar?: Calendar;
}

/** As the shape `ReportForm` says it. @param month its index; `period` its code */
export const reportForm = (
  unit: Unit,
  { month, period }: { readonly month: number; readonly period: string },
  { words, decisions, isConfigured, now, calendar }: KnownMonth,
) => {
  const level = unit.level as 'commune' | 'province';
  const index = reportingUnitIndex(unit.code) as number;
  const skylines = skylinesOf(words);
  const revisions = revisionsOf(words);
  return {
    unit: unit.code,
    name: unitOn(unit, ictDay(now)).fullName,
    period,
    deadline: new Date(deadlineOf(month, level, calendar)).toISOString(),
    isLocked: decisions.lockAt(NOW) !== undefined,
    isConfigured,
    cells: indicators.flatMap(({ code, reported_by }, indicator) => {
      if (!reported_by.includes(level)) return [];
      const skyline = skylines.get(indicator) ?? [];
      const word = decisions.wordAt(skyline, index, indicator, NOW);
      const held = decisions.heldAt(skyline, index, indicator, NOW);
      return [
        {
          indicator: code,
          figure: word === undefined ? null : cellFigureOf(word),
          held: held === undefined ? null : { figure: cellFigureOf(held) },
          revision: revisions[code] ?? 0,
        },
      ];
    }),
  };
};
