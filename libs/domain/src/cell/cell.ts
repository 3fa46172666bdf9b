/**
 * Cells: what a reporting unit says of one indicator in one month.
 *
 * Kafka may deliver a report twice, late or out of order. `compareReports` is a total order over everything that tells two
 * reports of a cell apart, so keeping the greatest is idempotent, commutative and associative: any delivery leads to the
 * same cell. `cell.spec.ts` holds it to that with shuffled, repeated streams.
 */
import { indicators } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import { monthCode } from '../window/period.js';
import { compareCodePoints } from '../exact/text-order.js';
import { reportingUnits } from '../reference/unit.js';

export interface Report {
  /** Index among the reporting units. */
  readonly unit: number;
  /** Index in the catalogue. */
  readonly indicator: number;
  /** Index of the month. */
  readonly month: number;
  readonly revision: number;
  /** The event's time: seconds since the epoch and decimals (instant.ts). */
  readonly seconds: number;
  readonly fraction: string;
  readonly id: string;
  /**
   * The numbers in slot order (layout.ts): the total's fields alone, or followed by those of every category, null where a
   * category was not given. Null for a retraction, which takes the cell back.
   */
  readonly figure: readonly (number | null)[] | null;
  /**
   * When the broker appended the event, milliseconds since the epoch; of an event that comes again the earliest. No part of the order: a
   * report that is received later does not rank higher (skyline.ts).
   */
  readonly receivedAt: number;
}

/** The order of reports of one cell: revision, time, id, canonical data (contracts.md, Events). Positive when `a` wins. */
export const compareReports = (a: Report, b: Report): number =>
  a.revision - b.revision ||
  a.seconds - b.seconds ||
  (a.fraction === b.fraction ? 0 : a.fraction < b.fraction ? -1 : 1) ||
  compareCodePoints(a.id, b.id) ||
  (sameFigure(a.figure, b.figure) ? 0 : compareCodePoints(canonicalData(a), canonicalData(b)));

const sameFigure = (a: Report['figure'], b: Report['figure']): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((number, slot) => number === b[slot]));

/** An event's data as canonical JSON: keys sorted by code point, no spaces. */
export const canonicalData = (report: Report): string => {
  const { fields, categories } = layout[report.indicator];
  const { figure } = report;
  const data: Record<string, unknown> = {};
  if (figure !== null && figure.length > fields.length) {
    const given = categories.flatMap((category, index) => {
      const at = (index + 1) * fields.length;
      return figure[at] === null ? [] : [[category, measure(report, at)] as const];
    });
    data.breakdown = Object.fromEntries([...given].sort(([a], [b]) => compareCodePoints(a, b)));
  }
  const total = figure === null ? {} : measure(report, 0);
  if ('denominator' in total) data.denominator = total.denominator;
  data.indicator = indicators[report.indicator].code;
  if ('numerator' in total) data.numerator = total.numerator;
  data.period = monthCode(report.month);
  data.revision = report.revision;
  data.unit = reportingUnits[report.unit].code;
  if ('value' in total) data.value = total.value;
  return JSON.stringify(data);
};

/** The fields of a total or category, keys sorted. */
const measure = (report: Report, at: number): Record<string, number> => {
  const { fields } = layout[report.indicator];
  const pairs = fields.map((field, index) => [field, report.figure?.[at + index] ?? 0] as const);
  return Object.fromEntries([...pairs].sort(([a], [b]) => compareCodePoints(a, b)));
};
