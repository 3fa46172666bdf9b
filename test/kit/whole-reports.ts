/** Whole reports: an event for every indicator that a unit reports in a month, each of them nothing. */
import { breakdownRequired, indicators, unitOf } from '#domain';
import { anEvent } from './builders.js';

/** Of a commune or a province. */
export const wholeReport = (unit: string, period: string): Record<string, unknown>[] => {
  const level = unitOf(unit)?.level as 'commune' | 'province';
  return indicators
    .filter(({ reported_by }) => reported_by.includes(level))
    .map((indicator) => {
      const nothing = indicator.kind === 'ratio' ? { numerator: 0, denominator: 0 } : { value: 0 };
      const parts = (indicator.breakdown ?? []).map((category) => [category, nothing]);
      const breakdown = breakdownRequired(indicator) ? { breakdown: Object.fromEntries(parts) } : {};
      const data = { unit, period, indicator: indicator.code, revision: 1, ...nothing, ...breakdown };
      return { ...anEvent({ id: `${unit}-${period}-${indicator.code}`, data: { unit } }), data };
    });
};
