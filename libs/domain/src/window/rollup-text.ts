/**
 * Rollups as text: a window's rollups the way records and documents hold them, with nothing in it that follows from the rest.
 *
 * A JSON array of `[indicator, reported, current, total, by category]`, in catalogue order; amounts are numerator and denominator,
 * or the value alone; the last member is missing where there is no category. How many are expected follows from the unit, the
 * percentage from the amounts. Five times shorter than the rollups themselves, and every stage writes, sends or reads it.
 */
import { indicators, indicatorIndex } from '../reference/catalogue.js';
import { fromExactJson, toExactJson } from '../exact/exact-json.js';
import { exactSum, percentOf, type Figure, type Whole } from '../exact/figure.js';
import { layout } from '../reference/layout.js';
import type { Rollup } from './rollup.js';
import { expectedReporters, type Unit } from '../reference/unit.js';

type Amounts = readonly Whole[];
type ByCategory = Readonly<Record<string, Amounts>>;

/** A rollup in short. */
export type RollupTuple = readonly [
  indicator: string,
  reported: number,
  current: number,
  total: Amounts,
  byCategory?: ByCategory,
];

const amountsOf = ({ numerator, denominator, value }: Figure): Amounts =>
  value === undefined ? [numerator ?? 0, denominator ?? 0] : [value];

const figureOf = (amounts: Amounts): Figure =>
  amounts.length === 2 ? { numerator: amounts[0], denominator: amounts[1] } : { value: amounts[0] };

export const tupleOf = ({ indicator, reporting, breakdown, ...total }: Rollup): RollupTuple => {
  const byCategory = Object.entries(breakdown).map(([category, figure]) => [category, amountsOf(figure)] as const);
  const short = [indicator, reporting.reported, reporting.current, amountsOf(total)] as const;
  return byCategory.length === 0 ? short : [...short, Object.fromEntries(byCategory)];
};

/** One rollup. */
export const rollupText = (rollup: Rollup): string => tupleText(tupleOf(rollup));

export const tupleText = (tuple: RollupTuple): string => toExactJson(tuple);

/** Several rollups, each given as its text. */
export const rollupsText = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** Throws where the text is none of rollups. */
export const tuplesFrom = (text: string): RollupTuple[] => {
  const tuples = fromExactJson(text) as RollupTuple[];
  if (!tuples.every((tuple) => Array.isArray(tuple) && Array.isArray(tuple[3]))) throw new SyntaxError('no rollups');
  return tuples;
};

/** The rollups of a unit from their text; those of indicators that this version does not know are left out. Throws where it is none. */
export const rollupsFrom = (unit: Unit, text: string): Rollup[] =>
  tuplesFrom(text).flatMap((tuple) => rollupOf(unit, tuple) ?? []);

/** The rollup of a unit; undefined where this version does not know the indicator. */
export const rollupOf = (unit: Unit, tuple: RollupTuple): Rollup | undefined => {
  const [code, reported, current, amounts, byCategory = {}] = tuple;
  const index = indicatorIndex(code);
  if (index === undefined) return undefined;
  const breakdown: Record<string, Figure> = {};
  for (const category of layout[index].categories)
    if (category in byCategory) breakdown[category] = figureOf(byCategory[category]);
  const reporting = { expected: expectedReporters(unit, indicators[index]), reported, current };
  const total = figureOf(amounts);
  return { indicator: code, ...total, percent: percentOf(total), breakdown, reporting };
};

/** Whether two rollups of an indicator say the same; undefined is one of which nothing is reported. */
export const isSameTuple = (a: RollupTuple | undefined, b: RollupTuple | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  const isSame = a[1] === b[1] && a[2] === b[2] && areSameAmounts(a[3], b[3]);
  if (!isSame || (a[4] === undefined && b[4] === undefined)) return isSame;
  const [these, those] = [a[4] ?? {}, b[4] ?? {}];
  const categories = Object.keys(these);
  return (
    categories.length === Object.keys(those).length &&
    categories.every((category) => category in those && areSameAmounts(these[category], those[category]))
  );
};

const areSameAmounts = (a: Amounts, b: Amounts): boolean => a.length === b.length && a.every((n, at) => n === b[at]);

/** Adds up two rollups of an indicator that have no unit in common. */
export const addTuples = (a: RollupTuple, b: RollupTuple): RollupTuple => {
  const sum = [a[0], a[1] + b[1], a[2] + b[2], addAmounts(a[3], b[3])] as const;
  return a[4] === undefined && b[4] === undefined ? sum : [...sum, addCategories(a[4] ?? {}, b[4] ?? {})];
};

const addAmounts = (a: Amounts, b: Amounts): Amounts => a.map((n, at) => exactSum(n, b[at]));

const addCategories = (a: ByCategory, b: ByCategory): ByCategory => {
  const sums: Record<string, Amounts> = { ...a };
  for (const category of Object.keys(b))
    sums[category] = category in sums ? addAmounts(sums[category], b[category]) : b[category];
  return sums;
};
