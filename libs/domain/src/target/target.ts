/**
 * Targets: what a province's own plan asks for, and whether a figure attains it.
 *
 * Attainment compares whole numbers (100 × numerator against percent × denominator), never a rounded percentage. A province
 * without a plan has no targets and none is made up for it; g has none in any plan; h must grow from year to year.
 */
import { exactSum, percentOf, type Figure, type Whole } from '../exact/figure.js';
import { planOf } from '../reference/plans.js';
import type { PlanTarget, Threshold } from '../reference/reference.types.js';
import type { Rollup } from '../window/rollup.js';

/** A target in force in a year, as shown: a percentage to reach, or growth over the year before. */
export type Target =
  | (Threshold & { readonly scope?: readonly string[]; readonly byEnd?: Threshold; readonly note?: string })
  | { readonly trend: 'increase_year_on_year'; readonly note?: string };

/** The target of a unit's plan for an indicator in a year; null where there is no plan, or none for it. */
export const targetOf = (unit: string, indicator: string, year: number): Target | null => {
  const plan = planOf(unit);
  const target = plan?.targets[indicator];
  if (plan === undefined || target === undefined || year < plan.from_year || year > plan.to_year) return null;
  if (target.trend !== undefined) return { trend: target.trend, ...noteOf(target) };
  const yearly = target.yearly?.[String(year)];
  if (yearly === undefined) return null;
  const scope = target.scope === undefined ? {} : { scope: target.scope };
  const byEnd = target.by_end === undefined ? {} : { byEnd: target.by_end };
  return { ...yearly, ...scope, ...byEnd, ...noteOf(target) };
};

const noteOf = ({ note }: PlanTarget) => (note === undefined ? {} : { note });

/** The part of a figure that a target looks at. */
export const scopedFigure = (rollup: Rollup, scope: readonly string[] | undefined): Figure => {
  if (scope === undefined) return rollup;
  const parts = scope.flatMap((category) => rollup.breakdown[category] ?? []);
  const sum = (field: 'numerator' | 'denominator') =>
    parts.reduce<Whole>((total, part) => exactSum(total, part[field] ?? 0), 0);
  return { numerator: sum('numerator'), denominator: sum('denominator') };
};

/** A plan's percentage is taken to six decimals, as a whole number of these: 99.5 is 99,500,000. */
const PER_PERCENT = 1_000_000n;

/**
 * Whether a rollup attains a target; null where that cannot be said (no figure, nothing to divide by, no year before).
 * `yearBefore` is the rollup of the whole year before, for a target of growth: equal is not attained.
 */
export const attains = (
  target: Target | null,
  rollup: Rollup | undefined,
  yearBefore: Rollup | undefined,
): boolean | null => {
  if (target === null || rollup === undefined) return null;
  if ('trend' in target) {
    if (yearBefore?.value === undefined || rollup.value === undefined) return null;
    return rollup.value > yearBefore.value;
  }
  const { numerator, denominator } = scopedFigure(rollup, target.scope);
  if (numerator === undefined || denominator === undefined || Number(denominator) === 0) return null;
  const reached = PER_PERCENT * 100n * BigInt(numerator);
  const asked = BigInt(Math.round(target.percent * Number(PER_PERCENT))) * BigInt(denominator);
  return target.op === '>' ? reached > asked : reached >= asked;
};

/**
 * By how many points a rollup's percentage is above a target (below: less than 0), as shown, with two decimals; of the categories that the target
 * looks at. Null where there is no percentage or the target asks for growth. Whether it is attained, `attains` alone says: 79.999 % is shown as 80.
 */
export const gapOf = (target: Target | null, rollup: Rollup): number | null => {
  if (target === null || 'trend' in target) return null;
  const percent = percentOf(scopedFigure(rollup, target.scope));
  return percent === null ? null : pointsBetween(target.percent, percent);
};

/** Of two percentages with two decimals: what a subtraction of doubles makes of them is rounded away. */
const pointsBetween = (from: number, to: number): number => Math.round((to - from) * 100) / 100;
