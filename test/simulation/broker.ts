/**
 * A Kafka broker: its log, its groups, and the way to it.
 */
import type { SimClock } from './clock.js';
import { SimGroup } from './group.js';
import { SimLog } from './log.js';
import { kafkaError, type Network, type SimServer } from './network.js';
import type { Random } from './random.js';

export interface Message {
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly partition?: number;
}

/** What kafkajs says when it has given up asking. */
export const timedOut = () => kafkaError('REQUEST_TIMED_OUT', 'KafkaJSNumberOfRetriesExceeded');
export const bytes = (content: string | Buffer | null | undefined): Buffer | null =>
  content === null || content === undefined ? null : Buffer.from(content);

/** Everything of Kafka that outlives its clients. */
export class SimBroker {
  readonly log: SimLog;
  private readonly groups = new Map<string, SimGroup>();
  private members = 0;

  constructor(
    readonly clock: SimClock,
    readonly network: Network,
    readonly server: SimServer,
    readonly random: Random,
  ) {
    this.log = new SimLog(clock, random);
  }

  /** @param numbers of the partitions that it reads, among those of all its topics, where they are known */
  group(id: string, numbers: readonly number[] = []): SimGroup {
    let group = this.groups.get(id);
    if (group === undefined) this.groups.set(id, (group = new SimGroup(this.clock)));
    if (numbers.length > 0) group.partitions = numbers;
    return group;
  }

  nextMember(): string {
    return String(this.members++).padStart(6, '0');
  }

  ask<T>(work: (answer: (value: T) => void, refuse: (error: unknown) => void) => void): Promise<T> {
    return this.network.ask(this.server, work, timedOut);
  }

  /** Does something there and answers. */
  do<T>(work: () => T): Promise<T> {
    return this.ask((answer) => answer(work()));
  }

  /** Where a record without a partition goes: any way will do that depends on its key only. */
  append(topic: string, messages: readonly Message[]): void {
    const partitions = this.log.partitions(topic);
    for (const { key, value, partition } of messages) {
      const at = partition ?? hash(String(key ?? '')) % partitions.length;
      partitions[at].append([{ key: bytes(key), value: bytes(value) }]);
    }
  }
}

const hash = (text: string): number => {
  let sum = 0;
  for (let n = 0; n < text.length; n += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(n)) >>> 0;
  return sum;
};
