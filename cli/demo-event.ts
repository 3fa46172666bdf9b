/**
 * Demonstration events as text: CloudEvents 1.0 in structured JSON, written out by hand because half a million are made.
 *
 * An event's id follows from the seed, the cell and the revision, so that a demonstration published twice, or again a month
 * later, repeats itself instead of adding anything.
 */
import { indicators, layout, REPORTED, RETRACTED } from '#domain';
import type { Row } from './demo-row.js';

export interface DemoEvent {
  /** The Kafka key: the unit's code, but for an event that is wrong on purpose. */
  readonly key: string;
  /** The JSON text of the CloudEvent, or rubbish. */
  readonly value: string;
}

export interface Cell {
  readonly seed: number;
  readonly unit: string;
  readonly indicator: string;
  readonly period: string;
}

const ICT_MS = 7 * 3_600_000;
/** An instant as the units write it: local time with its offset. */
const timeText = (ms: number): string => `${new Date(ms + ICT_MS).toISOString().slice(0, 19)}+07:00`;

const head = (cell: Cell, revision: number, time: number, type: string): string =>
  `{"specversion":"1.0","id":"demo-${cell.seed}-${cell.unit}-${cell.period}-${cell.indicator}-${revision}"` +
  `,"source":"/units/${cell.unit}","type":"${type}","time":"${timeText(time)}","datacontenttype":"application/json"` +
  `,"data":{"unit":"${cell.unit}","indicator":"${cell.indicator}","period":"${cell.period}","revision":${revision}`;

/** A report of a figure in the form that `figureText` writes, dated `time` (milliseconds since the epoch). */
export const reportedEvent = (cell: Cell, revision: number, time: number, figure: string): DemoEvent => ({
  key: cell.unit,
  value: `${head(cell, revision, time, REPORTED)},${figure}}}`,
});

/** The cell taken back. */
export const retractedEvent = (cell: Cell, revision: number, time: number): DemoEvent => ({
  key: cell.unit,
  value: `${head(cell, revision, time, RETRACTED)}}}`,
});

/**
 * The measure fields of a figure, without braces.
 *
 * @param part 1 for the figure as it is; less to understate it (numerators and values only): the first try of a correction
 * @param detailed whether a breakdown that nobody requires is given
 */
export const figureText = (row: Row, index: number, detailed: boolean, part = 1): string => {
  const { start, fields, categories } = layout[index];
  const [isRatio, required] = [fields.length === 2, indicators[index].code === 'e'];
  if (categories.length === 0 || !(detailed || required)) return measure(row, start, isRatio, part);
  let [upper, lower, given] = [0, 0, ''];
  for (let n = 0; n < categories.length; n += 1) {
    const at = start + fields.length * (n + 1);
    const size = row[isRatio ? at + 1 : at];
    if (size === 0) continue;
    upper += Math.floor(row[at] * part);
    lower += size;
    given += `${given === '' ? '' : ','}"${categories[n]}":{${measure(row, at, isRatio, part)}}`;
  }
  const total = isRatio ? `"numerator":${upper},"denominator":${lower}` : `"value":${upper}`;
  return given === '' ? total : `${total},"breakdown":{${given}}`;
};

const measure = (row: Row, at: number, isRatio: boolean, part: number): string => {
  const upper = Math.floor(row[at] * part);
  return isRatio ? `"numerator":${upper},"denominator":${row[at + 1]}` : `"value":${upper}`;
};
