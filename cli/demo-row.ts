/**
 * A unit's month as a row of numbers: every indicator's slots (layout.ts), filled by demo-figures.ts, written by demo-event.ts.
 *
 * Totals are always made from their categories here, so that a breakdown adds up whatever was drawn.
 */
import { indicatorIndex, layout } from '#domain';

export type Row = Float64Array;

/** Index of an indicator that the catalogue must have. */
const indexOf = (code: string): number => {
  const index = indicatorIndex(code);
  if (index === undefined) throw new Error(`the catalogue has no indicator ${code}`);
  return index;
};

/** A setter for an indicator without categories: a value, or numerator and denominator. */
export const single = (code: string) => {
  const { start, fields } = layout[indexOf(code)];
  const isRatio = fields.length === 2;
  return (row: Row, first: number, second = 0): void => {
    row[start] = first;
    if (isRatio) row[start + 1] = second;
  };
};

/** A setter for an indicator by its categories, in catalogue order; a ratio's categories give numerator and denominator. */
export const parts = (code: string) => {
  const { start, fields, width } = layout[indexOf(code)];
  const step = fields.length;
  return (row: Row, ...numbers: readonly number[]): void => {
    row.fill(0, start, start + width);
    for (let n = 0; n < numbers.length; n += 1) {
      row[start + step + n] = numbers[n];
      row[start + (n % step)] += numbers[n];
    }
  };
};
