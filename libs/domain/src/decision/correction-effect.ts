/**
 * What a correction would change: the unit's own figure of every window that its month is part of, before and after.
 *
 * Sums are linear, so the same difference moves the province and the country. Where a window counts the latest month, a correction of an older
 * one moves nothing.
 */
import type { Report } from '../cell/cell.js';
import { exactSum, percentOf, type Figure, type Whole } from '../exact/figure.js';
import { skylinesOf } from '../history/as-of.js';
import type { MonthWords } from '../history/figure-history.js';
import { indicators } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import { reportingUnits } from '../reference/unit.js';
import { monthIndex, windowCode, windowsOfMonth, WINDOWS_PER_YEAR } from '../window/period.js';
import { unitRollups } from '../window/unit-rollup.js';
import type { HeldCorrection } from './held-corrections.js';
import { NOW } from './month-decisions.js';

interface PercentedFigure extends Figure {
  readonly percent: number | null;
}

/** Of one level and window; null: nothing is reported. */
export interface FigureEffect {
  readonly window: string;
  readonly before: PercentedFigure | null;
  readonly after: PercentedFigure | null;
  readonly difference: Figure;
}

/** Indexes of the windows that a month is part of, the shortest first. */
export const windowsAround = (month: number): readonly number[] =>
  windowsOfMonth[month % 12].map((shape) => Math.floor(month / 12) * WINDOWS_PER_YEAR + shape);

/** @param year every month that the correction's unit reported in its year */
export const effectOnUnit = (held: HeldCorrection, year: readonly MonthWords[]): readonly FigureEffect[] => {
  const { unit, indicator, month, word } = held;
  const now = new Map(year.map((each) => [each.month, saidIn(each, indicator)]));
  const then = new Map([...now, [month, word] as const]);
  return windowsAround(month).map((window) => {
    const figureOf = (said: ReadonlyMap<number, Report | undefined>): PercentedFigure | null => {
      const [rollup] = unitRollups(reportingUnits[unit], window, (code) => {
        const figure = said.get(monthIndex(code) as number)?.figure ?? null;
        return figure === null ? undefined : { [indicators[indicator].code]: figure };
      });
      return rollup === undefined ? null : percented(rollup, indicator);
    };
    const [before, after] = [figureOf(now), figureOf(then)];
    return { window: windowCode(window), before, after, difference: between(before, after, indicator) };
  });
};

/** The same of a level above, from what it is before. @param reported how many units under it are in the figure */
export const effectAbove = (
  own: FigureEffect,
  above: (Figure & { readonly reporting: { readonly reported: number } }) | undefined,
  indicator: number,
): FigureEffect => {
  const { window, difference } = own;
  const before = above === undefined ? null : percented(above, indicator);
  const reported = (above?.reporting.reported ?? 0) + (own.after === null ? 0 : 1) - (own.before === null ? 0 : 1);
  const fields = layout[indicator].fields.map((field) => [
    field,
    exactSum(before?.[field] ?? 0, difference[field] ?? 0),
  ]);
  const after = reported <= 0 ? null : percented(Object.fromEntries(fields) as Figure, indicator);
  return { window, before, after, difference };
};

const saidIn = ({ unit, words, decisions }: MonthWords, indicator: number): Report | undefined => {
  const skyline = skylinesOf(words.filter((word) => word.indicator === indicator)).get(indicator) ?? [];
  return decisions.wordAt(skyline, unit, indicator, NOW);
};

const percented = (figure: Figure, indicator: number): PercentedFigure => {
  const fields = layout[indicator].fields.map((field) => [field, figure[field] ?? 0]);
  const own = Object.fromEntries(fields) as Figure;
  return { ...own, percent: percentOf(own) };
};

const between = (before: Figure | null, after: Figure | null, indicator: number): Figure =>
  Object.fromEntries(
    layout[indicator].fields.map((field) => [field, exactSum(after?.[field] ?? 0, minus(before?.[field] ?? 0))]),
  );

const minus = (whole: Whole): Whole => (whole === 0 ? 0 : -whole);
