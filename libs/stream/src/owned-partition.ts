/**
 * A partition that a worker owns: its state in memory, and its one way out.
 *
 * Batches are merged into the state; what changed goes out with the offset in one transaction, at once while there is little
 * to read, at a pace under load, and at intervals while far behind, so that a key is written once for many events. One write is
 * under way at a time, and batches are merged meanwhile: what they change leaves with the next. When a write fails, nothing in
 * memory is trusted any more: the state is dropped, made again from what is durable, and reading goes on from the offset
 * committed last; a batch that was already fetched from further on is left out.
 */
import type { Logger } from 'pino';
import { type KafkaMessage, isFenced } from '#kafka';
import { AppError } from '#domain';
import { inBackground } from '#promises';
import { Causes, tracing, type Cause } from '#tracing';
import type { RecordBatch } from './record-batch.js';

/** What one partition's worker knows, and what of it is not written yet. `Out` is what it writes. */
export interface PartitionState<Out> {
  /** Takes records in; returns how many events wait upstream, as far as the records tell. */
  apply(records: readonly KafkaMessage[]): number;
  /** Up to where a state that was just made has taken records in, where it knows: a batch from further on would leave some out. */
  readonly readUpTo?: string;
  /** How much has changed since `take`. */
  readonly pending: number;
  /** What changed, absolute. `isBehind`: more of the same is on its way. */
  take(isBehind: boolean): readonly Out[];
}

/** The durable side of a partition: fences the owner before, restores, publishes. */
export interface PartitionHome<Out> {
  open(): Promise<PartitionState<Out>>;
  /** Resolves when all of it, and the offset, is durable. @param cause what led to it, if that is traced */
  publish(changes: readonly Out[], offset: string, cause?: Cause): Promise<void>;
  close(): Promise<void>;
}

export interface FlushPolicy {
  /** From one write to the next at least so many milliseconds, and twice as long as the last one took: under load a key is written less often. */
  readonly paceMs: number;
  /** While more than this wait, here or upstream, writing may wait too. */
  readonly behindEvents: number;
  /** How long, in milliseconds. */
  readonly behindFlushMs: number;
  /** But not with more changes than this. */
  readonly maxPending: number;
  /** With more changes than this a catching-up is just over: stragglers are waited for. */
  readonly settlePending: number;
  /** How long each time, in milliseconds; three times that in all. */
  readonly settleMs: number;
}

/** A fault that stays is not worth more than a look every few seconds. */
const MAX_PAUSE_MS = 5_000;

/** With the end of the backlog in sight, a flush may wait for it for so many intervals. */
const NEARLY = 3;

/** How long catching up will take at the pace since it began. */
class CatchingUp {
  private since = 0;
  private from = 0;
  private left = 0;

  constructor(private readonly now: () => number) {}

  /** @param behind events that wait; 0 when there is no backlog */
  note(behind: number): void {
    this.left = behind;
    if (behind > this.from || this.since === 0) {
      this.since = this.now();
      this.from = behind;
    }
    if (behind === 0) this.since = 0;
  }

  /** Milliseconds until nothing waits; Infinity while no pace is known. */
  msLeft(): number {
    const done = this.from - this.left;
    return done > 0 ? (this.left * (this.now() - this.since)) / done : Infinity;
  }
}

export class OwnedPartition<Out> {
  private state?: PartitionState<Out>;
  private tail: Promise<unknown> = Promise.resolve();
  /** Up to where the state has taken records in, if that is not written yet. */
  private nextOffset?: string;
  private restartAt?: string;
  private last?: RecordBatch;
  /** Up to where the state has taken records in, written or not; and where reading last had to go back to. */
  private reached?: string;
  private wentBackTo?: string;
  private failures = 0;
  /** A state that could not be had is not asked for again before, milliseconds since the epoch. */
  private openAfter = 0;
  private timer?: NodeJS.Timeout;
  private writing?: Promise<void>;
  private waitingSince = 0;
  private settlingSince = 0;
  private beganAt = 0;
  private writingTook = 0;
  private isBehind = false;
  private readonly catchingUp: CatchingUp;
  private readonly causes = new Causes();
  private closed = false;

  constructor(
    readonly partition: number,
    private readonly home: PartitionHome<Out>,
    private readonly policy: FlushPolicy,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    this.catchingUp = new CatchingUp(now);
  }

  /** Takes the partition over: fences whoever had it and restores its state. Tries until it succeeds or is closed. */
  async open(): Promise<void> {
    while (!this.closed) {
      await this.untilOpenable();
      try {
        await this.exclusively(async () => {
          if (!this.closed) await this.ready();
        });
        return;
      } catch (error) {
        // A batch that came meanwhile may have opened it: what it has begun to write is not to be cut off.
        await this.exclusively(async () => {
          if (this.state === undefined) await this.startAgain(error);
        });
      }
    }
  }

  /** The consumer has joined its group again. It may be a new one, which knows nothing of a place that the one before was sent to. */
  reassigned(): void {
    this.wentBackTo = undefined;
  }

  /** Takes a batch in. What it changes is written soon; the next batch may come meanwhile. */
  async handle(batch: RecordBatch): Promise<void> {
    await this.exclusively(() => this.merge(batch));
    if ((this.state?.pending ?? 0) >= this.policy.maxPending) await this.writing;
  }

  /** Writes what is waiting and lets the partition go. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.exclusively(() => Promise.resolve());
    await this.writing;
    this.write();
    await this.writing;
    await this.home.close();
  }

  private async merge(batch: RecordBatch): Promise<void> {
    // A batch from before a restart has been overtaken: its records come again, after those that it would leave out.
    if (this.closed || batch.isStale()) return;
    this.last = batch;
    this.restartAt ??= batch.firstOffset;
    const early = this.openAfter - this.now();
    if (this.state === undefined && early > 0) return this.comeAgain(early);
    try {
      const state = await this.ready();
      if (this.goesBack(batch)) return;
      this.causes.note(batch.cause);
      const upstream = state.apply(batch.records);
      this.reached = batch.nextOffset;
      this.nextOffset = batch.nextOffset;
      const behind = Math.max(upstream, batch.behind);
      this.isBehind = behind > this.policy.behindEvents;
      this.catchingUp.note(this.isBehind ? behind : 0);
      this.writeWhenDue(state.pending);
    } catch (error) {
      await this.startAgain(error);
    }
  }

  /**
   * Whether records lie between what the state has taken in and the batch: a rebalance in the middle of a restore makes the consumer go
   * on from what is committed; another worker may have had the partition for a while; somebody may have set the group's offset. Reading
   * goes on from the state's place. Once: what is not there any more the second time is gone from the topic.
   */
  private goesBack(batch: RecordBatch): boolean {
    const { reached } = this;
    if (reached === undefined || this.wentBackTo === reached) return false;
    if (BigInt(batch.firstOffset) <= BigInt(reached)) return false;
    this.wentBackTo = reached;
    if (this.restartAt === undefined || BigInt(this.restartAt) > BigInt(reached)) this.restartAt = reached;
    batch.seek(reached);
    return true;
  }

  /** Writes now or when it is due; while a write is under way, after that. */
  private writeWhenDue(pending: number): void {
    if (this.writing !== undefined) return;
    clearTimeout(this.timer);
    const left = pending >= this.policy.maxPending ? 0 : this.dueAt(pending) - this.now();
    if (left <= 0) this.write();
    else this.timer = setTimeout(() => this.write(), left);
  }

  /**
   * When what is pending ought to be written: while far behind at intervals, or when the end of the backlog is reached if that is
   * near; after that when no stragglers have come for a moment; else at the pace.
   */
  private dueAt(pending: number): number {
    const { paceMs, behindFlushMs, settlePending, settleMs } = this.policy;
    const now = this.now();
    this.waitingSince ||= now;
    if (this.isBehind) {
      this.settlingSince = 0;
      // Nearly there: what is written now would be written again in a moment.
      const isNearlyThere = this.catchingUp.msLeft() < behindFlushMs;
      return this.waitingSince + (isNearlyThere ? NEARLY * behindFlushMs : behindFlushMs);
    }
    if (pending <= settlePending) return this.beganAt + Math.max(paceMs, 2 * this.writingTook);
    this.settlingSince ||= now;
    return Math.min(now + settleMs, this.settlingSince + 3 * settleMs);
  }

  /** Begins to write what is pending, unless a write is under way. Never throws: a failure starts the partition again. */
  private write(): void {
    clearTimeout(this.timer);
    const { state, nextOffset: offset } = this;
    if (this.writing !== undefined || state === undefined || offset === undefined) return;
    this.waitingSince = 0;
    this.settlingSince = 0;
    this.nextOffset = undefined;
    const writing = this.publish(state, offset).finally(() => {
      this.writing = undefined;
      if (this.nextOffset !== undefined && !this.closed) this.writeWhenDue(this.state?.pending ?? 0);
    });
    inBackground(writing);
    this.writing = writing;
  }

  private async publish(state: PartitionState<Out>, offset: string): Promise<void> {
    const startedAt = this.now();
    try {
      const changes = state.take(this.isBehind);
      await tracing().write(this.partition, this.causes.take(), (cause) => this.home.publish(changes, offset, cause));
      this.restartAt = offset;
      this.failures = 0;
      this.last?.done(offset);
      this.beganAt = startedAt;
      this.writingTook = this.now() - startedAt;
    } catch (error) {
      await this.exclusively(() => this.startAgain(error));
    }
  }

  private async ready(): Promise<PartitionState<Out>> {
    if (this.state !== undefined) return this.state;
    const state = await this.home.open();
    this.reached = state.readUpTo;
    this.wentBackTo = undefined;
    return (this.state = state);
  }

  private async startAgain(error: unknown): Promise<void> {
    const { partition } = this;
    clearTimeout(this.timer);
    this.waitingSince = 0;
    this.settlingSince = 0;
    this.state = undefined;
    this.nextOffset = undefined;
    if (isFenced(error)) this.logger.warn({ partition }, 'another worker has taken the partition');
    else if (error instanceof AppError && !error.retryable)
      this.logger.error(
        { partition, code: error.code, ...error.context },
        `the partition stands still: ${error.message}`,
      );
    else this.logger.warn({ partition, err: error }, 'partition failed, starting it again from what is durable');
    await this.home.close();
    const pause = Math.min(200 * 2 ** this.failures, MAX_PAUSE_MS);
    this.openAfter = this.now() + pause;
    this.failures += 1;
    this.comeAgain(pause);
  }

  /** Reading goes on from what was written last, after a pause in which the other partitions go on. */
  private comeAgain(ms: number): void {
    if (this.restartAt === undefined) return;
    this.last?.seek(this.restartAt);
    this.last?.rest(ms);
  }

  private async untilOpenable(): Promise<void> {
    const left = this.openAfter - this.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const run = this.tail.then(work, work);
    this.tail = run.catch(() => undefined);
    return run;
  }
}
