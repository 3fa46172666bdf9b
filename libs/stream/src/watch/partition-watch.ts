/**
 * Watches the partitions that a worker owns, by standing between each and its durable side: restored, failing or standing still, and
 * how long its writes take.
 */
import { AppError } from '#domain';
import type { Cause } from '#tracing';
import type { PartitionStore, PartitionState } from '../partition/partition-store.js';

/** How partitions are doing. */
export interface PartitionObserver {
  opening(partition: number): void;
  /** @param ms how long restoring took */
  opened(partition: number, ms: number): void;
  /** @param code of a fault that will not pass by itself */
  failed(partition: number, code?: string): void;
  /** @param records written, in so many milliseconds */
  flushed(partition: number, records: number, ms: number): void;
  closed(partition: number): void;
}

/** The same durable side, watched. */
export const watchedStore = <Out>(
  store: PartitionStore<Out>,
  partition: number,
  observer: PartitionObserver | undefined,
): PartitionStore<Out> => (observer === undefined ? store : new WatchedStore(store, partition, observer));

class WatchedStore<Out> implements PartitionStore<Out> {
  constructor(
    private readonly store: PartitionStore<Out>,
    private readonly partition: number,
    private readonly observer: PartitionObserver,
  ) {}

  async open(): Promise<PartitionState<Out>> {
    const startedAt = performance.now();
    this.observer.opening(this.partition);
    const state = await this.orFailed(() => this.store.open());
    this.observer.opened(this.partition, performance.now() - startedAt);
    return state;
  }

  async publish(changes: readonly Out[], offset: string, cause?: Cause): Promise<void> {
    const startedAt = performance.now();
    await this.orFailed(() => this.store.publish(changes, offset, cause));
    this.observer.flushed(this.partition, changes.length, performance.now() - startedAt);
  }

  async close(): Promise<void> {
    this.observer.closed(this.partition);
    await this.store.close();
  }

  private async orFailed<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.observer.failed(this.partition, error instanceof AppError && !error.retryable ? error.code : undefined);
      throw error;
    }
  }
}

type Doing = 'restoring' | 'open' | 'failed' | { readonly standsStill: string };

/** Whether every partition owned is restored and writes. */
export class PartitionHealth implements PartitionObserver {
  private readonly doing = new Map<number, Doing>();

  opening(partition: number): void {
    // One that failed counts as failed until it is open again.
    if (!this.isFailed(partition)) this.doing.set(partition, 'restoring');
  }

  opened(partition: number): void {
    this.doing.set(partition, 'open');
  }

  failed(partition: number, code?: string): void {
    this.doing.set(partition, code === undefined ? 'failed' : { standsStill: code });
  }

  flushed(partition: number): void {
    this.doing.set(partition, 'open');
  }

  /** A failed partition is closed before it is opened again; whether it is still owned says the group. */
  closed(partition: number): void {
    if (!this.isFailed(partition)) this.doing.delete(partition);
  }

  /** The group has assigned these partitions and no others. */
  assigned(partitions: readonly number[]): void {
    for (const partition of this.doing.keys()) if (!partitions.includes(partition)) this.doing.delete(partition);
  }

  fault(): string | undefined {
    const by = (found: (doing: Doing) => boolean) => [...this.doing].filter(([, doing]) => found(doing));
    const [still] = by((doing) => typeof doing === 'object');
    if (still !== undefined)
      return `partition ${still[0]} stands still: ${(still[1] as { standsStill: string }).standsStill}`;
    const [failed] = by((doing) => doing === 'failed');
    if (failed !== undefined) return `partition ${failed[0]} failed and is started again`;
    const restoring = by((doing) => doing === 'restoring').map(([partition]) => partition);
    return restoring.length > 0 ? `restoring ${restoring.join(', ')}` : undefined;
  }

  /** How many partitions are doing what. */
  counts(): Readonly<Record<'open' | 'restoring' | 'failed' | 'standing_still', number>> {
    const counts = { open: 0, restoring: 0, failed: 0, standing_still: 0 };
    for (const doing of this.doing.values()) counts[typeof doing === 'object' ? 'standing_still' : doing] += 1;
    return counts;
  }

  private isFailed(partition: number): boolean {
    const doing = this.doing.get(partition);
    return doing === 'failed' || typeof doing === 'object';
  }
}
