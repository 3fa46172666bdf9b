/**
 * Report periods: Nghị định 09/2019/NĐ-CP, article 12.
 *
 * Month m runs from the 15th of the month before to the 14th of m, in Asia/Ho_Chi_Minh (UTC+7, no summer time). Longer
 * windows are made of months. A month's index counts from 2025-01; a window's index is year × 20 + the shape of it:
 * twelve months, four quarters, two half years, nine months, the year.
 */
export const FIRST_YEAR = 2025;
export const LAST_YEAR = 2030;
export const YEARS = LAST_YEAR - FIRST_YEAR + 1;
export const MONTHS = YEARS * 12;
export const WINDOWS_PER_YEAR = 20;

const ICT_MS = 7 * 3_600_000;

interface WindowShape {
  readonly suffix: string;
  readonly first: number;
  readonly last: number;
}

const two = (n: number) => String(n).padStart(2, '0');

const shapes: readonly WindowShape[] = [
  ...Array.from({ length: 12 }, (_, m) => ({ suffix: `-${two(m + 1)}`, first: m, last: m })),
  ...Array.from({ length: 4 }, (_, q) => ({ suffix: `-Q${q + 1}`, first: 3 * q, last: 3 * q + 2 })),
  { suffix: '-H1', first: 0, last: 5 },
  { suffix: '-H2', first: 6, last: 11 },
  { suffix: '-9M', first: 0, last: 8 },
  { suffix: '', first: 0, last: 11 },
];

const bits = (first: number, last: number) => ((1 << (last + 1)) - 1) & ~((1 << first) - 1);

/** For each shape: the months it spans, as bits 0 to 11. */
export const windowMonthBits: readonly number[] = shapes.map(({ first, last }) => bits(first, last));
/** For each shape: its last month, 0 to 11. */
export const windowLastMonth: readonly number[] = shapes.map(({ last }) => last);
/** For each month of a year: the shapes of the windows that it is part of. */
export const windowsOfMonth: readonly (readonly number[])[] = Array.from({ length: 12 }, (_, m) =>
  shapes.flatMap(({ first, last }, shape) => (first <= m && m <= last ? [shape] : [])),
);

const monthCodes: readonly string[] = Array.from(
  { length: MONTHS },
  (_, index) => `${FIRST_YEAR + Math.floor(index / 12)}-${two((index % 12) + 1)}`,
);
const monthIndexes = new Map(monthCodes.map((code, index) => [code, index]));
const windowCodes: readonly string[] = Array.from(
  { length: YEARS * WINDOWS_PER_YEAR },
  (_, index) => `${FIRST_YEAR + Math.floor(index / WINDOWS_PER_YEAR)}${shapes[index % WINDOWS_PER_YEAR].suffix}`,
);
const windowIndexes = new Map(windowCodes.map((code, index) => [code, index]));

/** `2026-03` → its index; undefined for anything but a month from 2025-01 to 2030-12. */
export const monthIndex = (code: string): number | undefined => monthIndexes.get(code);
export const monthCode = (index: number): string => monthCodes[index];
/** `2026-03`, `2026-Q1`, `2026-H1`, `2026-9M` or `2026` → its index; undefined for anything else. */
export const windowIndex = (code: string): number | undefined => windowIndexes.get(code);
export const windowCode = (index: number): string => windowCodes[index];
export const windowYear = (index: number): number => FIRST_YEAR + Math.floor(index / WINDOWS_PER_YEAR);

export type WindowKind = 'month' | 'quarter' | 'half' | 'nine_months' | 'year';

export const windowKind = (index: number): WindowKind => {
  const shape = index % WINDOWS_PER_YEAR;
  if (shape < 12) return 'month';
  if (shape < 16) return 'quarter';
  if (shape < 18) return 'half';
  return shape === 18 ? 'nine_months' : 'year';
};

/** The month indexes of a window, in order. */
export const monthsOfWindow = (index: number): readonly number[] => {
  const { first, last } = shapes[index % WINDOWS_PER_YEAR];
  const january = Math.floor(index / WINDOWS_PER_YEAR) * 12;
  return Array.from({ length: last - first + 1 }, (_, n) => january + first + n);
};

/** The same window a year earlier, or undefined before 2025. */
export const sameWindowLastYear = (index: number): number | undefined =>
  index >= WINDOWS_PER_YEAR ? index - WINDOWS_PER_YEAR : undefined;

/** The window of the same kind just before; nine months and years look to the year before. Undefined before 2025. */
export const previousWindow = (index: number): number | undefined => {
  const shape = index % WINDOWS_PER_YEAR;
  const kind = windowKind(index);
  if (kind === 'nine_months' || kind === 'year') return sameWindowLastYear(index);
  const [first, last] = kind === 'month' ? [0, 11] : kind === 'quarter' ? [12, 15] : [16, 17];
  if (shape > first) return index - 1;
  return index >= WINDOWS_PER_YEAR ? index - WINDOWS_PER_YEAR - shape + last : undefined;
};

/** Milliseconds since the epoch of 00:00 in Asia/Ho_Chi_Minh on a day; month counts from 1 and may run over. */
export const ictMidnight = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) - ICT_MS;

/** The instant at which a month's period begins: the 15th of the month before, 00:00 in Asia/Ho_Chi_Minh. */
export const monthStart = (index: number): number => ictMidnight(FIRST_YEAR + Math.floor(index / 12), index % 12, 15);
/** The instant at which it is over: the 15th of the month, 00:00 in Asia/Ho_Chi_Minh. */
export const monthEnd = (index: number): number => monthStart(index + 1);

/** The day (`YYYY-MM-DD`) of an instant in Asia/Ho_Chi_Minh. */
export const ictDay = (ms: number): string => new Date(ms + ICT_MS).toISOString().slice(0, 10);

/** The index of the report month that an instant falls in; outside 2025 to 2030 the nearest. */
export const monthAt = (ms: number): number => {
  const [year, month, day] = ictDay(ms).split('-').map(Number);
  const index = (year - FIRST_YEAR) * 12 + month - 1 + (day >= 15 ? 1 : 0);
  return Math.min(Math.max(index, 0), MONTHS - 1);
};
