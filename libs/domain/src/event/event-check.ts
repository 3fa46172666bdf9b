/**
 * Event checks: from the bytes of a record to what it says, or to the first refusal that applies.
 *
 * The one gate for events: the HTTP intake and the check stage both call it, so an event meets the same answer by either
 * way. Written out by hand rather than walked from a schema because every event passes here once on the hot path.
 */
import { indicatorIndex, indicators } from '../reference/catalogue.js';
import { checkEnvelope, checkLengths, checkTime, dataOf, isAhead, isShort, withoutMark } from './event-envelope.js';
import { readEvent, type EventFields, type Measure } from './event-reader.js';
import { checkFigure, figureRules, type FigureRules } from './figure-check.js';
import type { Accepted } from './nothing-arose.js';
import { personalDataIn } from './personal-data.js';
import { monthIndex, monthStart } from '../window/period.js';
import { refused, type Refusal } from './refusal.js';
import { isOfProvince, reportingUnitIndex, reportingUnits } from '../reference/unit.js';

export const REPORTED = 'vn.duan5.indicator.reported.v1';
export const RETRACTED = 'vn.duan5.indicator.retracted.v1';
export const NOTHING_AROSE = 'vn.duan5.month.nothing-arose.v1';
export const MAX_EVENT_BYTES = 65_536;

export interface RawEvent {
  /** Size as received. */
  readonly bytes: number;
  /** The bytes as UTF-8 text; undefined if they are not UTF-8. */
  readonly text: string | undefined;
  /** The Kafka key; undefined if there was none. Over HTTP there is no key to check: `ANY_KEY`. */
  readonly key: string | undefined | typeof ANY_KEY;
  /** When it was received, milliseconds since the epoch: the record's timestamp. */
  readonly receivedAt: number;
  /** The only province whose events the way that it came by admits; left out: all. */
  readonly province?: string;
}
export const ANY_KEY = Symbol('an event that came without a key of its own');

type Json = Record<string, unknown>;

export const isRefusal = (outcome: Accepted | Refusal): outcome is Refusal => 'code' in outcome;

/** Checks an event in the order that the contract gives. */
export const checkEvent = (raw: RawEvent): Accepted | Refusal => {
  if (raw.bytes > MAX_EVENT_BYTES) return refused('TOO_LARGE', '', `larger than ${MAX_EVENT_BYTES} bytes`);
  const text = raw.text === undefined ? undefined : withoutMark(raw.text);
  const usual = text === undefined ? undefined : readEvent(text);
  if (usual !== undefined && hasOwnFieldsOnly(usual)) {
    const outcome = checkFields(usual, raw);
    return isRefusal(outcome) ? withId(outcome, usual.id) : outcome;
  }
  const event = parseObject(text);
  if (event === undefined) return refused('MALFORMED_JSON', '', 'not UTF-8 JSON, or not one object');
  const fields = checkShape(event);
  const outcome = 'code' in fields ? fields : checkFields(fields, raw);
  if (isRefusal(outcome)) return withId(outcome, event.id);
  const { id, source, time } = fields as EventFields;
  const fault = personalDataIn(text as string, event, [id, source, time, (fields as EventFields).type]);
  return fault === undefined ? outcome : withId(fault, id);
};

/** An id that is longer than it may be is not repeated to anyone. */
const withId = (refusal: Refusal, id: unknown): Refusal =>
  typeof id === 'string' && isShort(id) ? { ...refusal, id } : refusal;

/** Whether an event in the usual form, which names an indicator, has no field that does not belong to its type. */
const hasOwnFieldsOnly = ({ type, numerator, denominator, value, breakdown }: EventFields): boolean => {
  if (type !== RETRACTED) return type !== NOTHING_AROSE;
  return numerator === undefined && denominator === undefined && value === undefined && !breakdown;
};

const parseObject = (text: string | undefined): Json | undefined => {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a parsed event, or what is wrong with its shape. */
const checkShape = (event: Json): EventFields | Refusal => {
  const envelope = checkEnvelope(event);
  if (envelope !== undefined) return envelope;
  const [id, source, type, time] = [event.id, event.source, event.type, event.time] as string[];
  const data = dataOf(event) as Json & Pick<EventFields, 'unit' | 'indicator' | 'period' | 'revision'>;
  const fault = checkLengths(id, source, time) ?? checkTimeAndType(time, type) ?? checkData(event, data, type);
  if (fault !== undefined) return fault;
  const { unit, indicator, period, revision } = data;
  const breakdown =
    data.breakdown === undefined
      ? undefined
      : Object.entries(data.breakdown as Record<string, Json>).map(([category, part]) => ({
          category,
          ...measureOf(part),
        }));
  return { id, source, type, time, unit, indicator, period, revision, ...measureOf(data), breakdown };
};

const measureOf = ({ numerator, denominator, value }: Json): Measure => ({
  numerator: plain(numerator),
  denominator: plain(denominator),
  value: plain(value),
});
/** JSON knows -0. */
const plain = (number: unknown): number | undefined => (number === undefined ? undefined : (number as number) + 0);

const checkTimeAndType = (time: string, type: string): Refusal | undefined => {
  const instant = checkTime(time);
  return 'code' in instant ? instant : checkType(type);
};

const checkType = (type: string): Refusal | undefined =>
  type === REPORTED || type === RETRACTED || type === NOTHING_AROSE
    ? undefined
    : refused('UNKNOWN_TYPE', '/type', `type is none of ${REPORTED}, ${RETRACTED} and ${NOTHING_AROSE}`);

/** What the fields say, in the order of the contract. Their shape is right. */
const checkFields = (event: EventFields, raw: RawEvent): Accepted | Refusal => {
  const fault = checkLengths(event.id, event.source, event.time);
  if (fault !== undefined) return fault;
  const time = checkTime(event.time);
  if ('code' in time) return time;
  const strange = checkType(event.type);
  if (strange !== undefined) return strange;
  const unit = reportingUnitIndex(event.unit);
  if (unit === undefined) return refused('UNKNOWN_UNIT', '/data/unit', 'unit is not a commune or a province');
  if (event.source !== sources[unit]) return refused('SOURCE_MISMATCH', '/source', 'source is not /units/ + unit');
  if (raw.key !== ANY_KEY && raw.key !== event.unit)
    return refused('SOURCE_MISMATCH', '/data/unit', 'the Kafka key is not unit');
  const { province } = raw;
  if (province !== undefined && !isOfProvince(reportingUnits[unit], province))
    return refused('SOURCE_MISMATCH', '/source', `source is not of province ${province}, whose topic it came by`);
  const indicator = event.type === NOTHING_AROSE ? WHOLE_MONTH : checkIndicator(event.indicator, unit);
  if (typeof indicator !== 'number') return indicator;
  const month = monthIndex(event.period);
  if (month === undefined)
    return refused('INVALID_PERIOD', '/data/period', 'period is not YYYY-MM from 2025-01 to 2030-12');
  if (monthStart(month) > raw.receivedAt)
    return refused('FUTURE_PERIOD', '/data/period', 'period begins after the day of receipt');
  if (isAhead(time, raw.receivedAt))
    return refused('FUTURE_TIME', '/time', 'time is more than five minutes after the receipt');
  const { revision, id } = event;
  const { seconds, fraction } = time;
  const { receivedAt } = raw;
  if (indicator === WHOLE_MONTH) return { unit, month, revision, seconds, fraction, id, receivedAt };
  const figure = event.type === REPORTED ? checkFigure(event, rules[indicator]) : null;
  if (figure !== null && 'code' in figure) return figure;
  return { unit, indicator, month, revision, seconds, fraction, id, figure, receivedAt };
};

/** In the place of an indicator's index where an event names none. */
const WHOLE_MONTH = -1;

const checkIndicator = (code: string, unit: number): number | Refusal => {
  const indicator = indicatorIndex(code);
  if (indicator === undefined)
    return refused('UNKNOWN_INDICATOR', '/data/indicator', 'indicator is not in the catalogue');
  const level = reportingUnits[unit].level as 'commune' | 'province';
  return indicators[indicator].reported_by.includes(level)
    ? indicator
    : refused('LEVEL_NOT_ALLOWED', '/data/indicator', `a ${level} does not report this indicator`);
};

const sources: readonly string[] = reportingUnits.map(({ code }) => `/units/${code}`);

const textsOfCell: readonly string[] = ['unit', 'indicator', 'period'];
const textsOfMonth: readonly string[] = ['unit', 'period'];
const measures = new Set(['numerator', 'denominator', 'value']);

const checkData = ({ data_base64: base64 }: Json, data: unknown, type: string): Refusal | undefined =>
  data === undefined && base64 !== undefined
    ? refused('SCHEMA', '/data_base64', 'data_base64 is not JSON text in base64')
    : checkSchema(data, type);

const checkSchema = (data: unknown, type: string): Refusal | undefined => {
  if (!isObject(data)) return refused('SCHEMA', '/data', 'data is not an object');
  const texts = type === NOTHING_AROSE ? textsOfMonth : textsOfCell;
  for (const field of texts) {
    if (typeof data[field] !== 'string') return refused('SCHEMA', `/data/${field}`, `${field} is missing or not text`);
  }
  if (!isWhole(data.revision) || data.revision === 0) {
    return refused('SCHEMA', '/data/revision', 'revision is not a whole number from 1');
  }
  for (const field of Object.keys(data)) {
    if (field === 'revision' || texts.includes(field)) continue;
    if (type !== REPORTED || (field !== 'breakdown' && !measures.has(field))) {
      return refused('SCHEMA', pointerTo(field), 'a field that does not belong');
    }
    const fault =
      field === 'breakdown' ? checkBreakdownSchema(data.breakdown) : checkNumber(data[field], '/data', field);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const checkBreakdownSchema = (breakdown: unknown): Refusal | undefined => {
  if (!isObject(breakdown)) return refused('SCHEMA', '/data/breakdown', 'breakdown is not an object');
  for (const category of Object.keys(breakdown)) {
    const fault = checkPartSchema(breakdown[category], category);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const checkPartSchema = (part: unknown, category: string): Refusal | undefined => {
  if (!isObject(part)) return refused('SCHEMA', pointerTo('breakdown', category), 'a category is not an object');
  for (const field of Object.keys(part)) {
    if (!measures.has(field))
      return refused('SCHEMA', pointerTo('breakdown', category, field), 'a field that does not belong');
    if (!isWhole(part[field])) return checkNumber(part[field], pointerTo('breakdown', category), field);
  }
  return undefined;
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const checkNumber = (value: unknown, parent: string, field: string): Refusal | undefined =>
  isWhole(value) ? undefined : refused('SCHEMA', `${parent}/${field}`, 'not a whole number from 0 to 9007199254740991');

/** What is meant; of a name of the sender's own making, which may be a person's, what it stands in. */
const pointerTo = (...path: string[]): string => {
  const strange = path.findIndex((token) => !pointedNames.has(token));
  return ['/data', ...(strange < 0 ? path : path.slice(0, strange))].join('/');
};
const pointedNames: ReadonlySet<string> = new Set([
  ...textsOfCell,
  'revision',
  ...measures,
  'breakdown',
  ...indicators.flatMap(({ breakdown }) => breakdown ?? []),
]);

const rules: readonly FigureRules[] = indicators.map((indicator) => figureRules(indicator, pointedNames));
