/**
 * Event checks: from the bytes of a record to a report, or to the first refusal that applies.
 *
 * The one gate for events: the HTTP intake and the commune stage both call it, so an event meets the same answer by either
 * way. Written out by hand rather than walked from a schema because every event passes here once on the hot path.
 */
import { breakdownRequired, indicatorIndex, indicators, maxValue, type Indicator } from './catalogue.js';
import type { Report } from './cell.js';
import { parseInstant, type Instant } from './instant.js';
import { layout } from './layout.js';
import { monthIndex, monthStart } from './period.js';
import { refused, type Refusal } from './refusal.js';
import { reportingUnitIndex, reportingUnits } from './unit.js';

export const REPORTED = 'vn.duan5.indicator.reported.v1';
export const RETRACTED = 'vn.duan5.indicator.retracted.v1';
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
}
export const ANY_KEY = Symbol('an event that came without a key of its own');

type Json = Record<string, unknown>;

export const isRefusal = (outcome: Report | Refusal): outcome is Refusal => 'code' in outcome;

/** Checks an event in the order that the contract gives. */
export const checkEvent = (raw: RawEvent): Report | Refusal => {
  if (raw.bytes > MAX_EVENT_BYTES) return refused('TOO_LARGE', '', `larger than ${MAX_EVENT_BYTES} bytes`);
  const event = parseObject(raw.text);
  if (event === undefined) return refused('MALFORMED_JSON', '', 'not UTF-8 JSON, or not one object');
  const outcome = checkParsed(event, raw);
  return isRefusal(outcome) && typeof event.id === 'string' ? { ...outcome, id: event.id } : outcome;
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

const checkParsed = (event: Json, raw: RawEvent): Report | Refusal => {
  const time = checkEnvelope(event);
  if ('code' in time) return time;
  if (event.type !== REPORTED && event.type !== RETRACTED) {
    return refused('UNKNOWN_TYPE', '/type', `type is neither ${REPORTED} nor ${RETRACTED}`);
  }
  const isReport = event.type === REPORTED;
  const schema = checkSchema(event.data, isReport);
  if (schema !== undefined) return schema;
  const data = event.data as Json & { unit: string; indicator: string; period: string; revision: number };
  const unit = reportingUnitIndex(data.unit);
  if (unit === undefined) return refused('UNKNOWN_UNIT', '/data/unit', 'unit is not a commune or a province');
  if (event.source !== `/units/${data.unit}`)
    return refused('SOURCE_MISMATCH', '/source', 'source is not /units/ + unit');
  if (raw.key !== ANY_KEY && raw.key !== data.unit)
    return refused('SOURCE_MISMATCH', '/data/unit', 'the Kafka key is not unit');
  const indicator = indicatorIndex(data.indicator);
  if (indicator === undefined)
    return refused('UNKNOWN_INDICATOR', '/data/indicator', 'indicator is not in the catalogue');
  const level = reportingUnits[unit].level as 'commune' | 'province';
  if (!indicators[indicator].reported_by.includes(level)) {
    return refused('LEVEL_NOT_ALLOWED', '/data/indicator', `a ${level} does not report this indicator`);
  }
  const month = monthIndex(data.period);
  if (month === undefined)
    return refused('INVALID_PERIOD', '/data/period', 'period is not YYYY-MM from 2025-01 to 2030-12');
  if (monthStart(month) > raw.receivedAt)
    return refused('FUTURE_PERIOD', '/data/period', 'period begins after the day of receipt');
  const figure = isReport ? checkMeasure(data, indicator) : null;
  if (figure !== null && 'code' in figure) return figure;
  const { seconds, fraction } = time;
  const firstReported = isReport ? seconds : 0;
  return {
    unit,
    indicator,
    month,
    revision: data.revision,
    seconds,
    fraction,
    id: event.id as string,
    figure,
    firstReported,
  };
};

const checkEnvelope = (event: Json): Instant | Refusal => {
  if (event.specversion !== '1.0') return refused('NOT_CLOUDEVENT', '/specversion', 'specversion is not "1.0"');
  for (const attribute of ['id', 'source', 'type', 'time'] as const) {
    const value = event[attribute];
    if (typeof value !== 'string' || value === '') {
      return refused('NOT_CLOUDEVENT', `/${attribute}`, `${attribute} is missing, empty or not text`);
    }
  }
  return (
    parseInstant(event.time as string) ?? refused('NOT_CLOUDEVENT', '/time', 'time is not RFC 3339 with an offset')
  );
};

const texts = ['unit', 'indicator', 'period'] as const;
const measures = new Set(['numerator', 'denominator', 'value']);
const always = new Set(['unit', 'indicator', 'period', 'revision']);

const checkSchema = (data: unknown, isReport: boolean): Refusal | undefined => {
  if (!isObject(data)) return refused('SCHEMA', '/data', 'data is not an object');
  for (const field of texts) {
    if (typeof data[field] !== 'string') return refused('SCHEMA', `/data/${field}`, `${field} is missing or not text`);
  }
  if (!isWhole(data.revision) || data.revision === 0) {
    return refused('SCHEMA', '/data/revision', 'revision is not a whole number from 1');
  }
  for (const field of Object.keys(data)) {
    if (always.has(field)) continue;
    if (!isReport || (field !== 'breakdown' && !measures.has(field))) {
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

const escapePointer = (token: string) => token.replaceAll('~', '~0').replaceAll('/', '~1');
const pointerTo = (...path: string[]) => `/data/${path.map(escapePointer).join('/')}`;

/** The figure in slot order, or why it is refused. The data has passed the schema. */
const checkMeasure = (data: Json, index: number): readonly (number | null)[] | Refusal => {
  const indicator = indicators[index];
  const { fields } = layout[index];
  if (!hasShape(data, indicator)) {
    return refused('WRONG_MEASURE', '/data', `this indicator carries ${fields.join(' and ')} and nothing else`);
  }
  const total = fields.map((field) => (data[field] as number) + 0);
  const over = total.findIndex((value) => value > maxValue(indicator));
  if (over >= 0) return refused('VALUE_TOO_LARGE', `/data/${fields[over]}`, `over ${maxValue(indicator)}`);
  if (fields.length === 2 && total[0] > total[1]) {
    return refused('NUMERATOR_EXCEEDS_DENOMINATOR', '/data/numerator', 'the numerator exceeds the denominator');
  }
  if (data.breakdown === undefined) {
    if (!breakdownRequired(indicator)) return total;
    return refused('BREAKDOWN_INVALID', '/data/breakdown', 'this indicator needs its breakdown');
  }
  return checkBreakdown(data.breakdown as Record<string, Json>, index, total);
};

const hasShape = (measure: Json, { kind }: Indicator): boolean =>
  kind === 'ratio'
    ? measure.numerator !== undefined && measure.denominator !== undefined && measure.value === undefined
    : measure.value !== undefined && measure.numerator === undefined && measure.denominator === undefined;

const checkBreakdown = (
  breakdown: Record<string, Json>,
  index: number,
  total: readonly number[],
): readonly (number | null)[] | Refusal => {
  const { fields, categories } = layout[index];
  const given = Object.keys(breakdown);
  if (categories.length === 0)
    return refused('BREAKDOWN_INVALID', '/data/breakdown', 'this indicator has no breakdown');
  if (given.length === 0) return refused('BREAKDOWN_INVALID', '/data/breakdown', 'the breakdown is empty');
  for (const category of given) {
    if (!categories.includes(category)) {
      return refused('BREAKDOWN_INVALID', pointerTo('breakdown', category), 'an unknown category');
    }
    if (!hasShape(breakdown[category], indicators[index])) {
      return refused(
        'BREAKDOWN_INVALID',
        pointerTo('breakdown', category),
        "a category with other fields than the figure's",
      );
    }
  }
  const figure = [...total, ...categories.flatMap((category) => partOf(breakdown, category, fields))];
  return checkParts(figure, index) ?? figure;
};

const partOf = (breakdown: Record<string, Json>, category: string, fields: readonly string[]): (number | null)[] =>
  fields.map((field) => (Object.hasOwn(breakdown, category) ? (breakdown[category][field] as number) + 0 : null));

const checkParts = (figure: readonly (number | null)[], index: number): Refusal | undefined => {
  const { fields, categories, width } = layout[index];
  if (fields.length === 2) {
    const over = categories.findIndex((_, n) => (figure[2 * n + 2] ?? 0) > (figure[2 * n + 3] ?? 0));
    if (over >= 0) {
      const pointer = pointerTo('breakdown', categories[over], 'numerator');
      return refused('NUMERATOR_EXCEEDS_DENOMINATOR', pointer, 'the numerator exceeds the denominator');
    }
  }
  for (let field = 0; field < fields.length; field += 1) {
    let sum = 0;
    for (let slot = fields.length + field; slot < width; slot += fields.length) sum += figure[slot] ?? 0;
    if (sum !== figure[field]) {
      return refused('BREAKDOWN_INVALID', '/data/breakdown', `the categories do not add up to ${fields[field]}`);
    }
  }
  return undefined;
};
