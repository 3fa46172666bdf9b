/**
 * Sums of rollups: of units that have nothing in common, as the country's of its provinces.
 */
import { indicators } from '../reference/catalogue.js';
import type { Rollup } from './rollup.js';
import { addTuples, rollupOf, tupleOf, type RollupTuple } from './rollup-text.js';
import type { Unit } from '../reference/unit.js';

/** The rollups of a unit from those of its parts, in catalogue order. */
export const sumRollups = (unit: Unit, parts: Iterable<readonly Rollup[]>): Rollup[] => {
  const sums = sumsOf(parts);
  return indicators.flatMap(({ code }) => {
    const sum = sums.get(code);
    return (sum && rollupOf(unit, sum)) ?? [];
  });
};

const sumsOf = (parts: Iterable<readonly Rollup[]>): Map<string, RollupTuple> => {
  const sums = new Map<string, RollupTuple>();
  for (const rollup of [...parts].flat()) {
    const held = sums.get(rollup.indicator);
    sums.set(rollup.indicator, held === undefined ? tupleOf(rollup) : addTuples(held, tupleOf(rollup)));
  }
  return sums;
};
