/** A unit's figures month by month, as the service answers them. */
import { readJson, type Rollup } from './api';

export type MonthlyRollup = Pick<
  Rollup,
  'indicator' | 'value' | 'numerator' | 'denominator' | 'percent' | 'reporting'
> & {
  window: string;
};

export const readMonthly = (unit: string, from: string, to: string, signal: AbortSignal) =>
  readJson<{ items: MonthlyRollup[] }>('/v1/rollups/monthly', { unit, from, to }, signal);
