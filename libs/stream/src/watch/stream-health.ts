/**
 * Whether a process' consumers do their work: members of their groups, not crashing again and again, no partition failing.
 *
 * A crash alone is passing, and the consumer joins again. Two within a minute are a loop, whatever other partitions do meanwhile,
 * unless a connection broke: that a server is away is said by the part that asks it.
 */
import { unobserved, type SeenBatch, type StreamObserver } from './stream-observer.js';

const LOOP_MS = 60_000;
const LOOP_CRASHES = 2;
/** In a row; fewer are a moment's. */
const MANY_FAILURES = 3;
/** A rebalance takes seconds where a worker has died. */
const LONGEST_SILENCE_MS = 15_000;

interface TopicLife {
  isMember: boolean;
  /** When the group last heard of it, or it began to join. */
  heardAt: number;
  crashes: number[];
  readonly failing: Map<number, number>;
}

export class StreamHealth implements StreamObserver {
  readonly taken = unobserved.taken;
  readonly passed = unobserved.passed;
  readonly unreadable = unobserved.unreadable;
  private readonly topics = new Map<string, TopicLife>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  joined(topic: string, partitions: readonly number[]): void {
    const life = this.life(topic);
    life.isMember = true;
    life.heardAt = this.now();
    for (const partition of life.failing.keys()) if (!partitions.includes(partition)) life.failing.delete(partition);
  }

  rejoining(topic: string): void {
    this.life(topic).heardAt = this.now();
  }

  beat(topic: string): void {
    this.life(topic).heardAt = this.now();
  }

  crashed(topic: string, error: unknown): void {
    const life = this.life(topic);
    life.isMember = false;
    if (!isBrokenConnection(error)) life.crashes = [...life.crashes.slice(1 - LOOP_CRASHES), this.now()];
  }

  handled({ topic, partition }: SeenBatch): void {
    this.life(topic).failing.delete(partition);
  }

  failed({ topic, partition }: SeenBatch, failures: number): void {
    this.life(topic).failing.set(partition, failures);
  }

  /** What is wrong, in words; undefined where nothing is. */
  fault(): string | undefined {
    if (this.topics.size === 0) return 'no consumer has joined its group yet';
    for (const [topic, life] of this.topics) {
      const fault = this.faultOf(life);
      if (fault !== undefined) return `${topic}: ${fault}`;
    }
    return undefined;
  }

  private faultOf({ isMember, heardAt, crashes, failing }: TopicLife): string | undefined {
    const recent = crashes.filter((at) => this.now() - at < LOOP_MS);
    if (recent.length >= LOOP_CRASHES) return 'the consumer crashes again and again';
    if (!isMember) return 'the consumer has not joined its group';
    if (this.now() - heardAt > LONGEST_SILENCE_MS) return 'the group has not heard of the consumer for a while';
    for (const [partition, failures] of failing)
      if (failures >= MANY_FAILURES) return `partition ${partition} failed ${failures} times in a row`;
    return undefined;
  }

  private life(topic: string): TopicLife {
    const held = this.topics.get(topic);
    if (held !== undefined) return held;
    const life: TopicLife = { isMember: false, heardAt: this.now(), crashes: [], failing: new Map() };
    this.topics.set(topic, life);
    return life;
  }
}

const away = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSBrokerNotFound',
  'KafkaJSRequestTimeoutError',
  'KafkaJSGroupCoordinatorNotFound',
]);

const isBrokenConnection = (error: unknown): boolean => {
  if (error === undefined || error === null) return false;
  const { name = '', cause } = error as { name?: string; cause?: unknown };
  return away.has(name) || isBrokenConnection(cause);
};
