/** What a cell of the league table shows and is ordered by: the figure, its gap to the target, or its change since the window before. */
import type { Cell } from './api-table';
import type { Lang } from './format';
import type { Measure } from './page-state';

const amountOf = ({ value, percent }: Pick<Cell, 'value' | 'percent'>): number | null => value ?? percent;

/** Since the window before: in points of a percentage, else in what is counted; `null` where one of the two is not there. */
export function changeOf(cell: Cell): number | null {
  const now = amountOf(cell);
  const before = cell.before && amountOf(cell.before);
  // Percentages have two decimals; what a subtraction of doubles makes of them is rounded away.
  return now === null || before === null ? null : Math.round((now - before) * 100) / 100;
}

export function measured(cell: Cell | undefined, measure: Measure | undefined): number | null {
  if (!cell) return null;
  if (measure === 'gap') return cell.gap;
  return measure === 'change' ? changeOf(cell) : amountOf(cell);
}

const made = new Map<Lang, Intl.NumberFormat>();

/** With its sign; a real minus, as wide as the plus. */
export function signed(value: number, lang: Lang): string {
  let format = made.get(lang);
  if (!format) {
    const locale = lang === 'vi' ? 'vi-VN' : 'en-GB';
    format = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });
    made.set(lang, format);
  }
  return format.format(value).replace('-', '−');
}
