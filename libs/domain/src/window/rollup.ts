/**
 * Rollups: an indicator's figure for a unit and a window, as everyone outside sees it.
 *
 * A percentage is never averaged: numerators and denominators are summed, and the percentage is taken of the sums. A rollup
 * exists only where something live is reported.
 */
import { indicators } from '../reference/catalogue.js';
import { percentOf, type Figure } from '../exact/figure.js';
import { layout } from '../reference/layout.js';

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
