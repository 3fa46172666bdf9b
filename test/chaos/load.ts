/**
 * The events of a run: the kit's seeded workload with corrections and retractions after it, in a shuffled order, spread over time.
 *
 * A part of each moment's events goes over HTTP, in batches of any size and one by one, the rest straight to Kafka, some of it in
 * the codecs of other clients. What is no JSON goes to Kafka only: in a batch it would spoil its neighbours. Meanwhile, every other
 * second, comes a batch that nobody should write.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RETRACTED } from '#domain';
import { inBackground } from '#promises';
import { everyType, seeded, seededWorkload, shuffled, type Message } from '../kit/seeded-workload.js';
import type { ForeignSender } from './foreign-sender.js';
import type { HttpSender } from './http-sender.js';
import type { KafkaSender } from './kafka-sender.js';

const HTTP_SHARE = 0.4;
const FOREIGN_SHARE = 0.3;
const SINGLE_SHARE = 0.1;
const MAX_BATCH = 120;
const TICK_MS = 250;
const HOSTILE_EVERY_MS = 1_500;
const CORRECTED_SHARE = 0.3;
const RETRACTED_SHARE = 0.05;
const RUBBISH_SHARE = 0.01;

type Random = () => number;

interface ReadEvent {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly revision: number };
}

/** About so many events, the same for the same seed. */
export const chaosWorkload = (events: number, seed: number): readonly Message[] => {
  const random = seeded(seed + 17);
  const own = Math.ceil(events / (1.05 * (1 + CORRECTED_SHARE + RETRACTED_SHARE) * 1.1));
  const { messages } = seededWorkload(own, seed, RUBBISH_SHARE, everyType);
  return shuffled([...messages, ...messages.flatMap((message) => laterWord(message, random))], seed);
};

/** Sometimes a unit says something else later: a smaller figure, or nothing any more. */
const laterWord = ({ key, value }: Message, random: Random): Message[] => {
  const chance = random();
  if (chance > CORRECTED_SHARE + RETRACTED_SHARE) return [];
  const event = readEvent(value);
  if (event?.data.indicator === undefined) return [];
  const isRetraction = chance > CORRECTED_SHARE;
  const { unit, indicator, period, revision } = event.data;
  const cell = { unit, indicator, period, revision: revision + 1 };
  const later = isRetraction
    ? { ...event, id: `${event.id}-r`, type: RETRACTED, data: cell }
    : { ...event, id: `${event.id}-c`, data: { ...smaller(event.data), ...cell } };
  return [{ key, value: JSON.stringify(later) }];
};

const readEvent = (value: string): ReadEvent | undefined => {
  try {
    return JSON.parse(value) as ReadEvent;
  } catch {
    return undefined;
  }
};

const smaller = (data: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  if (data.breakdown !== undefined) return { ...data };
  const half = (field: string) =>
    typeof data[field] === 'number' ? { [field]: Math.floor(Math.max(0, data[field]) / 2) } : {};
  return { ...data, ...half('numerator'), ...half('value') };
};

interface Senders {
  readonly http: HttpSender;
  readonly kafka: KafkaSender;
  readonly foreign: ForeignSender;
  readonly random: Random;
}

/** Sends the messages evenly over a time; resolves when the last one was handed over, not when it was acknowledged. */
export const spread = async (
  messages: readonly Message[],
  ms: number,
  { http, kafka, foreign, random }: Senders,
): Promise<void> => {
  const startedAt = Date.now();
  let hostileAt = startedAt;
  for (let sent = 0; sent < messages.length;) {
    const due = Math.min(messages.length, Math.ceil((messages.length * (Date.now() - startedAt)) / ms));
    const now = messages.slice(sent, due);
    sent = due;
    const overHttp = now.filter(({ value }) => random() < HTTP_SHARE && readEvent(value) !== undefined);
    const chosen = new Set(overHttp);
    const straight = now.filter((message) => !chosen.has(message));
    const others = new Set(straight.filter(() => random() < FOREIGN_SHARE));
    const own = straight.filter((message) => !others.has(message));
    if (own.length > 0) inBackground(kafka.send(own));
    if (others.size > 0) foreign.send([...others]);
    for (const portion of portions(overHttp, random)) inBackground(http.send(portion.map(({ value }) => value)));
    if (Date.now() >= hostileAt) {
      foreign.sendHostile();
      hostileAt += HOSTILE_EVERY_MS;
    }
    await sleep(TICK_MS);
  }
};

const portions = (messages: readonly Message[], random: Random): (readonly Message[])[] => {
  const cut: (readonly Message[])[] = [];
  for (let from = 0; from < messages.length;) {
    const size = random() < SINGLE_SHARE ? 1 : 1 + Math.floor(random() * MAX_BATCH);
    cut.push(messages.slice(from, from + size));
    from += size;
  }
  return cut;
};
