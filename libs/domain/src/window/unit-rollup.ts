/**
 * A single reporting unit's rollups, from the months of its year.
 *
 * A commune's windows are few sums over at most twelve months, so they are made when somebody looks, never stored.
 */
import { indicators } from '../reference/catalogue.js';
import { exactSum } from '../exact/figure.js';
import { layout } from '../reference/layout.js';
import { monthCode, monthsOfWindow } from './period.js';
import { rollupFrom, type Rollup } from './rollup.js';
import { expectedReporters, type Unit } from '../reference/unit.js';

/** Live cells of a month by indicator code: the numbers in slot order, null where a category was not given. */
export type MonthCells = Readonly<Record<string, readonly (number | null)[]>>;

/**
 * Rollups of one reporting unit for a window; `monthOf` gives the live cells of a month (`2026-03`) if there are any.
 *
 * @param only the code of the one indicator that is asked for; undefined: all of them
 */
export const unitRollups = (
  unit: Unit,
  window: number,
  monthOf: (month: string) => MonthCells | undefined,
  only?: string,
): Rollup[] => {
  const months = monthsOfWindow(window).map((index) => monthOf(monthCode(index)));
  return indicators.flatMap((indicator, index) => {
    if (only !== undefined && indicator.code !== only) return [];
    const cells = months.map((month) => month?.[indicator.code]);
    const live = cells.filter((cell) => cell !== undefined);
    if (live.length === 0) return [];
    const figure = indicator.over_time === 'last' ? (live.at(-1) ?? []) : addCells(live);
    const { fields } = layout[index];
    const occurs = (category: number) => (figure[(category + 1) * fields.length] ?? null) !== null;
    const current = cells.at(-1) === undefined ? 0 : 1;
    return [
      rollupFrom(index, figure, 0, occurs, { expected: expectedReporters(unit, indicator), reported: 1, current }),
    ];
  });
};

const addCells = (cells: readonly (readonly (number | null)[])[]): (number | null)[] => {
  const width = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: width }, (_, slot) =>
    cells.reduce<number | null>((sum, cell) => {
      const number = cell[slot] ?? null;
      return number === null ? sum : Number(exactSum(sum ?? 0, number));
    }, null),
  );
};
