/**
 * A figure's history as it is drawn: a line that steps at each change, from the oldest that is known to the page to the newest.
 *
 * A ratio is drawn as its percentage, the rest as the value: what stands large on the card. The table beside it has the numbers themselves.
 */
import type { Figure, FigureChange } from './api';

/** Whose figure. */
export interface FigurePlace {
  unit: string;
  indicator: string;
  /** Where it is not the page's own unit. */
  name?: string;
  /** Where it is not the shown window. */
  window?: string;
}

export const width = 600;
export const height = 120;
/** Room for marks at the edges. */
const margin = 8;

export interface Mark {
  x: number;
  y: number;
  change: FigureChange;
}

export interface Timeline {
  /** Oldest first. */
  marks: Mark[];
  /** Path data of the steps. */
  path: string;
  /** What the lowest and the highest place of the line stand for. */
  least: number;
  most: number;
  isPercent: boolean;
  from: number;
  to: number;
}

/** What is drawn of a figure; nothing to divide by is drawn as nothing. */
const drawn = ({ value, numerator = 0, denominator = 0 }: Figure): number =>
  value ?? (denominator === 0 ? 0 : (100 * numerator) / denominator);

const minus = (total: Figure, difference: Figure): Figure =>
  total.value === undefined
    ? {
        numerator: (total.numerator ?? 0) - (difference.numerator ?? 0),
        denominator: (total.denominator ?? 0) - (difference.denominator ?? 0),
      }
    : { value: total.value - (difference.value ?? 0) };

/** @param changes newest first, as they are answered; `undefined` where there is none */
export function timelineOf(changes: readonly FigureChange[]): Timeline | undefined {
  const oldestFirst = [...changes].reverse();
  const [first] = oldestFirst;
  const last = changes[0];
  if (!first || !last) return undefined;
  const start = drawn(minus(first.total, first.difference));
  const values = oldestFirst.map(({ total }) => drawn(total));
  const [least, most] = [Math.min(start, ...values), Math.max(start, ...values)];
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const xOf = (at: string) => scaled(Date.parse(at), from, to, width);
  const yOf = (value: number) => height - scaled(value, least, most, height);
  const marks = oldestFirst.map((change) => ({ x: xOf(change.at), y: yOf(drawn(change.total)), change }));
  const steps = marks.map(({ x, y }) => `H${round(x)}V${round(y)}`);
  const path = `M0 ${round(yOf(start))}${steps.join('')}H${width}`;
  return { marks, path, least, most, isPercent: first.total.value === undefined, from, to };
}

/** A place between margins; the middle where all are the same. */
const scaled = (value: number, least: number, most: number, length: number): number =>
  most === least ? length / 2 : margin + ((value - least) / (most - least)) * (length - 2 * margin);

const round = (place: number): number => Math.round(place * 10) / 10;

/** Where an instant is on the line; `undefined` where it is off it. */
export function placeOf({ from, to }: Timeline, instant: string): number | undefined {
  const at = Date.parse(instant);
  return at < from || at > to ? undefined : scaled(at, from, to, width);
}
