/**
 * A consumer as kafkajs runs one: joins, reads its partitions from what is committed, hands batches over, seeks, pauses, joins again.
 *
 * A handler that is still at work when the group moves on is not stopped, and its partition may be read by another meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#promises';
import type { SimBroker } from './broker.js';
import type { Assignment, Place } from './group.js';
import type { Fetched } from './log.js';
import { kafkaError } from './network.js';
import { below, between } from './random.js';

export interface ConsumerOptions {
  readonly groupId: string;
  readonly sessionTimeout?: number;
}
type EachBatch = (payload: unknown) => Promise<void>;
interface Named {
  readonly topic: string;
  readonly partitions?: readonly number[];
}

/** The partitions of several topics go by one number each: that of the topic among them, times this, and their own. */
const ROOM = 1_000;

/** One stay in a generation of the group. */
class Stay {
  isOver = false;
  private readonly ended: (() => void)[] = [];

  constructor(
    readonly member: string,
    readonly assignment: Assignment,
  ) {}

  end(): void {
    this.isOver = true;
    for (const then of this.ended.splice(0)) then();
  }

  untilOver(): Promise<void> {
    return this.isOver ? Promise.resolve() : new Promise((resolve) => this.ended.push(resolve));
  }
}

/** What was fetched of a partition from an offset on. */
type Portion = Fetched & { readonly partition: number; readonly from: number };

const HEARTBEAT_MS = 2_000;
/** Longer than in production: a fetch that waits answers when something comes, and an empty answer says nothing. */
const MAX_WAIT_MS = 1_500;
/** Entries of a partition in one batch, at most. */
const MOST = 12;
const LONG_SESSION_MS = 30_000;

export class SimConsumer {
  readonly events = {
    GROUP_JOIN: 'join',
    CRASH: 'crash',
    REBALANCING: 'rebalancing',
    FETCH: 'fetch',
    END_BATCH_PROCESS: 'read',
  } as const;
  private readonly listeners = new Map<string, Set<(event: unknown) => void>>();
  private readonly seeks = new Map<number, number>();
  private readonly paused = new Set<number>();
  private readonly whenResumed: (() => void)[] = [];
  private topics: readonly string[] = [];
  private isRunning = false;
  private resolvesItself = true;
  private stay?: Stay;

  constructor(
    private readonly broker: SimBroker,
    private readonly options: ConsumerOptions,
  ) {}

  on(event: string, listener: (event: never) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners);
    listeners.add(listener as (event: unknown) => void);
    return () => {
      listeners.delete(listener as (event: unknown) => void);
    };
  }

  connect = () => this.broker.do(() => undefined);

  subscribe({ topic, topics = [topic as string] }: { topic?: string; topics?: readonly string[] }): Promise<void> {
    this.topics = topics;
    return Promise.resolve();
  }

  async run({
    eachBatch,
    eachBatchAutoResolve = true,
  }: {
    eachBatch: EachBatch;
    eachBatchAutoResolve?: boolean;
  }): Promise<void> {
    this.isRunning = true;
    this.resolvesItself = eachBatchAutoResolve;
    await this.join(eachBatch);
  }

  async disconnect(): Promise<void> {
    this.isRunning = false;
    const { stay } = this;
    if (stay === undefined) return;
    stay.end();
    await this.broker.do(() => this.group().leave(stay.member)).catch(() => undefined);
  }

  seek({ topic, partition, offset }: { topic: string; partition: number; offset: string }): void {
    this.seeks.set(this.numberOf(topic, partition), Number(offset));
  }

  pause(places: readonly Named[]): void {
    for (const partition of this.named(places)) this.paused.add(partition);
  }

  resume(places: readonly Named[]): void {
    for (const partition of this.named(places)) this.paused.delete(partition);
    for (const then of this.whenResumed.splice(0)) then();
  }

  /** Tries again where no answer came, by then perhaps as a member of another generation. */
  async commitOffsets(
    offsets: readonly { topic: string; partition: number; offset: string; metadata?: string }[],
  ): Promise<void> {
    const places = new Map(
      offsets.map(({ topic, partition, offset, metadata }) => [
        this.numberOf(topic, partition),
        { offset: Number(offset), metadata },
      ]),
    );
    while (this.isRunning) {
      try {
        return await this.commit(places);
      } catch (error) {
        if ((error as { type?: string }).type !== 'REQUEST_TIMED_OUT') throw error;
        await sleep(between(this.broker.random, 100, 1_000));
      }
    }
  }

  private async commit(places: ReadonlyMap<number, Place>): Promise<void> {
    const { stay } = this;
    if (stay === undefined) throw kafkaError('UNKNOWN_MEMBER_ID');
    await this.broker.do(() => this.group().commit(stay.member, stay.assignment.generation, places));
  }

  private group() {
    const numbers = this.topics.flatMap((topic) => this.numbersOf(topic));
    return this.broker.group(this.options.groupId, numbers);
  }

  private numberOf(topic: string, partition: number): number {
    return this.topics.indexOf(topic) * ROOM + partition;
  }

  private numbersOf(topic: string): number[] {
    return this.broker.log.partitions(topic).map((_, partition) => this.numberOf(topic, partition));
  }

  private placeOf(number: number): { readonly topic: string; readonly partition: number } {
    return { topic: this.topics[Math.floor(number / ROOM)], partition: number % ROOM };
  }

  private named(places: readonly Named[]): number[] {
    return places.flatMap(
      ({ topic, partitions }) =>
        partitions?.map((partition) => this.numberOf(topic, partition)) ?? this.numbersOf(topic),
    );
  }

  private emit(event: string, payload: unknown = {}): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener({ payload });
  }

  /** Nobody is handed markers, but it is told that they were read. */
  private emitEmpty(number: number, from: number, lastOffset: number): void {
    if (lastOffset < from) return;
    const offsets = { firstOffset: String(from), lastOffset: String(lastOffset) };
    this.emit(this.events.END_BATCH_PROCESS, { ...this.placeOf(number), batchSize: 0, ...offsets });
  }

  /** Joins, again and again until it is let in; then reads until the stay is over, and joins anew. */
  private async join(eachBatch: EachBatch): Promise<void> {
    const sessionMs = this.options.sessionTimeout ?? LONG_SESSION_MS;
    while (this.isRunning) {
      const member = `${this.broker.network.process()?.name ?? ''}-${this.broker.nextMember()}`;
      try {
        const assignment = await this.broker.ask<Assignment>((answer) => this.group().join(member, sessionMs, answer));
        const committed = await this.broker.do(() => new Map(this.group().offsets));
        const stay = new Stay(member, assignment);
        this.stay = stay;
        this.emit(this.events.GROUP_JOIN, { memberAssignment: this.byTopic(assignment.partitions) });
        inBackground(this.keepAlive(stay));
        for (const partition of assignment.partitions)
          inBackground(this.read(stay, partition, committed.get(partition)?.offset ?? 0, eachBatch));
        inBackground(this.untilOver(stay).then(() => this.join(eachBatch)));
        return;
      } catch {
        await sleep(100);
      }
    }
  }

  private byTopic(numbers: readonly number[]): Record<string, number[]> {
    const assigned: Record<string, number[]> = {};
    for (const { topic, partition } of numbers.map((number) => this.placeOf(number)))
      (assigned[topic] ??= []).push(partition);
    return assigned;
  }

  private async untilOver(stay: Stay): Promise<void> {
    await stay.untilOver();
    if (!this.isRunning) return;
    this.emit(this.events.REBALANCING);
    await sleep(between(this.broker.random, 0, 60));
  }

  private async keepAlive(stay: Stay): Promise<void> {
    while (!stay.isOver) {
      await sleep(HEARTBEAT_MS);
      if (stay.isOver) return;
      try {
        await this.broker.do(() => this.group().heartbeat(stay.member, stay.assignment.generation));
      } catch (error) {
        if ((error as { type?: string }).type !== 'REQUEST_TIMED_OUT') stay.end();
      }
    }
  }

  private async read(stay: Stay, partition: number, from: number, eachBatch: EachBatch): Promise<void> {
    const isCurrent = () => this.isRunning && !stay.isOver;
    let position = from;
    while (isCurrent()) {
      if (this.paused.has(partition)) {
        await Promise.race([new Promise<void>((resolve) => this.whenResumed.push(resolve)), stay.untilOver()]);
        continue;
      }
      position = this.seeks.get(partition) ?? position;
      this.seeks.delete(partition);
      const fetched = await this.fetch(partition, position).catch(() => undefined);
      if (fetched === undefined || !isCurrent() || this.paused.has(partition) || this.seeks.has(partition)) continue;
      if (fetched.messages.length === 0) {
        this.emitEmpty(partition, position, fetched.lastOffset);
        position = Math.max(position, fetched.lastOffset + 1);
        continue;
      }
      const next = await this.handOver(stay, { partition, from: position, ...fetched }, eachBatch);
      if (next === undefined) return;
      position = next;
    }
  }

  private fetch(number: number, from: number) {
    const { broker } = this;
    const { topic, partition } = this.placeOf(number);
    const held = broker.log.partitions(topic)[partition];
    const most = 1 + below(broker.random, MOST);
    return broker.ask<Fetched>((answer) => {
      const now = held.fetch(from, most);
      if (now.lastOffset >= 0) answer(now);
      else held.whenMore(MAX_WAIT_MS, () => answer(held.fetch(from, most)));
    });
  }

  /** Where the partition goes on: behind the batch where it was said to be done, else at it again; undefined when this stay is over. */
  private async handOver(
    stay: Stay,
    { partition, from, messages, lastOffset, highWatermark }: Portion,
    eachBatch: EachBatch,
  ): Promise<number | undefined> {
    let next = from;
    const batch = {
      ...this.placeOf(partition),
      messages,
      highWatermark: String(highWatermark),
      fetchedOffset: String(from),
      firstOffset: () => messages[0].offset,
      lastOffset: () => String(lastOffset),
    };
    try {
      await eachBatch({
        batch,
        heartbeat: () => Promise.resolve(),
        resolveOffset: (offset: string) => {
          next = Number(offset) + 1;
        },
        isRunning: () => this.isRunning,
        isStale: () => this.seeks.has(partition),
        pause: () => this.paused.add(partition),
      });
      if (stay.isOver) return undefined;
      return this.resolvesItself ? lastOffset + 1 : next;
    } catch {
      stay.end();
      return undefined;
    }
  }
}
