/**
 * Numbers, days and times as people in Vietnam write them (and in English where the page is in English).
 *
 * Times are shown in Asia/Ho_Chi_Minh wherever the browser is: deadlines and periods are Vietnam's.
 */
import type { Figure, PercentTarget, Rollup } from './api';
import type { ReportWindow } from './window';

export type Lang = 'vi' | 'en';

const locales: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' };
const timeZone = 'Asia/Ho_Chi_Minh';
const quarters = ['I', 'II', 'III', 'IV'];

/** Making a formatter costs far more than using it, and a busy page uses one for each of thousands of events. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const known = made.get(key) as T | undefined;
  if (known) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

export const formatNumber = (value: number, lang: Lang): string =>
  once(`number ${lang}`, () => new Intl.NumberFormat(locales[lang])).format(value);

/** A percentage given from 0 to 100, with two decimals at most. */
export const formatPercent = (percent: number, lang: Lang): string =>
  once(
    `percent ${lang}`,
    () => new Intl.NumberFormat(locales[lang], { style: 'percent', maximumFractionDigits: 2 }),
  ).format(percent / 100);

/** With two decimals always, so that decimals stand below each other in a column. */
export const formatPercentInColumn = (percent: number, lang: Lang): string =>
  once(
    `percent in column ${lang}`,
    () =>
      new Intl.NumberFormat(locales[lang], { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  ).format(percent / 100);

/** `2026-03-14` as 14/03/2026 or 14 Mar 2026. */
export function formatDay(day: string, lang: Lang): string {
  const month = lang === 'vi' ? '2-digit' : 'short';
  const make = () =>
    new Intl.DateTimeFormat(locales[lang], { day: '2-digit', month, year: 'numeric', timeZone: 'UTC' });
  return once(`day ${lang}`, make).format(new Date(`${day}T00:00:00Z`));
}

/** The time of day, with the day before it where that is not the day of `now`. */
export function formatTime(instant: string | number, lang: Lang, now: number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  const time = once(
    `time ${lang}`,
    () => new Intl.DateTimeFormat(locales[lang], { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }),
  ).format(date);
  const dayOf = once('iso', () => new Intl.DateTimeFormat('en-CA', { timeZone }));
  const day = dayOf.format(date);
  return day === dayOf.format(now) ? time : `${time}, ${formatDay(day, lang)}`;
}

/** What people call a window: Quý I/2026, Tháng 3/2026. */
export function windowName(window: ReportWindow, lang: Lang): string {
  const { kind, year, index } = window;
  if (lang === 'vi') {
    if (kind === 'month') return `Tháng ${index}/${year}`;
    if (kind === 'quarter') return `Quý ${quarters[index - 1] ?? index}/${year}`;
    if (kind === 'half') return `6 tháng ${index === 1 ? 'đầu' : 'cuối'} năm ${year}`;
    return kind === 'nine' ? `9 tháng năm ${year}` : `Năm ${year}`;
  }
  if (kind === 'month') {
    const make = () => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return once('month en', make).format(Date.UTC(year, index - 1, 1));
  }
  if (kind === 'quarter') return `Q${index} ${year}`;
  if (kind === 'half') return `${index === 1 ? 'First' : 'Second'} half of ${year}`;
  return kind === 'nine' ? `Nine months of ${year}` : `Year ${year}`;
}

const signs = { '>=': '≥', '>': '>' } as const;

export const formatGoal = (goal: Pick<PercentTarget, 'op' | 'percent'>, lang: Lang): string =>
  `${signs[goal.op]} ${formatPercent(goal.percent, lang)}`;

/** The figure in words: `12/30` or `7`; empty where there is none. */
export function formatFigure(figure: Figure, lang: Lang): string {
  if (typeof figure.value === 'number') return formatNumber(figure.value, lang);
  if (typeof figure.numerator !== 'number') return '';
  return `${formatNumber(figure.numerator, lang)} / ${formatNumber(figure.denominator ?? 0, lang)}`;
}

/** What a change adds or takes away, with its sign: `+5 / +10`, `−2`. */
export function formatDifference({ value, numerator, denominator }: Figure, lang: Lang): string {
  const make = () => new Intl.NumberFormat(locales[lang], { signDisplay: 'exceptZero' });
  const signed = (amount: number) => once(`signed ${lang}`, make).format(amount).replace('-', '−');
  if (typeof value === 'number') return signed(value);
  return typeof numerator === 'number' ? `${signed(numerator)} / ${signed(denominator ?? 0)}` : '';
}

/** A rollup's headline: its percentage, or its count where it is one. `undefined`: there is nothing to divide by. */
export function headline(rollup: Rollup, lang: Lang): string | undefined {
  if (typeof rollup.value === 'number') return formatNumber(rollup.value, lang);
  return rollup.percent === null ? undefined : formatPercent(rollup.percent, lang);
}

/** The percentage over the categories that a target looks at, or `undefined` where it looks at the whole figure. */
export function scopedPercent(rollup: Rollup): number | undefined {
  const scope = rollup.target && 'scope' in rollup.target ? rollup.target.scope : undefined;
  if (!scope || !rollup.breakdown) return undefined;
  let numerator = 0;
  let denominator = 0;
  for (const category of scope) {
    numerator += rollup.breakdown[category]?.numerator ?? 0;
    denominator += rollup.breakdown[category]?.denominator ?? 0;
  }
  return denominator === 0 ? undefined : (100 * numerator) / denominator;
}
