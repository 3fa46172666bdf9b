/**
 * Probes: how old the figures are that a reader sees.
 *
 * Twice a second a round of reports goes to the event topic, one for each of eight communes in provinces far apart, each of an
 * indicator of its own, in a month that no other event is of. Value and revision are the round's number, so the country's figures
 * of that month name the last round that has arrived from every commune, through every worker between. Probes are events like
 * others: the reference knows them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, COUNTRY, indicators, provinces, REPORTED } from '#domain';
import { createProducer, type Producer } from '#kafka';
import { awaitedLater } from '#promises';
import { connectStore, storedItems, windowModel, type Connection } from '#store';
import { FIRST_GENERATION } from '../kit/installation.js';
import type { Message } from '../kit/seeded-workload.js';
import type { Ground } from './ground.js';
import { Signal } from './signal.js';

const PERIOD = '2026-11';
const EVERY_MS = 500;
const POLL_MS = 50;
const COURSE_MS = 1_000;
/** A round that the broker does not take soon is given up: the next one says more. */
const RETRIES = 2;

const usable = indicators.filter(
  ({ kind, breakdown, max_per_unit, reported_by }) =>
    kind === 'count' && breakdown === undefined && max_per_unit === undefined && reported_by.includes('commune'),
);
const cells = usable.slice(0, 8).map(({ code: indicator }, n) => {
  const [unit] = childrenOf(provinces[(n * 4) % provinces.length].code);
  return { unit: unit.code, indicator };
});

/** The communes that probes are of. */
export const probedUnits: readonly string[] = cells.map(({ unit }) => unit);

const eventText = (unit: string, indicator: string, round: number): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `probe-${indicator}-${round}`,
    source: `/units/${unit}`,
    type: REPORTED,
    time: '2026-11-14T09:30:00Z',
    data: { unit, indicator, period: PERIOD, revision: round, value: round },
  });

const roundOf = (round: number): Message[] =>
  cells.map(({ unit, indicator }) => ({ key: unit, value: eventText(unit, indicator, round) }));

export class Probes {
  readonly arrivals = new Signal();
  /** Milliseconds: the greatest age of a round that was acknowledged and could not be seen yet. */
  maxStaleness = 0;
  /** Its age second by second: milliseconds since the epoch, and milliseconds. */
  readonly course: (readonly [number, number])[] = [];
  private readonly waiting = new Map<number, number>();
  private isOn = true;
  private loops: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly producer: Producer,
    private readonly topic: string,
    private readonly connection: Connection,
  ) {}

  static async open({ installation, mongodb }: Ground): Promise<Probes> {
    const producer = createProducer(installation.kafka, RETRIES);
    await producer.connect();
    const probes = new Probes(
      producer,
      installation.topics.indicatorEvents,
      await connectStore({ MONGODB_URI: mongodb }),
    );
    probes.loops = awaitedLater(Promise.all([probes.publishRounds(), probes.look()]));
    return probes;
  }

  /** Waits until a round that is sent from now on has arrived; returns how long that took, or undefined where it did not. */
  async arrivesWithin(ms: number): Promise<number | undefined> {
    const from = Date.now();
    while (Date.now() < from + ms) {
      const seenAt = this.arrivals.firstSince(from);
      if (seenAt !== undefined) return seenAt - from;
      await sleep(POLL_MS);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.loops;
    await this.producer.disconnect();
    await this.connection.close();
  }

  private async publishRounds(): Promise<void> {
    for (let round = 1; this.isOn; round += 1) {
      const sentAt = Date.now();
      try {
        await this.producer.send({ topic: this.topic, messages: roundOf(round), acks: -1 });
        this.waiting.set(round, sentAt);
      } catch {
        // Kafka is away, which is what happens here.
      }
      await sleep(Math.max(0, sentAt + EVERY_MS - Date.now()));
    }
  }

  private async look(): Promise<void> {
    const windows = windowModel(this.connection, FIRST_GENERATION);
    while (this.isOn) {
      try {
        const document = await windows.findById(`${COUNTRY}|${PERIOD}`, { unit: 1, items: 1 }).lean().exec();
        if (document !== null) this.note(storedItems(document), Date.now());
      } catch {
        // MongoDB is away, which is what happens here.
      }
      this.noteStaleness(Date.now());
      await sleep(POLL_MS);
    }
  }

  private note(items: ReturnType<typeof storedItems>, now: number): void {
    const values = new Map(items.map(({ indicator, value }) => [indicator, Number(value)]));
    const seen = Math.min(...cells.map(({ indicator }) => values.get(indicator) ?? 0));
    for (const [round, sentAt] of this.waiting) {
      if (round > seen) return;
      this.arrivals.note(sentAt, now);
      this.waiting.delete(round);
    }
  }

  private noteStaleness(now: number): void {
    const [oldest = now] = this.waiting.values();
    this.maxStaleness = Math.max(this.maxStaleness, now - oldest);
    const [lastAt] = this.course.at(-1) ?? [0];
    if (now - lastAt >= COURSE_MS) this.course.push([now, now - oldest]);
  }
}
