/**
 * From records to what the stream says of them: one `rollup` event for each rollup, `reports` for a province's month.
 */
import type { WindowRollups } from '#contracts';
import {
  completenessOf,
  monthIndex,
  toExactJson,
  unitRollups,
  windowCode,
  windowIndex,
  windowsOfMonth,
  windowYear,
  WINDOWS_PER_YEAR,
  type Rollup,
  type Unit,
} from '#domain';
import type { CommuneMonths, MonthChange } from './commune-months.js';
import { withTargets } from './rollup-view.js';
import type { YearsBefore } from './years-before.js';

export interface StreamEvent {
  readonly name: 'rollup' | 'reports';
  readonly window: string;
  /** What it is the word of: a later event of the same figure says all that this one does. */
  readonly figure: string;
  readonly data: string;
}

interface WindowChange {
  readonly unit: Unit;
  readonly window: number;
  readonly items: readonly Rollup[];
  /** Indicators whose rollup may be another; undefined: all that there are. */
  readonly changed: Iterable<string>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A rollup of which nothing live is left is sent with a figure of null. */
const rollupEvents = ({ unit, window, items, changed, at }: WindowChange, years: YearsBefore): StreamEvent[] => {
  const updatedAt = new Date(at).toISOString();
  const codes = new Set(changed);
  const live = items.filter(({ indicator }) => codes.has(indicator)).map((rollup) => ({ ...rollup, updatedAt }));
  const head = { unit: unit.code, window: windowCode(window) };
  const shown = withTargets(unit, window, live, years.of(unit, windowYear(window))).map((item) => ({
    ...head,
    ...item,
  }));
  for (const { indicator } of live) codes.delete(indicator);
  const gone = [...codes].map((indicator) => ({ ...head, indicator, percent: null, reporting: null, updatedAt }));
  return [...shown, ...gone].map((event) => ({
    name: 'rollup',
    window: head.window,
    figure: `${unit.code}|${head.window}|${event.indicator}`,
    data: toExactJson(event),
  }));
};

/** A province's or the country's window. @param isWhole all of it, not only what has changed */
export const windowEvents = (
  unit: Unit,
  record: WindowRollups,
  at: number,
  years: YearsBefore,
  isWhole = false,
): StreamEvent[] => {
  const window = windowIndex(record.window);
  if (window === undefined) return [];
  const { items } = record;
  const changed = isWhole ? [...record.changed, ...items.map(({ indicator }) => indicator)] : record.changed;
  return rollupEvents({ unit, window, items, changed, at }, years);
};

/** How far the reports of a province's month have come. */
export const reportsEvents = (unit: Unit, { window: code, reports }: Omit<WindowRollups, 'items'>): StreamEvent[] => {
  const window = windowIndex(code);
  if (window === undefined || reports === undefined) return [];
  const { expected, reported, complete } = completenessOf(unit, window, () => reports, Infinity);
  const data = toExactJson({ unit: unit.code, window: code, expected, reported, complete });
  return [{ name: 'reports', window: code, figure: `${unit.code}|${code}|reports`, data }];
};

/** The windows that a commune's month is part of. */
export const monthEvents = (
  unit: Unit,
  months: CommuneMonths,
  { month, changed, at }: MonthChange,
  years: YearsBefore,
): StreamEvent[] => {
  const index = monthIndex(month);
  if (index === undefined) return [];
  return windowsOfMonth[index % 12].flatMap((place) => {
    const window = Math.floor(index / 12) * WINDOWS_PER_YEAR + place;
    return rollupEvents({ unit, window, items: unitRollups(unit, window, months.of), changed, at }, years);
  });
};
