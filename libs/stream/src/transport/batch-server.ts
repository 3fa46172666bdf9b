/**
 * Nest's transport for Kafka by batch, over kafkajs `eachBatch`.
 *
 * Nest's own Kafka transport hands out one message at a time. Here a handler gets everything that was fetched of a partition
 * at once, each pattern's topics through a consumer of its own. Offsets are committed, a few times a second, only of what the handler is
 * done with, or by the handler itself in its transaction. A fault that may pass (`retryable`) makes the partition start again at the batch; any other
 * stops the process with the offset uncommitted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Logger } from 'pino';
import {
  type Consumer,
  type EachBatchPayload,
  type Kafka,
  inOrder,
  isKafkaError,
  type KafkaMessage,
  seek,
} from '#kafka';
import { AppError } from '#domain';
import { inBackground, inTime } from '#promises';
import { tracing } from '#tracing';
import { askedTogether, committedPlacesOf, PlaceCheck, type TopicPlaces } from './committed-places.js';
import { OffsetCommits } from './offset-commits.js';
import { PartitionRests } from './partition-rests.js';
import { followMarkers, PassedMarkers } from './passed-markers.js';
import { toRecordBatch, type RecordBatch } from './record-batch.js';
import type { SkippedRecords } from './skipped-records.js';
import { StandingPlaces } from './standing-places.js';
import { boundsOf } from './topic-reading.js';
import { observeConsumer, unobserved, type StreamObserver } from '../watch/stream-observer.js';

export interface BatchServerOptions {
  readonly kafka: Kafka;
  readonly logger: Logger;
  /** The topic of a handler's pattern. */
  readonly topicOf: (pattern: string) => string;
  /** Topics that the pattern's consumer reads beside it, in the same group and by the same handler. */
  readonly besides?: (pattern: string) => readonly string[];
  /** The consumer group of a topic. */
  readonly groupOf: (topic: string) => string;
  /** What is committed: each batch after its handler, what the handler says is done, or nothing here (its transactions do, or nobody). */
  readonly commits: (topic: string) => 'after-batch' | 'when-done' | 'never';
  readonly from: 'earliest' | 'latest';
  /** Whether a topic is read from its beginning where its place was committed by somebody else: a group set by hand leaves nothing out. */
  readonly startsOver?: (topic: string) => boolean;
  /** Called when the group has (re)assigned partitions. */
  readonly onAssignment?: (topic: string, partitions: readonly number[], consumer: Consumer) => void;
  /** Called when a consumer cannot go on. */
  readonly onFatal: (error: unknown) => void;
  readonly maxBytesPerPartition?: number;
  /** At least so many milliseconds from the beginning of one batch to the next, unless far behind: under load fewer, fuller batches. */
  readonly leastMsOf?: (pattern: string) => number;
  readonly sessionTimeoutMs: number;
  /** How long leaving the groups may take, in milliseconds. */
  readonly leaveMs?: number;
  /** How often it is looked whether a committed place stands before what was read, in milliseconds. */
  readonly placesMs?: number;
  readonly observer?: StreamObserver;
  /** What an operator has set aside; looked at when a batch has failed. */
  readonly skipped?: SkippedRecords;
  /** Told of every batch of a topic that cannot be read; it is passed over. */
  readonly onUnreadable?: (topic: string, partition: number, record: KafkaMessage) => void;
}

/** So many partitions' batches are handled at once; kafkajs wakes every one of these for every fetch, so not many more than are needed. */
const WORKERS = 12;
const HEARTBEAT_MS = 1_000;
/** So long the end of what is under way and the goodbye to the groups are waited for; a service has twenty seconds for all of its drain. */
const LEAVE_MS = 6_000;
/** An answer of the broker about committed places that has not come by then is asked for again: batches wait for it. */
const ANSWER_MS = 20_000;
const PLACES_MS = 10_000;
const MAX_BACKOFF_MS = 5_000;
const USUAL_LEAST_MS = 15;
/** With more records than this behind a batch, the next one is taken at once. */
const FAR_BEHIND = 5_000;

/** A topic's consumer, which may read others too, and what goes with the topic. */
interface Reading {
  readonly consumer: Consumer;
  readonly offsets: OffsetCommits;
  readonly passed: PassedMarkers;
  readonly rests: PartitionRests;
}

export class KafkaBatchServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumers: Consumer[] = [];
  private readonly offsets: OffsetCommits[] = [];
  private readonly places = new Map<string, PlaceCheck>();
  private readonly failures = new Map<string, number>();
  /** How often a topic's consumer has joined its group. */
  private readonly joins = new Map<string, number>();
  private readonly rests: PartitionRests[] = [];
  private readonly looks: NodeJS.Timeout[] = [];
  private readonly observer: StreamObserver;
  private stopping = false;

  constructor(private readonly options: BatchServerOptions) {
    super();
    this.observer = options.observer ?? unobserved;
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /**
   * Takes no further batch, waits for those under way and leaves the groups. Where Kafka is away it cannot be told: then this gives up,
   * the groups find out by themselves, and what was not committed is read again.
   */
  async close(): Promise<void> {
    this.stopping = true;
    for (const places of this.places.values()) places.close();
    for (const rests of this.rests) rests.close();
    for (const look of this.looks) clearInterval(look);
    const hasLeft = await inTime(this.leave(), this.options.leaveMs ?? LEAVE_MS);
    if (!hasLeft) this.options.logger.warn('Kafka does not answer: the groups are left without a word');
    for (const offsets of this.offsets) offsets.close();
  }

  private async leave(): Promise<void> {
    await Promise.all(this.offsets.map((offsets) => offsets.flush()));
    await Promise.all(this.consumers.map((consumer) => consumer.disconnect()));
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.consumers as T;
  }

  /** All at once: to join a group takes several answers of the broker, whoever else joins another. */
  private async start(): Promise<void> {
    await Promise.all([...this.messageHandlers.keys()].map((pattern) => this.consume(pattern)));
  }

  private async consume(pattern: string): Promise<void> {
    const topics = [this.options.topicOf(pattern), ...(this.options.besides?.(pattern) ?? [])];
    const consumer = this.createConsumer(topics);
    const readings = this.readings(consumer, topics);
    this.consumers.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: this.options.from === 'earliest' });
    await consumer.run({
      autoCommit: false,
      // kafkajs would move a partition behind a batch from before the group was joined again: nobody would read what came with it.
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: WORKERS,
      eachBatch: (payload) => this.onBatch(pattern, readings.get(payload.batch.topic) as Reading, payload),
    });
  }

  private readings(consumer: Consumer, topics: readonly string[]): ReadonlyMap<string, Reading> {
    const readings = new Map(topics.map((topic) => [topic, this.reading(consumer, topic)]));
    const followed = [...readings].filter(([topic]) => this.options.commits(topic) !== 'never');
    if (followed.length > 0) {
      followMarkers(consumer, new Map(followed.map(([topic, { passed }]) => [topic, passed])));
      this.lookAtPlaces(consumer, topics[0], new Map(followed));
    }
    const all = [...readings];
    consumer.on(consumer.events.REBALANCING, () => all.forEach(([, { offsets }]) => inBackground(offsets.flush())));
    consumer.on(consumer.events.GROUP_JOIN, () => all.forEach(([, { offsets }]) => offsets.joined()));
    return readings;
  }

  /** Now and then: a commit that came late may have set a place back (standing-places.ts). */
  private lookAtPlaces(consumer: Consumer, first: string, readings: ReadonlyMap<string, Reading>): void {
    const { kafka, groupOf, placesMs = PLACES_MS } = this.options;
    const ask = askedTogether(() => committedPlacesOf(kafka, groupOf(first), [...readings.keys()]), ANSWER_MS);
    const standing = [...readings].map(([topic, reading]): [string, StandingPlaces] => {
      const places = new StandingPlaces({
        places: async () => (await ask()).get(topic) as TopicPlaces,
        bounds: askedTogether(() => boundsOf(kafka, topic), ANSWER_MS),
        atRest: (partition) => reading.passed.atRest(partition),
        readAgain: (partition, from, isCommitted) => this.readAgain(topic, reading, partition, from, isCommitted),
      });
      this.looks.push(setInterval(() => inBackground(places.look(), () => undefined), placesMs));
      return [topic, places];
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      for (const [topic, places] of standing) places.assign(memberAssignment[topic] ?? []);
    });
  }

  private readAgain(
    topic: string,
    { consumer, passed }: Reading,
    partition: number,
    from: bigint,
    isCommitted: boolean,
  ): void {
    const offset = String(from);
    this.options.logger.warn(
      { code: 'PLACE_SET_BACK', topic, partition, offset },
      'the committed place stands before what was read: reading goes on from there once more',
    );
    if (seek(consumer, { topic, partition, offset }) && isCommitted) passed.sentToCommitted(partition, from);
  }

  private reading(consumer: Consumer, topic: string): Reading {
    const offsets = new OffsetCommits(consumer, topic, this.options.logger);
    const passed = new PassedMarkers(offsets, (partition) => this.mayBegin(topic, partition));
    const rests = new PartitionRests(consumer, topic);
    this.offsets.push(offsets);
    this.rests.push(rests);
    return { consumer, offsets, passed, rests };
  }

  private createConsumer(topics: string[]): Consumer {
    const { kafka, groupOf, onFatal, maxBytesPerPartition = 4_194_304, sessionTimeoutMs } = this.options;
    const groupId = groupOf(topics[0]);
    const consumer = kafka.consumer({
      groupId,
      partitionAssigners: [inOrder],
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: 3 * sessionTimeoutMs,
      maxWaitTimeInMs: 250,
      maxBytesPerPartition,
      maxBytes: 64 * 1_048_576,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1_000_000 },
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!this.stopping && !payload.restart) onFatal(payload.error);
    });
    if (this.options.observer !== undefined) observeConsumer(consumer, topics, this.observer);
    this.checkPlaces(consumer, groupId, topics);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      for (const topic of topics) this.assigned(consumer, topic, memberAssignment[topic] ?? []);
    });
    return consumer;
  }

  private checkPlaces(consumer: Consumer, groupId: string, topics: string[]): void {
    const { kafka, logger, startsOver, commits } = this.options;
    const ask = askedTogether(() => committedPlacesOf(kafka, groupId, topics), ANSWER_MS);
    for (const topic of topics) {
      const isStartedOver = startsOver?.(topic) === true;
      if (!isStartedOver && commits(topic) !== 'when-done') continue;
      const asked = async () => (await ask()).get(topic) as TopicPlaces;
      this.places.set(topic, new PlaceCheck(consumer, groupId, topic, logger, asked, isStartedOver));
    }
  }

  private assigned(consumer: Consumer, topic: string, partitions: readonly number[]): void {
    this.joins.set(topic, this.joinsOf(topic) + 1);
    this.places.get(topic)?.assign(partitions);
    this.options.onAssignment?.(topic, partitions, consumer);
  }

  private async onBatch(
    pattern: string,
    { consumer, offsets, passed, rests }: Reading,
    payload: EachBatchPayload,
  ): Promise<void> {
    const { topic, partition } = payload.batch;
    const joins = this.joinsOf(topic);
    const isOvertaken = () => this.joinsOf(topic) !== joins;
    await this.settled(topic, partition);
    if (this.stopping || !payload.isRunning() || payload.isStale() || isOvertaken()) return;
    const batch = toRecordBatch(payload, {
      consumer,
      rests,
      passed: this.options.commits(topic) === 'when-done' ? passed : undefined,
      marked: (records) => this.options.skipped?.marked(topic, partition, records) ?? records,
      isStopping: () => this.stopping,
      isOvertaken,
    });
    passed.handed(partition, batch.nextOffset);
    this.sayUnreadable(batch);
    const startedAt = performance.now();
    this.observer.taken(batch);
    const beat = setInterval(() => inBackground(payload.heartbeat(), () => undefined), HEARTBEAT_MS);
    try {
      await tracing().batch(batch, this.options.groupOf(topic), (cause) =>
        this.handle(pattern, cause === undefined ? batch : { ...batch, cause }),
      );
      if (this.options.commits(topic) === 'after-batch' && !isOvertaken()) {
        passed.done(partition, batch.nextOffset);
        if (this.stopping) await offsets.flush();
      }
      this.failures.delete(`${topic}/${partition}`);
      this.observer.handled(batch, performance.now() - startedAt);
      if (!isOvertaken()) payload.resolveOffset(payload.batch.lastOffset());
      if (batch.behind <= FAR_BEHIND) await this.rest(pattern, startedAt);
    } catch (error) {
      await this.onFailure(error, batch);
    } finally {
      clearInterval(beat);
    }
  }

  private settled(topic: string, partition: number): Promise<void> {
    return this.places.get(topic)?.settled(partition) ?? Promise.resolve();
  }

  /** Where places go with a state, markers are not the first that is passed. */
  private async mayBegin(topic: string, partition: number): Promise<boolean> {
    const isBegun = await this.places.get(topic)?.isBegun(partition);
    return this.options.commits(topic) !== 'when-done' || isBegun === true;
  }

  private joinsOf(topic: string): number {
    return this.joins.get(topic) ?? 0;
  }

  /** The next fetch waits for every batch of this one. What comes after a quiet moment is not held up. */
  private async rest(pattern: string, startedAt: number): Promise<void> {
    const leastMs = this.options.leastMsOf?.(pattern) ?? USUAL_LEAST_MS;
    const left = startedAt + leastMs - performance.now();
    if (left > 1 && !this.stopping) await sleep(left);
  }

  private async handle(pattern: string, batch: RecordBatch): Promise<void> {
    const handler = this.messageHandlers.get(pattern);
    if (handler === undefined) throw new Error(`no handler for ${pattern}`);
    const result: unknown = await handler(batch, undefined);
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private async onFailure(error: unknown, batch: RecordBatch): Promise<void> {
    if (isRebalancing(error)) throw error;
    if (!isRetryable(error)) {
      this.options.onFatal(error);
      throw error;
    }
    const { topic, partition } = batch;
    const failures = (this.failures.get(`${topic}/${partition}`) ?? 0) + 1;
    this.failures.set(`${topic}/${partition}`, failures);
    this.observer.failed(batch, failures);
    this.options.logger.warn({ topic, partition, failures, err: error }, 'batch failed, taking it again');
    await this.options.skipped?.refresh().catch((err: unknown) => {
      this.options.logger.warn({ err }, 'what was set aside could not be read');
    });
    batch.seek(batch.firstOffset);
    batch.rest(Math.min(50 * 2 ** failures, MAX_BACKOFF_MS));
  }

  /** An alarm for each batch that cannot be read; nothing of it can be shown but where it was and why. */
  private sayUnreadable({ topic, partition, records }: RecordBatch): void {
    for (const record of records) {
      if (record.unreadable === undefined) continue;
      const { why, detail, firstOffset, lastOffset } = record.unreadable;
      const place = { topic, partition, firstOffset, lastOffset };
      this.options.logger.error(
        { code: 'UNREADABLE_BATCH', why, detail, ...place },
        'a batch cannot be read: passed over',
      );
      this.observer.unreadable(topic, partition);
      this.options.onUnreadable?.(topic, partition, record);
    }
  }
}

const isRebalancing = (error: unknown): boolean =>
  ['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'].includes(
    (error as { type?: string } | undefined)?.type ?? '',
  );

const isRetryable = (error: unknown): boolean => (error instanceof AppError ? error.retryable : isKafkaError(error));
