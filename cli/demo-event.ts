/**
 * Demonstration events as text: CloudEvents 1.0 in structured JSON, written out by hand because half a million are made.
 *
 * A month is held as drafts, a few numbers each, and an event's text is made only when it is handed out: kept as text, a
 * month spends two thirds of its time in the garbage collector. An event's id follows from the seed, the cell and the
 * revision, so that a demonstration published twice, or again a month later, repeats itself instead of adding anything.
 */
import { indicators, layout, REPORTED, RETRACTED } from '#domain';
import type { Row } from './demo-row.js';

export interface DemoEvent {
  /** The Kafka key: the unit's code, but for an event that is wrong on purpose. */
  readonly key: string;
  /** The JSON text of the CloudEvent, or rubbish. */
  readonly value: string;
}

/** A unit's month as it fills it in. */
export interface Sheet {
  readonly seed: number;
  readonly unit: string;
  readonly period: string;
  readonly row: Row;
  /** Whether breakdowns that nobody requires are given. */
  readonly detailed: boolean;
}

/** An event to be. */
export interface Draft {
  readonly sheet: Sheet;
  /** The indicator's index in the catalogue. */
  readonly index: number;
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** 1: the figure as it is; less: understated, the first try of a correction; 0: a retraction. */
  readonly part: number;
  /** Makes rubbish in its place. */
  readonly spoil?: (sheet: Sheet, time: number) => DemoEvent;
}

export const eventOf = (draft: Draft): DemoEvent => {
  const { sheet, index, revision, time, part, spoil } = draft;
  if (spoil !== undefined) return spoil(sheet, time);
  const { code } = indicators[index];
  if (part === 0) return { key: sheet.unit, value: `${head(sheet, code, revision, time, RETRACTED)}}}` };
  return reportedEvent(sheet, code, revision, time, figureText(draft));
};

/** A report with the measure fields given as text, without braces. */
export const reportedEvent = (
  sheet: Sheet,
  indicator: string,
  revision: number,
  time: number,
  figure: string,
): DemoEvent => ({ key: sheet.unit, value: `${head(sheet, indicator, revision, time, REPORTED)},${figure}}}` });

const head = ({ seed, unit, period }: Sheet, indicator: string, revision: number, time: number, type: string): string =>
  `{"specversion":"1.0","id":"demo-${seed}-${unit}-${period}-${indicator}-${revision}","source":"/units/${unit}",` +
  `"type":"${type}","time":"${timeText(time)}","datacontenttype":"application/json",` +
  `"data":{"unit":"${unit}","indicator":"${indicator}","period":"${period}","revision":${revision}`;

const ICT_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const two: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const days = new Map<number, string>();

/** An instant as the units write it: local time with its offset, to the second. A few hundred days occur, so they are kept. */
const timeText = (ms: number): string => {
  const day = Math.floor((ms + ICT_MS) / DAY_MS);
  let date = days.get(day);
  if (date === undefined) days.set(day, (date = new Date(day * DAY_MS).toISOString().slice(0, 11)));
  const second = Math.floor((ms + ICT_MS - day * DAY_MS) / 1000);
  const minute = Math.floor(second / 60);
  return `${date}${two[Math.floor(minute / 60)]}:${two[minute % 60]}:${two[second % 60]}+07:00`;
};

const figureText = ({ sheet: { row, detailed }, index, part }: Draft): string => {
  const { start, fields, categories } = layout[index];
  const [isRatio, isRequired] = [fields.length === 2, indicators[index].code === 'e'];
  if (categories.length === 0 || !(detailed || isRequired)) return measure(row, start, isRatio, part);
  let upper = 0;
  let given = '';
  for (let n = 0; n < categories.length; n += 1) {
    const at = start + fields.length * (n + 1);
    if (row[isRatio ? at + 1 : at] === 0) continue;
    upper += understated(row[at], part);
    given += `${given === '' ? '' : ','}"${categories[n]}":{${measure(row, at, isRatio, part)}}`;
  }
  const total = isRatio ? `"numerator":${upper},"denominator":${row[start + 1]}` : `"value":${upper}`;
  return given === '' ? total : `${total},"breakdown":{${given}}`;
};

const measure = (row: Row, at: number, isRatio: boolean, part: number): string => {
  const upper = understated(row[at], part);
  return isRatio ? `"numerator":${upper},"denominator":${row[at + 1]}` : `"value":${upper}`;
};

/** Money stays in round sums. */
const understated = (number: number, part: number): number =>
  number < 1_000_000 ? Math.floor(number * part) : Math.floor((number * part) / 100_000) * 100_000;
