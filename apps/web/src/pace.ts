/**
 * How far a figure is from its target, in points and in whole people (or whatever the indicator counts), and how much a month it takes to get there.
 *
 * Every target of the plans asks for at least, or more than, a share; h asks for more than the year before. "In people" is how many more in the
 * numerator reach the target while the denominator stays what it is, counted in whole numbers as the service does (target.ts), never from a rounded
 * percentage. Months that are left are report months of the year whose last day has not passed.
 */
import type { Figure, PercentTarget, Rollup, Target } from './api';
import { daysOf, parseWindow, vietnamDay } from './window';

export type Goal = Pick<PercentTarget, 'op' | 'percent'>;

export interface Gap {
  /** Above the target; less than 0: below. Undefined where the target is no share, or there is nothing to divide by. */
  points: number | undefined;
  /** How many more it takes; 0: it is attained. Undefined where no number can be enough. */
  more: number | undefined;
}

/** A plan's percentage is taken to six decimals. */
const PER_PERCENT = 1_000_000;
const WHOLE = BigInt(100 * PER_PERCENT);

/** The least numerator that attains a target. */
function leastOf({ op, percent }: Goal, denominator: number): number {
  const asked = BigInt(Math.round(percent * PER_PERCENT)) * BigInt(denominator);
  return Number(op === '>' ? asked / WHOLE + 1n : (asked + WHOLE - 1n) / WHOLE);
}

export const attains = (goal: Goal, numerator: number, denominator: number): boolean =>
  numerator >= leastOf(goal, denominator);

/** The part of a figure that its target looks at. */
export function scopedFigure(rollup: Figure & Partial<Pick<Rollup, 'breakdown'>>, target: Target | null): Figure {
  const scope = target && 'scope' in target ? target.scope : undefined;
  if (!scope) return rollup;
  const parts = scope.flatMap((category) => rollup.breakdown?.[category] ?? []);
  const sum = (field: 'numerator' | 'denominator') => parts.reduce((total, part) => total + (part[field] ?? 0), 0);
  return { numerator: sum('numerator'), denominator: sum('denominator') };
}

/** @param figure what the target looks at (`scopedFigure`) */
export function gapTo(goal: Goal, { numerator = 0, denominator = 0 }: Figure): Gap {
  if (denominator === 0) return { points: undefined, more: undefined };
  const percent = Math.round((10_000 * numerator) / denominator) / 100;
  const least = leastOf(goal, denominator);
  return {
    points: Math.round((percent - goal.percent) * 100) / 100,
    more: least > denominator ? undefined : Math.max(0, least - numerator),
  };
}

/** Of a target of growth: one more than the year before. */
export const growthGap = (value: number, yearBefore: number): Gap => ({
  points: undefined,
  more: Math.max(0, yearBefore + 1 - value),
});

/** How many report months of a year are not over. */
export function monthsLeft(year: number, now: Date): number {
  const today = vietnamDay(now);
  return Array.from({ length: 12 }, (_, n) => parseWindow(`${year}-${String(n + 1).padStart(2, '0')}`)).filter(
    (month) => month !== undefined && daysOf(month).to >= today,
  ).length;
}

/** How many a month, in whole numbers; undefined where there is no month left, or less than one a month is enough. */
export const paceOf = (more: number, months: number): number | undefined =>
  months === 0 || more < months ? undefined : Math.ceil(more / months);
