/**
 * What has just changed: the last few figures that moved, newest first.
 *
 * A figure that moves again moves up instead of filling the list, so a busy commune does not push everybody else out.
 */
import type { Rollup } from './api';
import { hasFigure, sameFigure } from './newest';

export interface Change {
  unit: string;
  indicator: string;
  /** `undefined`: not known to this page before. */
  before: Rollup | undefined;
  after: Rollup;
  /** The unit among whose children it was read; undefined: the stream said it. */
  of?: string;
  /** Rises with every change, so that the same figure changing twice is told apart. */
  serial: number;
}

const shown = 5;
/** More than is shown: in the country view the country's own figures are held but not listed. */
const held = 80;

/** The change that a newly arrived rollup makes, or `undefined` where its figure is the one already known. */
export function changeOf(unit: string, before: Rollup | undefined, after: Rollup, serial: number): Change | undefined {
  if (sameFigure(before, after) || (before === undefined && !hasFigure(after))) return undefined;
  return { unit, indicator: after.indicator, before, after, serial };
}

/** The list with newer changes put first; one entry a figure. */
export function withChanges(list: Change[], fresh: Change[]): Change[] {
  const all = [...[...fresh].reverse(), ...list];
  const seen = new Set<string>();
  return all
    .filter((change) => {
      const key = `${change.unit}|${change.indicator}`;
      return !seen.has(key) && seen.add(key) !== undefined;
    })
    .slice(0, held);
}

/**
 * What to list for a unit: of the country what its provinces changed, since every such change moves the country's figure too; of a province
 * what its communes changed, as far as the page reads their figures, and its own.
 */
export function listedChanges(list: Change[], unit: string): Change[] {
  if (unit !== 'VN') return list.filter((change) => change.unit === unit || change.of === unit).slice(0, shown);
  const provinces = list.filter((change) => change.unit.length === 2 && change.unit !== 'VN');
  return (provinces.length > 0 ? provinces : list.filter((change) => change.unit === 'VN')).slice(0, shown);
}
