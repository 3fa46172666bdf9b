/**
 * The newest of what is known about a figure, when an answer to a GET and the stream race.
 *
 * A stream event carries the absolute figure, so only the newest counts, by `updatedAt`. An answer says nothing of an indicator that nobody
 * reports any more; an older streamed figure must not bring it back, and one that arrived while the answer was under way must not be lost.
 * `newest.spec.ts` holds it to both.
 */
import type { Figure, Rollup } from './api';

/** A streamed rollup and when (on the page's own clock) it came in. */
export interface Arrival {
  item: Rollup;
  at: number;
}

const instant = (item: Rollup): number => Date.parse(item.updatedAt);

/** A streamed rollup without a figure says that nothing live is reported any more. */
export const hasFigure = (figure: Figure): boolean =>
  typeof figure.value === 'number' || typeof figure.numerator === 'number';

/** Of two rollups of one cell the newer; of two of the same instant the one that came later. */
export const newest = (held: Rollup | undefined, next: Rollup): Rollup =>
  held !== undefined && instant(held) > instant(next) ? held : next;

/** An answer that was asked for at `askedAt`, with what the stream knows better. */
export function mergeAnswer(answer: Rollup[], arrivals: Iterable<Arrival>, askedAt: number): Rollup[] {
  const merged = new Map(answer.map((item) => [item.indicator, item]));
  for (const { item, at } of arrivals) {
    const held = merged.get(item.indicator);
    const during = at >= askedAt;
    const better =
      held === undefined ? during : instant(item) > instant(held) || (during && newest(held, item) === item);
    if (better) merged.set(item.indicator, item);
  }
  return [...merged.values()].filter(hasFigure);
}

/** The rollups on the page, with what the stream brought since. */
export function applyArrived(items: Rollup[], arrived: Iterable<Rollup>): Rollup[] {
  const merged = new Map(items.map((item) => [item.indicator, item]));
  for (const item of arrived) merged.set(item.indicator, newest(merged.get(item.indicator), item));
  return [...merged.values()].filter(hasFigure);
}

export const sameFigure = (left: Figure | undefined, right: Figure | undefined): boolean =>
  left?.numerator === right?.numerator && left?.denominator === right?.denominator && left?.value === right?.value;
