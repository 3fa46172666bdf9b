/**
 * The indicator catalogue: what is measured, in which shape, by whom.
 *
 * Twenty-nine indicators, each with the section of the provincial plans it comes from (data/catalogue.json). An
 * indicator's place in this list, its index, is how the state of the stages addresses it; records and documents carry the code.
 */
import data from '../data/catalogue.json' with { type: 'json' };

export type Level = 'commune' | 'province';
export type Kind = 'ratio' | 'count' | 'amount';
export type Field = 'numerator' | 'denominator' | 'value';

export interface Indicator {
  readonly code: string;
  /** Letter of the target in the plans (a, b, c, d, đ, e, g, h); null for an activity. */
  readonly letter: string | null;
  readonly name_vi: string;
  readonly name_en: string;
  readonly group: 'target' | 'activity';
  readonly kind: Kind;
  /** How months make a longer window: the latest month's figure, or the months added up. */
  readonly over_time: 'last' | 'sum';
  readonly reported_by: readonly Level[];
  readonly unit: string;
  readonly source: string;
  readonly numerator_vi?: string;
  readonly denominator_vi?: string;
  readonly breakdown?: readonly string[];
  /** 1 for yes-or-no facts, so that a sum counts communes. */
  readonly max_per_unit?: number;
}

export const catalogue = data as { version: string; source: string; indicators: readonly Indicator[] };
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
