/**
 * Months and held corrections by the words of the rule, from all reports and decisions: nothing of it is shared with what lists them.
 *
 * A month is locked by the first lock since it was open. Held is the word of a cell that was received after what the cell is read as of, and
 * after everything that was refused of it.
 */
import { provinceOf, reportingUnits, type Decision, type MonthLocked, type Report } from '#domain';
import type { Reference } from './reference.js';

export interface HeldCell {
  readonly unit: string;
  /** The indicator's code. */
  readonly indicator: string;
  readonly word: Report;
}

const ofMonth = (decisions: readonly Decision[], province: string, month: number): readonly Decision[] =>
  decisions.filter((one) => one.province === province && one.month === month).sort((a, b) => a.order - b.order);

/** The lock in force; undefined where the month is open. */
export const lockOf = (decisions: readonly Decision[], province: string, month: number): MonthLocked | undefined => {
  let lock: MonthLocked | undefined;
  for (const one of ofMonth(decisions, province, month)) {
    if (one.type === 'month.reopened') lock = undefined;
    if (one.type === 'month.locked' && lock === undefined) lock = one;
  }
  return lock;
};

/** What waits of a province's month, with `period` as its code. */
export const heldOf = (
  reference: Reference,
  decisions: readonly Decision[],
  province: string,
  { month, period }: { readonly month: number; readonly period: string },
): readonly HeldCell[] => {
  const lock = lockOf(decisions, province, month);
  if (lock === undefined) return [];
  const decided = ofMonth(decisions, province, month);
  const units = reportingUnits.filter((unit) => provinceOf(unit) === province);
  return units.flatMap((unit) =>
    [...reference.histories(unit)].flatMap(([place, words]): HeldCell[] => {
      const [placePeriod, indicator] = place.split('|');
      const word = words.at(-1) as Report;
      if (placePeriod !== period || !isHeld(word, lock, decided)) return [];
      return [{ unit: unit.code, indicator, word }];
    }),
  );
};

const isHeld = (word: Report, lock: MonthLocked, decided: readonly Decision[]): boolean => {
  const ofCell = decided.flatMap((one) =>
    'upTo' in one && one.unit === word.unit && one.indicator === word.indicator ? [one] : [],
  );
  const upTo = (type: Decision['type'], most: (one: (typeof ofCell)[number]) => number) =>
    Math.max(-Infinity, ...ofCell.filter((one) => one.type === type).map(most));
  const accepted = upTo('correction.accepted', (one) => Math.min(one.upTo, one.receivedAt));
  const refused = upTo('correction.refused', (one) => one.upTo);
  return word.receivedAt > Math.max(Math.min(lock.cutOff, lock.receivedAt), accepted, refused);
};
