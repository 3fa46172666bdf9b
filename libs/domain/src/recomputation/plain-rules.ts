/**
 * The rules of the figures once more, in the plainest words and from the reference data alone.
 *
 * The recomputation judges the stages, so nothing here comes from the code that the stages run: a fault of theirs would be repeated and
 * found right (held by `npm run check`). Every line follows contracts.md and domain.md, not a rule of this library; slow where slow
 * is plainer.
 */
import type { Report } from '../cell/cell.js';
import type { Decision } from '../decision/decision.js';
import type { Accepted } from '../event/nothing-arose.js';
import type { Figure } from '../exact/figure.js';
import type { UnitReports } from '../status/unit-reports.js';
import { indicators, type Indicator } from '../reference/catalogue.js';
import { units, type Unit } from '../reference/unit.js';

/** A report's `unit` counts in this list. */
const reporters = units.filter(({ level }) => level !== 'country');
export const country = units.find(({ level }) => level === 'country') as Unit;

export const unitOfReport = ({ unit }: Pick<Report, 'unit'>): Unit => reporters[unit];
export const indicatorOf = ({ indicator }: Report): Indicator => indicators[indicator];

/**
 * The reports that stand for what an event says: itself, or, where it names no indicator since nothing arose in the month, a report of
 * zeros for each indicator that its unit's level reports and whose `over_time` is `sum`.
 */
export const reportsSaidBy = (accepted: Accepted): readonly Report[] => {
  if ('indicator' in accepted) return [accepted];
  const { level } = unitOfReport(accepted);
  return indicators.flatMap((each, indicator) => {
    if (each.over_time !== 'sum' || !each.reported_by.some((reporting) => reporting === level)) return [];
    return [{ ...accepted, indicator, figure: each.kind === 'ratio' ? [0, 0] : [0] }];
  });
};

const unitsByCode = new Map(units.map((unit) => [unit.code, unit]));
export const unitNamed = (code: string): Unit => unitsByCode.get(code) as Unit;

export const provinceAbove = (unit: Unit): string => (unit.level === 'commune' ? unit.parent : unit.code);

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** `2026-03`; a report's `month` counts from January 2025. */
export const monthOf = ({ month }: Pick<Report, 'month'>): string =>
  `${2025 + Math.floor(month / 12)}-${two((month % 12) + 1)}`;

/** The windows that a month is part of: itself, its quarter, its half, nine months where it is one of them, its year. */
export const windowsWith = (month: string): string[] => {
  const year = month.slice(0, 4);
  const number = Number(month.slice(5));
  const windows = [month, `${year}-Q${Math.ceil(number / 3)}`, `${year}-H${number <= 6 ? 1 : 2}`, year];
  return number <= 9 ? [...windows, `${year}-9M`] : windows;
};

/** The last month of a window. */
export const lastMonthOf = (window: string): string => {
  const year = window.slice(0, 4);
  const rest = window.slice(5);
  if (rest === '') return `${year}-12`;
  if (rest === '9M') return `${year}-09`;
  if (rest.startsWith('Q')) return `${year}-${two(3 * Number(rest.slice(1)))}`;
  if (rest.startsWith('H')) return `${year}-${two(6 * Number(rest.slice(1)))}`;
  return window;
};

/** A report's numbers by name: the total's, and those of the categories that it gives, in the catalogue's order. */
export interface Numbers {
  readonly total: Readonly<Record<string, number>>;
  readonly breakdown: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

/** None for a retraction. */
export const numbersOf = (report: Report): Numbers | undefined => {
  const { figure } = report;
  if (figure === null) return undefined;
  const indicator = indicatorOf(report);
  const names = indicator.kind === 'ratio' ? ['numerator', 'denominator'] : ['value'];
  const from = (start: number) => Object.fromEntries(names.map((name, n) => [name, figure[start + n] as number]));
  const breakdown = new Map<string, Record<string, number>>();
  (indicator.breakdown ?? []).forEach((category, n) => {
    const start = names.length * (n + 1);
    if (start < figure.length && figure[start] !== null) breakdown.set(category, from(start));
  });
  return { total: from(0), breakdown };
};

/** By code point, as all languages can. */
const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let n = 0; n < left.length && n < right.length; n += 1) {
    const difference = (left[n].codePointAt(0) as number) - (right[n].codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

/** Keys sorted by code point, no spaces. */
const canonicalJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
};

/** An event's data as it was sent. */
const dataOf = (report: Report): Record<string, unknown> => {
  const { total, breakdown } = numbersOf(report) ?? { total: {}, breakdown: new Map() };
  const data = { unit: unitOfReport(report).code, indicator: indicatorOf(report).code, period: monthOf(report) };
  const parts = breakdown.size === 0 ? {} : { breakdown: Object.fromEntries(breakdown) as unknown };
  return { ...data, revision: report.revision, ...total, ...parts };
};

/** Whether a report of a cell wins over another: the greater revision, then time, then id, then data. */
export const winsOver = (next: Report, held: Report): boolean => {
  if (next.revision !== held.revision) return next.revision > held.revision;
  if (next.seconds !== held.seconds) return next.seconds > held.seconds;
  if (next.fraction !== held.fraction) return next.fraction.padEnd(40, '0') > held.fraction.padEnd(40, '0');
  if (next.id !== held.id) return compareText(next.id, held.id) > 0;
  return compareText(canonicalJson(dataOf(next)), canonicalJson(dataOf(held))) > 0;
};

/** 100 × numerator ÷ denominator, two decimals, half up; null where there is nothing to divide by. */
export const percentOfSums = (sums: ReadonlyMap<string, bigint>): number | null => {
  const numerator = sums.get('numerator') ?? 0n;
  const denominator = sums.get('denominator') ?? 0n;
  if (denominator === 0n) return null;
  const hundredths = (20_000n * numerator + denominator) / (2n * denominator);
  return Number(hundredths) / 100;
};

/** Sums as a figure: plain numbers, bigint beyond what a double holds. */
export const figureOf = (sums: ReadonlyMap<string, bigint>): Figure =>
  Object.fromEntries([...sums].map(([name, sum]) => [name, sum > 2n ** 53n - 1n ? sum : Number(sum)]));

/** How many units under a unit ought to report an indicator; counted once for each pair. */
export const expectedUnder = (unit: Unit, indicator: Indicator): number => {
  const key = `${unit.code}|${indicator.code}`;
  const known = expectedCounts.get(key);
  if (known !== undefined) return known;
  const isUnder = (other: Unit) => unit === country || other === unit || other.parent === unit.code;
  const count = reporters.filter((other) => isUnder(other) && reports(other, indicator)).length;
  expectedCounts.set(key, count);
  return count;
};
const expectedCounts = new Map<string, number>();

const reports = ({ level }: Unit, { reported_by }: Indicator): boolean =>
  reported_by.some((reporter) => reporter === level);

/**
 * As of which instant a cell is read, asked as of `asOf`: while its month is locked, as of the cut-off or what was accepted of the cell
 * since, whichever is later; decisions count from their own receipts on, in the order of their places.
 */
export const readAsOf = (cell: Report, decisions: readonly Decision[], asOf: number): number => {
  let until: number | undefined;
  for (const one of decisions) {
    if (one.receivedAt > asOf) continue;
    if (one.type === 'month.reopened') until = undefined;
    if (one.type === 'month.locked' && until === undefined) until = Math.min(one.cutOff, one.receivedAt);
  }
  if (until === undefined) return asOf;
  for (const one of decisions) {
    if (one.type !== 'correction.accepted' || one.receivedAt > asOf) continue;
    if (one.unit === cell.unit && one.indicator === cell.indicator)
      until = Math.max(until, Math.min(one.upTo, one.receivedAt));
  }
  return until;
};

/** Of all reports of a cell those that were the greatest known at some instant, by instant. */
export const wordsOf = (reports: readonly Report[]): readonly Report[] => {
  const words: Report[] = [];
  for (const next of [...reports].sort((a, b) => a.receivedAt - b.receivedAt)) {
    const last = words.at(-1);
    if (last !== undefined && !winsOver(next, last)) continue;
    if (last?.receivedAt === next.receivedAt) words.pop();
    words.push(next);
  }
  return words;
};

/** The first instant, in milliseconds, as of which one of a cell's reports known by then said more than that it is taken back. */
export const firstKnown = (reports: readonly Report[]): number => {
  const isReportedAt = (at: number): boolean => {
    const known = reports.filter(({ receivedAt }) => receivedAt <= at);
    return known.some((one) => one.figure !== null && !known.some((other) => winsOver(other, one)));
  };
  return Math.min(...reports.map(({ receivedAt }) => receivedAt).filter(isReportedAt));
};

/** Of the instants as of which a unit's live cells of a month were first known: how many, and the second of the last if none is missing. */
export const reportsOfUnit = (unit: Unit, firstKnownAt: readonly number[]): UnitReports[string] => {
  const expected = indicators.filter((indicator) => reports(unit, indicator)).length;
  return [firstKnownAt.length, firstKnownAt.length === expected ? Math.floor(Math.max(...firstKnownAt) / 1000) : 0];
};
