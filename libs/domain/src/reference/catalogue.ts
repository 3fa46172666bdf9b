/**
 * The indicator catalogue: what is measured, in which shape, by whom.
 *
 * Twenty-nine indicators, each with the section of the provincial plans it comes from (data/catalogue.json). An
 * indicator's place in this list, its index, is how the state of the stages addresses it; records and documents carry the code.
 */
import { reference } from './data.js';
import type { Indicator } from './reference.types.js';

export { breakdownRequired, fieldsOf, maxValue } from './indicator-rules.js';
export type { Field, Indicator, Kind, Level } from './reference.types.js';

export const { catalogue } = reference;
export const indicators: readonly Indicator[] = catalogue.indicators;

const indexes = new Map(indicators.map((indicator, index) => [indicator.code, index]));

/** The indicator's index in the catalogue, or undefined for an unknown code. */
export const indicatorIndex = (code: string): number | undefined => indexes.get(code);
