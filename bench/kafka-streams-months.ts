/**
 * The peer that does the months only: exact when the last month of every province and of the country on its output topics, read
 * with `read_committed`, has the expected text.
 */
import type { Consumer } from 'kafkajs';
import type { TopicSpec } from '#contracts';
import { indicators, toExactJson, type Rollup } from '#domain';
import type { Installation } from '../cli/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Output } from './kafka-streams-jvm.js';

const MONTH = /^\d{4}-\d{2}$/;
/** What the peer writes of a month in which nothing is reported any more. */
const NOTHING = '{}';
/** Three commits of the JVM, more than there are tables on the way: what stands still for longer is finished. */
const STANDSTILL_MS = 3_000;

export class Months implements Output {
  readonly job = 'months';
  readonly topics: readonly TopicSpec[];
  readonly env: Readonly<Record<string, string>>;
  /** The text of every month by its key; a month that is not there has no figures. */
  private readonly expected: ReadonlyMap<string, string>;
  private readonly differing: Set<string>;
  private consumer: Consumer | undefined;
  private whenExact: ((at: number) => void) | undefined;
  private changedAt = Date.now();

  constructor(
    private readonly installation: Installation,
    reference: Reference,
  ) {
    const name = installation.config.TOPIC_PREFIX;
    const [provinces, national] = [`${name}.months-of-provinces`, `${name}.months-of-the-country`];
    this.topics = [provinces, national].map((topic) => ({ topic, config: { 'cleanup.policy': 'compact' } }));
    this.env = { PROVINCES_TOPIC: provinces, NATIONAL_TOPIC: national };
    this.expected = expectedMonths(reference);
    this.differing = new Set(this.expected.keys());
  }

  async open(): Promise<void> {
    const { kafka, config } = this.installation;
    const groupId = `${config.TOPIC_PREFIX}.watch`;
    const topics = this.topics.map(({ topic }) => topic);
    this.consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { key, value } of batch.messages) this.take(String(key), String(value));
        return Promise.resolve();
      },
    });
  }

  async close(): Promise<void> {
    await this.consumer?.disconnect();
  }

  exact(): Promise<number> {
    return new Promise((resolve) => (this.whenExact = resolve));
  }

  isStill(): boolean {
    return Date.now() - this.changedAt > STANDSTILL_MS;
  }

  state(): string {
    const some = [...this.differing].slice(0, 3).join(', ');
    return `${this.differing.size} of ${this.expected.size} months are not exact (${some})`;
  }

  private take(month: string, text: string): void {
    this.changedAt = Date.now();
    if (text === (this.expected.get(month) ?? NOTHING)) this.differing.delete(month);
    else this.differing.add(month);
    if (this.differing.size === 0) this.whenExact?.(this.changedAt);
  }
}

/** The text of every month of the provinces and the country as the peer writes it, by `unit|month`. */
const expectedMonths = (reference: Reference): Map<string, string> => {
  const months = new Map<string, Map<string, unknown>>();
  for (const [key, rollup] of reference.rollups(({ level }) => level !== 'commune')) {
    const [unit, window] = key.split('|');
    if (!MONTH.test(window)) continue;
    const month = months.get(`${unit}|${window}`) ?? new Map<string, unknown>();
    months.set(`${unit}|${window}`, month.set(rollup.indicator, figureOf(rollup)));
  }
  const inOrder = (month: ReadonlyMap<string, unknown>) =>
    Object.fromEntries(indicators.flatMap(({ code }) => (month.has(code) ? [[code, month.get(code)]] : [])));
  return new Map([...months].map(([key, month]) => [key, toExactJson(inOrder(month))]));
};

const figureOf = ({ numerator, denominator, value, breakdown }: Rollup) => ({
  numerator,
  denominator,
  value,
  breakdown,
});
