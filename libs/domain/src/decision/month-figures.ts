/**
 * The figures of a month as one text: what is signed is its hash.
 *
 * A line a live cell, by the codes of unit and indicator; what is not reported, or taken back, has none. Neither revisions nor instants stand
 * in it: it is the same where the figures are. How it is written never changes, or every signed hash would mean nothing.
 */
import type { Report } from '../cell/cell.js';
import type { Figure } from '../exact/figure.js';
import { compareCodePoints } from '../exact/text-order.js';
import { skylinesOf } from '../history/as-of.js';
import type { MonthWords } from '../history/figure-history.js';
import { indicators } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import { reportingUnits } from '../reference/unit.js';
import { NOW, type MonthDecisions } from './month-decisions.js';

/** Of a cell: its fields, and of each category that was given the same. */
export interface CellFigure extends Figure {
  readonly breakdown?: Readonly<Record<string, Figure>>;
}

/** What a report says; null where it takes the cell back. */
export const cellFigureOf = ({ indicator, figure }: Pick<Report, 'indicator' | 'figure'>): CellFigure | null => {
  if (figure === null) return null;
  const { fields, categories } = layout[indicator];
  const part = (at: number): Figure => Object.fromEntries(fields.map((field, n) => [field, figure[at + n] ?? 0]));
  const given = categories.flatMap((category, n) => {
    const at = (n + 1) * fields.length;
    return (figure[at] ?? null) === null ? [] : [[category, part(at)] as const];
  });
  return { ...part(0), ...(given.length === 0 ? {} : { breakdown: Object.fromEntries(given) }) };
};

/**
 * The text of some units' month.
 *
 * @param code of the province, or of the unit, that it is the month of
 * @param decisions of the month, as they are or as they would be (`asIfLocked`)
 */
export const figuresText = (
  code: string,
  period: string,
  months: readonly Pick<MonthWords, 'unit' | 'words'>[],
  decisions: MonthDecisions,
): string => {
  const lines = months.flatMap(({ unit, words }) =>
    [...skylinesOf(words)].flatMap(([indicator, skyline]) => {
      const figure = decisions.wordAt(skyline, unit, indicator, NOW)?.figure ?? null;
      return figure === null ? [] : [`${reportingUnits[unit].code} ${lineOf(indicator, figure)}`];
    }),
  );
  return [`${code} ${period}`, ...lines.sort(compareCodePoints)].join('\n');
};

/** `c numerator=12 denominator=30 addict.numerator=…`, in the catalogue's order. */
const lineOf = (indicator: number, figure: readonly (number | null)[]): string => {
  const { fields, categories } = layout[indicator];
  const names = ['', ...categories.map((category) => `${category}.`)].flatMap((of) =>
    fields.map((field) => `${of}${field}`),
  );
  const given = names.flatMap((name, slot) => {
    const number = figure[slot] ?? null;
    return number === null ? [] : [`${name}=${number}`];
  });
  return [indicators[indicator].code, ...given].join(' ');
};
