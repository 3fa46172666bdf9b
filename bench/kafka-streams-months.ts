/**
 * The peers that do the months only: exact when what was said last of every province and of the country on their output topics, read
 * with `read_committed`, is what it must be.
 */
import type { Consumer } from '#kafka';
import type { TopicSpec } from '#contracts';
import { toExactJson, type Figure, type Rollup } from '#domain';
import type { Installation } from '../cli/installation.js';
import type { Reference } from '../test/kit/reference.js';
import { monthTexts, rollupsByMonth } from './exact-windows.js';
import type { Job, Output } from './kafka-streams-jvm.js';

/** Three commits of the JVM, more than there are tables on the way: what stands still for longer is finished. */
const STANDSTILL_MS = 3_000;

/** How a peer spells its output. */
interface Spelling {
  readonly job: Job;
  /** The text of every key; one that is not there has no figures. */
  readonly expected: ReadonlyMap<string, string>;
  /** What is compared of a value. */
  readonly textOf: (value: string) => string;
  /** The text where nothing is reported any more. */
  readonly nothing: string;
}

class Months implements Output {
  readonly job: Job;
  readonly topics: readonly TopicSpec[];
  readonly env: Readonly<Record<string, string>>;
  private readonly differing: Set<string>;
  private consumer: Consumer | undefined;
  private whenExact: ((at: number) => void) | undefined;
  private changedAt = Date.now();

  constructor(
    private readonly installation: Installation,
    private readonly spelling: Spelling,
  ) {
    this.job = spelling.job;
    const name = installation.config.TOPIC_PREFIX;
    const [provinces, national] = [`${name}.months-of-provinces`, `${name}.months-of-the-country`];
    this.topics = [provinces, national].map((topic) => ({ topic, config: { 'cleanup.policy': 'compact' } }));
    this.env = { PROVINCES_TOPIC: provinces, NATIONAL_TOPIC: national };
    this.differing = new Set(spelling.expected.keys());
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
    return `${this.differing.size} of ${this.spelling.expected.size} figures are not exact (${some})`;
  }

  private take(key: string, value: string): void {
    this.changedAt = Date.now();
    const { expected, textOf, nothing } = this.spelling;
    if (textOf(value) === (expected.get(key) ?? nothing)) this.differing.delete(key);
    else this.differing.add(key);
    if (this.differing.size === 0) this.whenExact?.(this.changedAt);
  }
}

/** Written for speed: a month of a province or the country with all its figures, in the order of the catalogue. */
export const monthsOutput = (installation: Installation, reference: Reference): Output => {
  const expected = monthTexts(monthsOf(reference), figureOf);
  return new Months(installation, { job: 'months', expected, textOf: (value) => value, nothing: '{}' });
};

/** As documented: each figure under a key of its own, its parts in any order. */
export const tablesOutput = (installation: Installation, reference: Reference): Output => {
  const expected = new Map<string, string>();
  for (const [key, rollups] of monthsOf(reference)) {
    for (const rollup of rollups) {
      const parts = Object.entries({ '': rollup, ...rollup.breakdown });
      expected.set(`${key}|${rollup.indicator}`, partsText(parts));
    }
  }
  return new Months(installation, { job: 'tables', expected, textOf: textOfSum, nothing: '[]' });
};

type Part = readonly [string, Figure];

/** A part that no cell gives any more is as none. */
const textOfSum = (value: string): string => {
  const { parts } = JSON.parse(value) as { parts: Record<string, Figure & { cells: number }> };
  return partsText(Object.entries(parts).filter(([, { cells }]) => cells > 0));
};

const partsText = (parts: readonly Part[]): string => {
  const numbers = ({ numerator = 0, denominator = 0, value = 0 }: Figure) => [numerator, denominator, value];
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
  return toExactJson(sorted.map(([name, figure]) => [name, numbers(figure)]));
};

/** Of the provinces and the country. */
const monthsOf = (reference: Reference) => rollupsByMonth(reference, ({ level }) => level !== 'commune');

const figureOf = ({ numerator, denominator, value, breakdown }: Rollup) => ({
  numerator,
  denominator,
  value,
  breakdown,
});
