/**
 * Report windows, as the page needs them: which codes exist, what days they run over, what follows what.
 *
 * Nghị định 09/2019/NĐ-CP, article 12: month m runs from the 15th of the month before to the 14th of m; quarters, half years, nine months
 * and the year are made of months. Days are plain `YYYY-MM-DD` text, for Vietnam's calendar and not the browser's.
 */
export type WindowKind = 'month' | 'quarter' | 'half' | 'nine' | 'year';

export interface ReportWindow {
  code: string;
  kind: WindowKind;
  year: number;
  /** The place among windows of its kind in the year, from 1. */
  index: number;
  firstMonth: number;
  lastMonth: number;
}

/** The contract's bounds: no report is taken for a month outside them. */
export const firstYear = 2025;
const lastYear = 2030;

const pattern = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|(9M)))?$/;
/** Vietnam has no daylight saving time. */
const vietnamOffset = 7 * 3_600_000;

const spanOf = (code: string, kind: WindowKind, year: number, index: number, months: number): ReportWindow => ({
  code,
  kind,
  year,
  index,
  firstMonth: (index - 1) * months + 1,
  lastMonth: index * months,
});

/** The window that a code names, or `undefined` where it names none. */
export function parseWindow(code: string): ReportWindow | undefined {
  const match = pattern.exec(code);
  const year = Number(match?.[1]);
  if (!match || year < firstYear || year > lastYear) return undefined;
  if (match[2]) return spanOf(code, 'month', year, Number(match[2]), 1);
  if (match[3]) return spanOf(code, 'quarter', year, Number(match[3]), 3);
  if (match[4]) return spanOf(code, 'half', year, Number(match[4]), 6);
  if (match[5]) return spanOf(code, 'nine', year, 1, 9);
  return spanOf(code, 'year', year, 1, 12);
}

const two = (value: number): string => String(value).padStart(2, '0');

const monthCode = (year: number, month: number): string => `${year}-${two(month)}`;

/** The first and the last day of a window. */
export function daysOf(window: ReportWindow): { from: string; to: string } {
  const before = window.firstMonth === 1 ? [window.year - 1, 12] : [window.year, window.firstMonth - 1];
  return {
    from: `${before[0]}-${two(before[1] ?? 12)}-15`,
    to: `${window.year}-${two(window.lastMonth)}-14`,
  };
}

/** The day in Vietnam at an instant. */
export const vietnamDay = (now: Date): string => new Date(now.getTime() + vietnamOffset).toISOString().slice(0, 10);

/** Whether a window's last day has passed. */
export const isOver = (window: ReportWindow, now: Date): boolean => daysOf(window).to < vietnamDay(now);

/** The report month in which an instant lies. */
export function currentMonth(now: Date): string {
  const [year = firstYear, month = 1, day = 1] = vietnamDay(now).split('-').map(Number);
  if (day < 15) return monthCode(year, month);
  return month === 12 ? monthCode(year + 1, 1) : monthCode(year, month + 1);
}

const suffixes: Record<WindowKind, string[]> = {
  month: Array.from({ length: 12 }, (_, i) => `-${two(i + 1)}`),
  quarter: ['-Q1', '-Q2', '-Q3', '-Q4'],
  half: ['-H1', '-H2'],
  nine: ['-9M'],
  year: [''],
};

export const windowKinds: WindowKind[] = ['month', 'quarter', 'half', 'nine', 'year'];

/** The windows of a kind in a year that have begun by an instant; no figure can exist for the others. */
export function begunWindows(kind: WindowKind, year: number, now: Date): ReportWindow[] {
  const today = vietnamDay(now);
  return suffixes[kind]
    .map((suffix) => parseWindow(`${year}${suffix}`))
    .filter((window): window is ReportWindow => window !== undefined && daysOf(window).from <= today);
}

/** The window of the same kind `step` places later (or earlier), if it is within bounds and has begun. */
export function neighbour(window: ReportWindow, step: 1 | -1, now: Date): ReportWindow | undefined {
  const count = suffixes[window.kind].length;
  const place = window.year * count + (window.index - 1) + step;
  const suffix = suffixes[window.kind][place % count] ?? '';
  const next = parseWindow(`${Math.floor(place / count)}${suffix}`);
  return next && daysOf(next).from <= vietnamDay(now) ? next : undefined;
}

/** Whether a report month is part of a window. */
export function holdsMonth(window: ReportWindow, month: string): boolean {
  const other = parseWindow(month);
  if (other?.kind !== 'month' || other.year !== window.year) return false;
  return window.firstMonth <= other.index && other.index <= window.lastMonth;
}

/** The windows that a month is part of, the shortest first: the month itself, its quarter, half year, nine months where it is of them, year. */
export function windowsHolding(month: string): ReportWindow[] {
  const year = month.slice(0, 4);
  return windowKinds.flatMap((kind) =>
    suffixes[kind].flatMap((suffix) => {
      const window = parseWindow(`${year}${suffix}`);
      return window && holdsMonth(window, month) ? window : [];
    }),
  );
}
