/**
 * A partition that a worker owns: its state in memory, opened, written and started again.
 *
 * Batches are merged into the state; what changed goes out with the offset in one transaction, and batches are merged meanwhile: what
 * they change leaves with the next (paced-writes.ts). When a write fails, nothing in memory is trusted any more: the state is dropped,
 * made again from what is durable, and reading goes on from the offset committed last; a batch that was already fetched from
 * further on is left out.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Causes, tracing } from '#tracing';
import { PacedWrites } from './paced-writes.js';
import type { PartitionStore, PartitionState } from './partition-store.js';
import { PartitionQueue } from './partition-queue.js';
import { logPartitionFault, PartitionRestarts } from './partition-restarts.js';
import { ReadingPlace } from './reading-place.js';
import type { RecordBatch } from '../transport/record-batch.js';
import type { WritePolicy } from './write-pacer.js';

export class OwnedPartition<Out> {
  private state?: PartitionState<Out>;
  private last?: RecordBatch;
  private closed = false;
  private readonly queue = new PartitionQueue();
  private readonly place = new ReadingPlace();
  private readonly restarts = new PartitionRestarts();
  private readonly causes = new Causes();
  private readonly writes: PacedWrites;

  constructor(
    readonly partition: number,
    private readonly store: PartitionStore<Out>,
    policy: WritePolicy,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    const pending = () => (this.place.hasUnwritten ? this.state?.pending : undefined);
    this.writes = new PacedWrites(policy, now, { pending, write: (isBehind) => this.publish(isBehind) });
  }

  /** Takes the partition over: fences its previous owner and restores its state. Tries until it succeeds or is closed. */
  async open(): Promise<void> {
    while (!this.closed) {
      const left = this.restarts.msLeft(this.now());
      if (left > 0) await sleep(left);
      try {
        return await this.queue.run(async () => {
          if (!this.closed) await this.opened();
        });
      } catch (error) {
        // A batch that came meanwhile may have opened it: what it has begun to write is not to be cut off.
        await this.queue.run(async () => {
          if (this.state === undefined) await this.startAgain(error);
        });
      }
    }
  }

  /** The consumer has joined its group again. */
  reassigned(): void {
    this.place.rejoined();
  }

  /** Takes a batch in. What it changes is written soon; the next batch may come meanwhile. */
  async handle(batch: RecordBatch): Promise<void> {
    await this.queue.run(() => this.merge(batch));
    await this.writes.notFull();
  }

  /** Writes what is waiting and lets the partition go. */
  async close(): Promise<void> {
    this.closed = true;
    this.writes.stop();
    await this.queue.drained();
    await this.writes.finish();
    await this.store.close();
  }

  private async merge(batch: RecordBatch): Promise<void> {
    // A batch from before a restart has been overtaken: its records come again, after those that it would leave out.
    if (this.closed || batch.isStale()) return;
    this.last = batch;
    this.place.handed(batch.firstOffset);
    const early = this.restarts.msLeft(this.now());
    if (this.state === undefined && early > 0) return this.comeAgain(early);
    try {
      const state = await this.opened();
      const back = this.place.backFrom(batch.firstOffset);
      if (back !== undefined) return batch.seek(back);
      this.causes.note(batch.cause);
      const upstream = state.apply(batch.records);
      this.place.took(batch.nextOffset);
      this.writes.soon(Math.max(upstream, batch.behind));
    } catch (error) {
      await this.startAgain(error);
    }
  }

  private async opened(): Promise<PartitionState<Out>> {
    if (this.state !== undefined) return this.state;
    const state = await this.store.open();
    this.place.restored(state.readUpTo);
    return (this.state = state);
  }

  /** Never throws: a failure starts the partition again. */
  private async publish(isBehind: boolean): Promise<boolean> {
    try {
      const changes = this.state?.take(isBehind) ?? [];
      const offset = this.place.takeUnwritten() as string;
      await tracing().write(this.partition, this.causes.take(), (cause) => this.store.publish(changes, offset, cause));
      this.place.wrote(offset);
      this.restarts.succeeded();
      this.last?.done(offset);
      return true;
    } catch (error) {
      await this.queue.run(() => this.startAgain(error));
      return false;
    }
  }

  private async startAgain(error: unknown): Promise<void> {
    this.writes.drop();
    this.place.lost();
    this.state = undefined;
    logPartitionFault(this.logger, this.partition, error);
    await this.store.close();
    this.comeAgain(this.restarts.failed(this.now()));
  }

  /** Reading goes on from what was written last, after a pause in which the other partitions go on. */
  private comeAgain(ms: number): void {
    const { restart } = this.place;
    if (restart === undefined) return;
    this.last?.seek(restart);
    this.last?.rest(ms);
  }
}
