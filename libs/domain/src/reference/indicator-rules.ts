/** What a figure of an indicator has to be, by the indicator alone: of no file, so that the page may have it without the reference data. */
import type { Field, Indicator } from './reference.types.js';

const ratioFields: readonly Field[] = ['numerator', 'denominator'];
const valueFields: readonly Field[] = ['value'];

/** The fields that a figure of this indicator has. */
export const fieldsOf = ({ kind }: Pick<Indicator, 'kind'>): readonly Field[] =>
  kind === 'ratio' ? ratioFields : valueFields;

/** The largest number that a unit may report in a month: people, facilities and other counts, or VND. */
export const maxValue = (indicator: Pick<Indicator, 'kind' | 'max_per_unit'>): number => {
  const cap = indicator.kind === 'amount' ? 1_000_000_000_000 : 10_000_000;
  return Math.min(cap, indicator.max_per_unit ?? cap);
};

/**
 * Indicators whose breakdown everyone must give: a plan's target looks at some of its categories only.
 * Today that is e (contracts.md, BREAKDOWN_INVALID).
 */
export const breakdownRequired = ({ code }: Pick<Indicator, 'code'>): boolean => code === 'e';
