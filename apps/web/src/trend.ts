/**
 * An indicator's months of a year as they are drawn: a line over twelve places, broken where a month says nothing, over the same months of the
 * year before, with the target as a level.
 *
 * Each place is the month's own figure. Shares stand between 0 and 100 %, counts between 0 and the greatest that is drawn, so that a line does not
 * make much of little.
 */
import type { Figure } from './api';

/** A month's figure; null: nothing is reported of it. */
export interface TrendMonth {
  period: string;
  figure: Figure | null;
  /** Too few have reported it. */
  isProvisional: boolean;
}

export const trendWidth = 240;
export const trendHeight = 60;
const margin = 5;

export interface Trend {
  /** Path data. */
  line: string;
  before: string;
  marks: { x: number; y: number; month: TrendMonth }[];
  /** The height of the target, where there is one. */
  goal: number | undefined;
  isPercent: boolean;
  /** What the top stands for. */
  most: number;
}

/** A share of nothing is not drawn. */
export function drawnOf(figure: Figure | null): number | undefined {
  if (figure === null) return undefined;
  if (figure.value !== undefined) return figure.value;
  return figure.denominator ? (100 * (figure.numerator ?? 0)) / figure.denominator : undefined;
}

/** @param goal in percent, or a count that is to be passed. `undefined` is answered where no month of either year says anything */
export function trendOf(
  months: readonly TrendMonth[],
  before: readonly TrendMonth[],
  goal: number | undefined,
): Trend | undefined {
  const [own, earlier] = [months, before].map((year) => year.map(({ figure }) => drawnOf(figure))) as [
    (number | undefined)[],
    (number | undefined)[],
  ];
  const known = [...own, ...earlier].filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  const isPercent = [...months, ...before].some(({ figure }) => figure?.denominator !== undefined);
  const most = isPercent ? 100 : Math.max(1, goal ?? 0, ...known);
  const xOf = (n: number) => round(margin + (n / 11) * (trendWidth - 2 * margin));
  const yOf = (value: number) => round(trendHeight - margin - (value / most) * (trendHeight - 2 * margin));
  const pathOf = (values: (number | undefined)[]) =>
    values
      .map((value, n) => {
        if (value === undefined) return '';
        const isFirst = n === 0 || values[n - 1] === undefined;
        return `${isFirst ? 'M' : 'L'}${xOf(n)} ${yOf(value)}`;
      })
      .join('');
  return {
    line: pathOf(own),
    before: pathOf(earlier),
    marks: months.flatMap((month, n) => {
      const value = own[n];
      return value === undefined ? [] : [{ x: xOf(n), y: yOf(value), month }];
    }),
    goal: goal === undefined ? undefined : yOf(goal),
    ...{ isPercent, most },
  };
}

const round = (place: number): number => Math.round(place * 10) / 10;
