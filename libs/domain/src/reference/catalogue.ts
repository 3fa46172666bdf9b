/**
 * The indicator catalogue: what is measured, in which shape, by whom.
 *
 * Twenty-nine indicators, each with the section of the provincial plans it comes from (data/catalogue.json). An
 * indicator's place in this list, its index, is how the state of the stages addresses it; records and documents carry the code.
 */
import { reference } from './data.js';
import type { Field, Indicator } from './reference.types.js';

export type { Field, Indicator, Kind, Level } from './reference.types.js';

export const { catalogue } = reference;
export const indicators: readonly Indicator[] = catalogue.indicators;

const indexes = new Map(indicators.map((indicator, index) => [indicator.code, index]));

/** The indicator's index in the catalogue, or undefined for an unknown code. */
export const indicatorIndex = (code: string): number | undefined => indexes.get(code);

const ratioFields: readonly Field[] = ['numerator', 'denominator'];
const valueFields: readonly Field[] = ['value'];

/** The fields that a figure of this indicator has. */
export const fieldsOf = (indicator: Indicator): readonly Field[] =>
  indicator.kind === 'ratio' ? ratioFields : valueFields;

/** The largest number that a unit may report in a month: people, facilities and other counts, or VND. */
export const maxValue = (indicator: Indicator): number => {
  const cap = indicator.kind === 'amount' ? 1_000_000_000_000 : 10_000_000;
  return Math.min(cap, indicator.max_per_unit ?? cap);
};

/**
 * Indicators whose breakdown everyone must give: a plan's target looks at some of its categories only.
 * Today that is e (contracts.md, BREAKDOWN_INVALID).
 */
export const breakdownRequired = (indicator: Indicator): boolean => indicator.code === 'e';
