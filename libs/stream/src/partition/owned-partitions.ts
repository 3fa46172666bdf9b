/**
 * The partitions that this worker owns now, by what the consumer group assigned.
 *
 * A partition that stays keeps its state; one that goes is closed; one that comes is opened at once, so that the owner before
 * is fenced and no transaction of its stays open.
 */
import { inBackground } from '#promises';
import type { RecordBatch } from '../transport/record-batch.js';
import type { OwnedPartition } from './owned-partition.js';

export class OwnedPartitions<Out> {
  private readonly owned = new Map<number, OwnedPartition<Out>>();

  constructor(private readonly create: (partition: number) => OwnedPartition<Out>) {}

  /** Follows an assignment; returns the partitions that are new. */
  assign(partitions: readonly number[]): readonly number[] {
    for (const [partition, held] of this.owned) {
      if (partitions.includes(partition)) held.reassigned();
      else {
        this.owned.delete(partition);
        inBackground(held.close());
      }
    }
    const fresh = partitions.filter((partition) => !this.owned.has(partition));
    for (const partition of fresh) {
      const created = this.create(partition);
      this.owned.set(partition, created);
      inBackground(created.open());
    }
    return fresh;
  }

  /** A batch that was fetched before its partition went to another worker is not this worker's any more. */
  async handle(batch: RecordBatch): Promise<void> {
    await this.owned.get(batch.partition)?.handle(batch);
  }

  async close(): Promise<void> {
    await Promise.all([...this.owned.values()].map((partition) => partition.close()));
  }
}
