/**
 * Rollups as text: a window's rollups the way records and documents hold them, with nothing in it that follows from the rest.
 *
 * A JSON array of `[indicator, reported, current, total, by category]`, in catalogue order; amounts are numerator and denominator,
 * or the value alone; the last member is missing where there is no category. How many are expected follows from the unit, the
 * percentage from the amounts. Five times shorter than the rollups themselves, and every stage writes, sends or reads it.
 */
import { indicators, indicatorIndex } from './catalogue.js';
import { fromExactJson, toExactJson } from './exact-json.js';
import { percentOf, type Figure, type Whole } from './figure.js';
import { layout } from './layout.js';
import type { Rollup } from './rollup.js';
import { expectedReporters, type Unit } from './unit.js';

type Amounts = readonly Whole[];
type RollupTuple = readonly [
  indicator: string,
  reported: number,
  current: number,
  total: Amounts,
  byCategory?: Readonly<Record<string, Amounts>>,
];

const amountsOf = ({ numerator, denominator, value }: Figure): Amounts =>
  value === undefined ? [numerator ?? 0, denominator ?? 0] : [value];

const figureOf = (amounts: Amounts): Figure =>
  amounts.length === 2 ? { numerator: amounts[0], denominator: amounts[1] } : { value: amounts[0] };

/** One rollup. */
export const rollupText = ({ indicator, reporting, breakdown, ...total }: Rollup): string => {
  const byCategory = Object.entries(breakdown).map(([category, figure]) => [category, amountsOf(figure)] as const);
  const tuple: RollupTuple = [indicator, reporting.reported, reporting.current, amountsOf(total)];
  return toExactJson(byCategory.length === 0 ? tuple : [...tuple, Object.fromEntries(byCategory)]);
};

/** Several rollups, each given as its text. */
export const rollupsText = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** The rollups of a unit from their text; those of indicators that this version does not know are left out. Throws where it is none. */
export const rollupsFrom = (unit: Unit, text: string): Rollup[] =>
  (fromExactJson(text) as RollupTuple[]).flatMap(([code, reported, current, amounts, byCategory = {}]) => {
    const index = indicatorIndex(code);
    if (index === undefined) return [];
    const breakdown: Record<string, Figure> = {};
    for (const category of layout[index].categories)
      if (category in byCategory) breakdown[category] = figureOf(byCategory[category]);
    const total = figureOf(amounts);
    const expected = expectedReporters(unit, indicators[index]);
    return [
      { indicator: code, ...total, percent: percentOf(total), breakdown, reporting: { expected, reported, current } },
    ];
  });
