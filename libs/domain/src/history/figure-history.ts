/**
 * The history of a figure: every change of a cell below it, in the order of their instants.
 *
 * A change of one cell moves each level above by the same difference, so the differences add up from nothing to the figure; where a window
 * counts the latest month, a change of an older one moves nothing, and stands there with a difference of nothing.
 */
import type { Report } from '../cell/cell.js';
import type { MonthDecisions, SaidSince } from '../decision/month-decisions.js';
import { exactSum, type Figure, type Whole } from '../exact/figure.js';
import { indicators } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import { skylinesOf } from './as-of.js';

/** The words of a reporting unit's month and what was decided of it. */
export interface MonthWords {
  /** Index among the reporting units. */
  readonly unit: number;
  /** Index of the month. */
  readonly month: number;
  readonly words: readonly Report[];
  readonly decisions: MonthDecisions;
}

export interface FigureChange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly unit: number;
  readonly month: number;
  /** What the cell says from then on; undefined: nothing. */
  readonly word: Report | undefined;
  /** Whether it was received at that instant, or a decision made at it says so. */
  readonly isDecided: boolean;
  /** Of the cell; null where it says nothing, or that it is taken back. */
  readonly before: Figure | null;
  readonly after: Figure | null;
  /** Of the figure asked for. */
  readonly difference: Figure;
  readonly total: Figure;
}

/** By instant, then unit, then month: the oldest first. */
export const figureHistory = (months: readonly MonthWords[], indicator: number): readonly FigureChange[] => {
  const changes = months.flatMap((month) => changesOf(month, indicator));
  changes.sort((a, b) => a.at - b.at || a.unit - b.unit || a.month - b.month);
  const units = new Map<number, UnitFigure>();
  let total = zeros(indicator);
  return changes.map(({ at, unit, month, word, isDecided, before }) => {
    const figure = units.get(unit) ?? new UnitFigure(indicator);
    units.set(unit, figure);
    const was = figure.amounts();
    figure.put(month, amountsOf(word, indicator));
    const difference = minus(figure.amounts(), was);
    total = plus(total, difference);
    const cell = (report: Report | undefined) => figureFrom(amountsOf(report, indicator));
    return {
      ...{ at, unit, month, word, isDecided, before: cell(before), after: cell(word) },
      ...{ difference: figureFrom(difference) as Figure, total: figureFrom(total) as Figure },
    };
  });
};

type CellChange = Pick<FigureChange, 'at' | 'unit' | 'month' | 'word' | 'isDecided'> & { readonly before?: Report };

const changesOf = ({ unit, month, words, decisions }: MonthWords, indicator: number): CellChange[] => {
  const ofCell = words.filter((word) => word.indicator === indicator);
  if (ofCell.length === 0) return [];
  const skyline = skylinesOf(ofCell).get(indicator) ?? [];
  const history: readonly SaidSince[] = decisions.historyOf(skyline, unit, indicator);
  return history.map(({ at, word }, n) => ({
    ...{ at, unit, month, word, isDecided: word?.receivedAt !== at },
    before: history[n - 1]?.word,
  }));
};

type Amounts = readonly Whole[];

/** What a unit's months add up to in the window. */
class UnitFigure {
  private readonly months = new Map<number, Amounts>();

  constructor(private readonly indicator: number) {}

  put(month: number, amounts: Amounts | undefined): void {
    if (amounts === undefined) this.months.delete(month);
    else this.months.set(month, amounts);
  }

  amounts(): Amounts {
    const { over_time } = indicators[this.indicator];
    if (over_time === 'sum') return [...this.months.values()].reduce(plus, zeros(this.indicator));
    return this.months.get(Math.max(...this.months.keys())) ?? zeros(this.indicator);
  }
}

const zeros = (indicator: number): Amounts => layout[indicator].fields.map(() => 0);

const amountsOf = (report: Report | undefined, indicator: number): Amounts | undefined =>
  report?.figure?.slice(0, layout[indicator].fields.length).map((number) => number ?? 0);

const plus = (a: Amounts, b: Amounts): Amounts => a.map((number, n) => exactSum(number, b[n]));
const minus = (a: Amounts, b: Amounts): Amounts => a.map((number, n) => exactSum(number, -b[n] as Whole));

const figureFrom = (amounts: Amounts | undefined): Figure | null => {
  if (amounts === undefined) return null;
  return amounts.length === 2 ? { numerator: amounts[0], denominator: amounts[1] } : { value: amounts[0] };
};
