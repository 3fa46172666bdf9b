/** Whether what an event was refused for has been mended: the unit reported the same cell afterwards, and was accepted. */
import type { MonthWords } from './figure-history.js';

/** A cell, and when an event of it was refused, in milliseconds since the epoch. */
export interface RefusedPlace {
  /** Index among the reporting units. */
  readonly unit: number;
  /** Index in the catalogue. */
  readonly indicator: number;
  /** Index of the month. */
  readonly month: number;
  readonly at: number;
}

/**
 * When that was, in milliseconds since the epoch; undefined: not yet, as far as words tell. A report that changed nothing, since another
 * ranked higher already, is none of them.
 */
export const mendedAt = (
  { unit, indicator, month, at }: RefusedPlace,
  months: readonly MonthWords[],
): number | undefined => {
  const ofMonth = months.find((each) => each.unit === unit && each.month === month);
  const later = (ofMonth?.words ?? []).filter((word) => word.indicator === indicator && word.receivedAt > at);
  return later.length === 0 ? undefined : Math.min(...later.map(({ receivedAt }) => receivedAt));
};
