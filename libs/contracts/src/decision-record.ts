/**
 * decisions: what signers decide, for ever; the API writes them, keyed by province, and the check stage passes them on.
 *
 * In the topic a record says what was decided; its offset and its timestamp are its order and its receipt, and wherever it goes from there
 * it carries both.
 */
import {
  decisionTypes,
  indicatorIndex,
  indicators,
  monthCode,
  monthIndex,
  provinces,
  reportingUnitIndex,
  reportingUnits,
  type Decider,
  type Decision,
} from '#domain';
import { readable } from './record.js';

/** Codes and RFC 3339 instants to the millisecond. */
export interface DecisionRecord {
  readonly v: 1;
  /** Given by whoever wrote it, so that he finds it again. */
  readonly id?: string;
  readonly type: Decision['type'];
  readonly province: string;
  /** `2026-03` */
  readonly period: string;
  readonly by: Decider;
  readonly unit?: string;
  readonly indicator?: string;
  readonly cutOff?: string;
  readonly upTo?: string;
  readonly figures?: string;
  readonly reason?: string;
}
/** The same beyond its topic. */
export interface CarriedDecision extends DecisionRecord {
  readonly order: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

const isProvince = new Set(provinces.map(({ code }) => code));
const types = new Set<unknown>(decisionTypes);

/** A decision from a record of its topic; undefined for what is none. */
export const carriedDecision = (
  value: Buffer | null,
  { offset, timestamp }: { readonly offset: string; readonly timestamp: string },
): CarriedDecision | undefined => {
  const record = value && readable(() => JSON.parse(value.toString()) as DecisionRecord);
  const carried = { ...record, order: Number(offset), receivedAt: Number(timestamp) } as CarriedDecision;
  return decisionOf(carried) && carried;
};

/** Undefined where this version does not know what it is about. */
export const decisionOf = (carried: CarriedDecision): Decision | undefined => {
  const {
    id,
    type,
    province,
    period,
    by,
    order,
    receivedAt,
    unit,
    indicator,
    cutOff,
    upTo,
    figures = '',
    reason,
  } = carried;
  const month = monthIndex(period);
  if (carried.v !== 1 || !types.has(type) || !isProvince.has(province) || month === undefined) return undefined;
  const decided = { ...(id === undefined ? {} : { id }), order, receivedAt, province, month, by };
  const unitIndex = unit === undefined ? undefined : reportingUnitIndex(unit);
  if (type === 'month.reopened') return { ...decided, type, reason: reason ?? '' };
  if (type === 'month.locked') {
    const at = msOf(cutOff);
    return at === undefined ? undefined : { ...decided, type, cutOff: at, figures };
  }
  if (unitIndex === undefined) return undefined;
  if (type === 'month.submitted') return { ...decided, type, unit: unitIndex, figures };
  const [at, index] = [msOf(upTo), indicator === undefined ? undefined : indicatorIndex(indicator)];
  if (at === undefined || index === undefined) return undefined;
  return { ...decided, type, unit: unitIndex, indicator: index, upTo: at, ...(reason === undefined ? {} : { reason }) };
};

export const carriedOf = (decision: Decision): CarriedDecision => {
  const { id, type, province, by, order, receivedAt } = decision;
  const head = {
    v: 1,
    ...(id === undefined ? {} : { id }),
    type,
    province,
    period: monthCode(decision.month),
  } as const;
  return { ...head, by, ...insideOf(decision), order, receivedAt };
};

const insideOf = (decision: Decision): Partial<DecisionRecord> => {
  switch (decision.type) {
    case 'month.submitted':
      return { unit: reportingUnits[decision.unit].code, figures: decision.figures };
    case 'month.locked':
      return { cutOff: new Date(decision.cutOff).toISOString(), figures: decision.figures };
    case 'month.reopened':
      return { reason: decision.reason };
    default: {
      const { unit, indicator, upTo, reason } = decision;
      const cell = { unit: reportingUnits[unit].code, indicator: indicators[indicator].code };
      return { ...cell, upTo: new Date(upTo).toISOString(), ...(reason === undefined ? {} : { reason }) };
    }
  }
};

const msOf = (text: string | undefined): number | undefined => {
  const ms = typeof text === 'string' ? Date.parse(text) : NaN;
  return Number.isFinite(ms) ? ms : undefined;
};
