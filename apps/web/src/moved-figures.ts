/**
 * Which figures an event moved: the unit's own, in every window that its month is part of, before and after, and as they are now.
 *
 * A change of a cell moves the province's and the country's figure of the same window by the same difference, so the differences hold for these too.
 */
import type { Figure, FigureChange } from './api';
import { windowsHolding } from './window';

interface MovedFigure {
  window: string;
  before: Figure | null;
  after: Figure | null;
  difference: Figure;
  now: Figure | null;
}

export interface EventMoves {
  /** How the event became its cell's word, the last time that it did. */
  change: FigureChange;
  /** The shortest window first. */
  figures: MovedFigure[];
}

type Months = ReadonlyMap<string, Figure>;

const zero = (like: Figure): Figure => (like.value === undefined ? { numerator: 0, denominator: 0 } : { value: 0 });

const combined = (a: Figure, b: Figure, sign: 1 | -1): Figure =>
  a.value === undefined
    ? {
        numerator: (a.numerator ?? 0) + sign * (b.numerator ?? 0),
        denominator: (a.denominator ?? 0) + sign * (b.denominator ?? 0),
      }
    : { value: a.value + sign * (b.value ?? 0) };

/** A unit's figure of some months; null where none of them says anything. */
function figureOf(months: Months, within: (period: string) => boolean, overTime: 'last' | 'sum'): Figure | null {
  const live = [...months].filter(([period]) => within(period)).sort(([a], [b]) => (a < b ? -1 : 1));
  const figures = live.map(([, figure]) => figure);
  if (overTime === 'last') return figures.at(-1) ?? null;
  return figures.length === 0 ? null : figures.reduce((sum, figure) => combined(sum, figure, 1));
}

/**
 * @param changes of the unit's figure of the whole year, newest first, every one of them
 * @param event its id; undefined is answered where it never was its cell's word
 */
export function movesOf(
  changes: readonly FigureChange[],
  { unit, period, event }: { unit: string; period: string; event: string },
  overTime: 'last' | 'sum',
): EventMoves | undefined {
  const own = changes.filter((change) => change.unit === unit);
  const place = own.findIndex((change) => change.event?.id === event && change.period === period);
  const change = own[place];
  if (!change) return undefined;
  const [before, after, now] = [own.slice(place + 1), own.slice(place), own].map(monthsAfter) as [
    Months,
    Months,
    Months,
  ];
  const figures = windowsHolding(period).map((window) => {
    const months = new Set(monthsIn(window));
    const of = (all: Months) => figureOf(all, (each) => months.has(each), overTime);
    const [was, is] = [of(before), of(after)];
    const like = is ?? was ?? change.difference;
    const difference = combined(is ?? zero(like), was ?? zero(like), -1);
    return { window: window.code, before: was, after: is, difference, now: of(now) };
  });
  return { change, figures };
}

/** What the months say after some changes. @param changes newest first */
function monthsAfter(changes: readonly FigureChange[]): Months {
  const months = new Map<string, Figure>();
  for (const { period, after } of [...changes].reverse()) {
    if (after === null) months.delete(period);
    else months.set(period, after);
  }
  return months;
}

const monthsIn = ({ year, firstMonth, lastMonth }: { year: number; firstMonth: number; lastMonth: number }): string[] =>
  Array.from({ length: lastMonth - firstMonth + 1 }, (_, n) => `${year}-${String(firstMonth + n).padStart(2, '0')}`);
