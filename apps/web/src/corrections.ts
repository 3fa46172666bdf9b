/** Held corrections as they are decided: by the unit and the month, one or all that were seen. */
import type { Figure, HeldCorrection, Rollup } from './api';
import { sameFigure } from './newest';

export interface Group {
  unit: string;
  period: string;
  items: HeldCorrection[];
  /** The newest receipt among them: what comes after was not seen. */
  upTo: string;
}

/** In the order in which the first of each was received. */
export function grouped(items: readonly HeldCorrection[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const { unit, period, receivedAt } = item;
    const group = groups.get(`${unit} ${period}`) ?? { unit, period, items: [], upTo: receivedAt };
    groups.set(`${unit} ${period}`, group);
    group.items.push(item);
    if (receivedAt > group.upTo) group.upTo = receivedAt;
  }
  return [...groups.values()];
}

export interface ChangedFigure {
  indicator: string;
  /** `undefined`: nothing was reported. */
  before: Figure | undefined;
  after: Figure | undefined;
}

/** Which figures of a unit's window are others than they were. */
export function changedFigures(before: readonly Rollup[], after: readonly Rollup[]): ChangedFigure[] {
  const find = (all: readonly Rollup[], indicator: string) => all.find((item) => item.indicator === indicator);
  const indicators = new Set([...after, ...before].map(({ indicator }) => indicator));
  return [...indicators]
    .map((indicator) => ({ indicator, before: find(before, indicator), after: find(after, indicator) }))
    .filter(({ before: was, after: is }) => !sameFigure(was, is));
}
