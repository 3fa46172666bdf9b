/**
 * Rollups: an indicator's figure for a unit and a window, as everyone outside sees it.
 *
 * A percentage is never averaged: numerators and denominators are summed, and the percentage is taken of the sums. A rollup
 * exists only where something live is reported.
 */
import { indicators } from './catalogue.js';
import { exactSum, percentOf, type Figure } from './figure.js';
import { layout } from './layout.js';
import { expectedReporters, type Unit } from './unit.js';

export interface Reporting {
  /** How many units ought to report it. */
  readonly expected: number;
  /** How many have a live cell in the window. */
  readonly reported: number;
  /** How many have one for the window's last month. */
  readonly current: number;
}

export interface Rollup extends Figure {
  readonly indicator: string;
  readonly percent: number | null;
  readonly breakdown: Readonly<Record<string, Figure>>;
  readonly reporting: Reporting;
}

/** Builds the rollup of an indicator from its numbers in slot order; a category counts where `occurs` says so. */
export const rollupFrom = (
  index: number,
  figure: ArrayLike<number | null>,
  at: number,
  occurs: (category: number) => boolean,
  reporting: Reporting,
): Rollup => {
  const { fields, categories } = layout[index];
  const part = (from: number): Figure =>
    fields.length === 2
      ? { numerator: figure[from] ?? 0, denominator: figure[from + 1] ?? 0 }
      : { value: figure[from] ?? 0 };
  const breakdown: Record<string, Figure> = {};
  categories.forEach((category, n) => {
    if (occurs(n)) breakdown[category] = part(at + (n + 1) * fields.length);
  });
  const total = part(at);
  return { indicator: indicators[index].code, ...total, percent: percentOf(total), breakdown, reporting };
};

/** Adds up the rollups of units that have nothing in common, by indicator: the country from its provinces. */
export const sumRollups = (unit: Unit, parts: Iterable<readonly Rollup[]>): Rollup[] => {
  const sums = new Map<string, Rollup>();
  for (const rollups of parts) {
    for (const rollup of rollups) {
      const held = sums.get(rollup.indicator);
      sums.set(rollup.indicator, held === undefined ? rollup : addRollups(held, rollup));
    }
  }
  return indicators.flatMap((indicator) => {
    const sum = sums.get(indicator.code);
    if (sum === undefined) return [];
    return [{ ...sum, reporting: { ...sum.reporting, expected: expectedReporters(unit, indicator) } }];
  });
};

const addRollups = (a: Rollup, b: Rollup): Rollup => {
  const total = addFigures(a, b);
  const breakdown: Record<string, Figure> = { ...a.breakdown };
  for (const [category, part] of Object.entries(b.breakdown)) {
    breakdown[category] = category in breakdown ? addFigures(breakdown[category], part) : part;
  }
  return {
    indicator: a.indicator,
    ...total,
    percent: percentOf(total),
    breakdown,
    reporting: {
      expected: 0,
      reported: a.reporting.reported + b.reporting.reported,
      current: a.reporting.current + b.reporting.current,
    },
  };
};

const addFigures = (a: Figure, b: Figure): Figure =>
  a.value === undefined
    ? {
        numerator: exactSum(a.numerator ?? 0, b.numerator ?? 0),
        denominator: exactSum(a.denominator ?? 0, b.denominator ?? 0),
      }
    : { value: exactSum(a.value, b.value ?? 0) };
