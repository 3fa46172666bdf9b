/**
 * The least and the greatest that a share can still become, given what has been reported.
 *
 * A unit that has reported the window's last month stays as it is (a correction aside). Each other unit may still report anything from none to all
 * of its denominator, which is not known before it reports: the last one that it did report stands for it. A unit that never reported one is
 * not bounded by anything and is left out and counted: with such units the bounds are of the others.
 */
import type { ChildRow, Figure, Target } from './api';
import { attains, scopedFigure, type Goal } from './pace';

export interface StillPossible {
  /** Percentages; undefined: nothing to divide by. */
  worst: number | undefined;
  best: number | undefined;
  /** Units that may still report, and the denominators that are taken for them. */
  open: number;
  openDenominator: number;
  /** Of these, the units without any known denominator. */
  unknown: number;
  /** Whether the target is attained whatever comes, or can no longer be; undefined: it is open, or there is none. */
  verdict: 'sure' | 'lost' | undefined;
}

type Row = Pick<ChildRow, 'unit' | 'reporting' | 'breakdown' | 'numerator' | 'denominator'>;

const percentOf = (numerator: number, denominator: number): number | undefined =>
  denominator === 0 ? undefined : (100 * numerator) / denominator;

/**
 * @param rows what each unit that is expected has in the window
 * @param earlier figures of these units to take a denominator from, the best first
 */
export function stillPossible(
  rows: readonly Row[],
  earlier: readonly (readonly Row[])[],
  target: Target | null,
): StillPossible {
  let [settled, all, openDenominator, open, unknown] = [0, 0, 0, 0, 0];
  const known = earlier.map((each) => new Map(each.map((row) => [row.unit, row])));
  for (const row of rows) {
    if (row.reporting?.expected === 0) continue;
    const figure = figureOf(row, target);
    if ((row.reporting?.current ?? 0) > 0 && figure) {
      settled += figure.numerator ?? 0;
      all += figure.denominator ?? 0;
      continue;
    }
    open += 1;
    const last = [figure, ...known.map((each) => figureOf(each.get(row.unit), target))].find((each) => each);
    if (last) openDenominator += last.denominator ?? 0;
    else unknown += 1;
  }
  const denominator = all + openDenominator;
  const best = settled + openDenominator;
  return {
    worst: percentOf(settled, denominator),
    best: percentOf(best, denominator),
    ...{ open, openDenominator, unknown },
    verdict: unknown > 0 || denominator === 0 ? undefined : verdictOf(target, settled, best, denominator),
  };
}

const figureOf = (row: Row | undefined, target: Target | null): Figure | undefined =>
  row?.denominator === undefined ? undefined : scopedFigure(row, target);

function verdictOf(
  target: Target | null,
  worst: number,
  best: number,
  denominator: number,
): 'sure' | 'lost' | undefined {
  if (!target || !('percent' in target)) return undefined;
  const goal: Goal = target;
  if (attains(goal, worst, denominator)) return 'sure';
  return attains(goal, best, denominator) ? undefined : 'lost';
}
