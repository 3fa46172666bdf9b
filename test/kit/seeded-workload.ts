/**
 * A reproducible workload of events for the whole pipeline: valid ones of all units and indicators, corrections, retractions,
 * repeats, rubbish; and what must come of it.
 */
import {
  checkEvent,
  indicators,
  isRefusal,
  NOTHING_AROSE,
  REPORTED,
  reportingUnits,
  reportsSaidBy,
  RETRACTED,
  type Indicator,
  type Unit,
} from '#domain';
import { Reference } from './reference.js';

export interface Message {
  readonly key: string | null;
  readonly value: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A small seeded generator of numbers in [0, 1) (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;
const below = (random: Random, top: number) => Math.floor(random() * top);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)];

/** What events are about: fewer of each means more of them about the same cell. */
interface Among {
  readonly units: readonly Unit[];
  readonly indicators: readonly Indicator[];
  readonly months: readonly string[];
  /** The share of events that say that nothing arose in a whole month; left out: none, as peers and earlier versions know none. */
  readonly wholeMonths?: number;
}

const everything: Among = {
  units: reportingUnits,
  indicators,
  months: Array.from({ length: 10 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}`),
};

/** Whole months too. */
export const everyType: Among = { ...everything, wholeMonths: 0.02 };

const measure = (random: Random, indicator: Indicator): Record<string, unknown> => {
  const categories = indicator.breakdown;
  const parts = (categories ?? [null]).map(() => part(random, indicator));
  const total = Object.fromEntries(
    Object.keys(parts[0]).map((field) => [field, parts.reduce((sum, each) => sum + each[field], 0)]),
  );
  if (categories === undefined || (indicator.code !== 'e' && random() < 0.3)) return total;
  return { ...total, breakdown: Object.fromEntries(categories.map((category, n) => [category, parts[n]])) };
};

const part = (random: Random, indicator: Indicator): Record<string, number> => {
  if (indicator.kind !== 'ratio') return { value: below(random, (indicator.max_per_unit ?? 300) + 1) };
  const denominator = below(random, 400);
  return { numerator: below(random, denominator + 1), denominator };
};

const eventOf = (
  random: Random,
  id: string,
  among: Among,
): Record<string, unknown> & { data: Record<string, unknown> } => {
  const unit = pick(random, among.units);
  const own = among.indicators.filter(({ reported_by }) => reported_by.includes(unit.level as 'commune' | 'province'));
  const indicator = pick(random, own);
  const isRetraction = random() < 0.02;
  const cell = {
    unit: unit.code,
    indicator: indicator.code,
    period: pick(random, among.months),
    revision: 1 + below(random, 5),
  };
  const time = `2026-11-${String(1 + below(random, 15)).padStart(2, '0')}T08:00:00Z`;
  return {
    specversion: '1.0',
    id,
    source: `/units/${unit.code}`,
    time,
    type: isRetraction ? RETRACTED : REPORTED,
    data: isRetraction ? cell : { ...cell, ...measure(random, indicator) },
  };
};

type Event = ReturnType<typeof eventOf>;

/** The same unit's, that nothing arose in the month. */
const ofWholeMonth = (event: Event): Event => {
  const { unit, period, revision } = event.data;
  return { ...event, type: NOTHING_AROSE, data: { unit, period, revision } };
};

const rubbish = (random: Random, event: ReturnType<typeof eventOf>): Message => {
  const { data } = event;
  const key = String(data.unit);
  const broken: (() => Message)[] = [
    () => ({ key, value: '{"specversion":"1.0"' }),
    () => ({ key: 'nobody', value: JSON.stringify(event) }),
    () => ({ key: null, value: JSON.stringify(event) }),
    () => ({ key, value: JSON.stringify({ ...event, type: 'vn.duan5.other.v1' }) }),
    () => ({ key, value: JSON.stringify({ ...event, data: { ...data, revision: 0 } }) }),
    () => ({ key, value: JSON.stringify({ ...event, data: { ...data, period: '2030-12' } }) }),
    () => ({ key, value: JSON.stringify({ ...event, data: { ...data, value: -1 } }) }),
  ];
  return pick(random, broken)();
};

const WHOLE_MONTHS = 7_919;

export interface Workload {
  readonly messages: readonly Message[];
  readonly refused: number;
  /** Reports in them; what is refused counts as one. */
  readonly reports: number;
  readonly reference: Reference;
}

/** About `events` messages, 5 % of them repeats and a share rubbish, and what a plain recomputation makes of them. */
export const seededWorkload = (events: number, seed: number, rubbishShare = 0.01, among = everything): Workload => {
  const random = seeded(seed);
  // Numbers of their own: a workload without whole months stays what it was, but for them.
  const wholeMonths = seeded(seed + WHOLE_MONTHS);
  const messages: Message[] = [];
  for (let n = 0; n < events; n += 1) {
    const drawn = eventOf(random, `s${seed}-${n}`, among);
    const event = wholeMonths() < (among.wholeMonths ?? 0) ? ofWholeMonth(drawn) : drawn;
    const message = { key: String(event.data.unit), value: JSON.stringify(event) };
    messages.push(random() < rubbishShare ? rubbish(random, event) : message);
    if (random() < 0.05) messages.push(pick(random, messages));
  }
  return { messages, ...expected(messages) };
};

/** The same messages in another order, some of them repeated. */
export const shuffled = (messages: readonly Message[], seed: number): Message[] => {
  const random = seeded(seed);
  const order = [...messages, ...messages.filter(() => random() < 0.1)];
  for (let n = order.length - 1; n > 0; n -= 1) {
    const other = below(random, n + 1);
    [order[n], order[other]] = [order[other], order[n]];
  }
  return order;
};

const expected = (messages: readonly Message[]) => {
  const reference = new Reference();
  let [refused, reports] = [0, 0];
  for (const { key, value } of messages) {
    const text = { bytes: Buffer.byteLength(value), text: value, receivedAt: Date.now() };
    const outcome = checkEvent({ ...text, key: key ?? undefined });
    reports += isRefusal(outcome) ? 1 : reportsSaidBy(outcome).length;
    if (isRefusal(outcome)) refused += 1;
    else reference.take(outcome);
  }
  return { reference, refused, reports };
};
