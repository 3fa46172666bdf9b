import { AppError } from '#domain';
import type { PartitionStore } from '../partition/partition-store.js';
import { PartitionHealth, watchedStore } from './partition-watch.js';

class Truncated extends AppError {
  readonly code = 'STATE_TRUNCATED';
  readonly retryable = false;
}

/** A partition's durable side that fails as it is told to. */
const storeThat = () => {
  let fault: Error | undefined;
  const attempt = () => (fault === undefined ? Promise.resolve() : Promise.reject(fault));
  const store: PartitionStore<string> = {
    open: () => attempt().then(() => ({ apply: () => 0, pending: 0, take: () => [] })),
    publish: attempt,
    close: () => Promise.resolve(),
  };
  const health = new PartitionHealth();
  return {
    health,
    store: watchedStore(store, 3, health),
    fail: (error?: Error) => {
      fault = error;
    },
  };
};

describe('the health of owned partitions', () => {
  it('is bad while one is being restored', async () => {
    const { health, store } = storeThat();
    health.opening(1);
    expect(health.fault()).toBe('restoring 1');
    health.opened(1);
    await store.open();
    expect([health.fault(), health.counts().open]).toEqual([undefined, 2]);
  });

  it('is bad from a failed write until the partition is open again', async () => {
    const { health, store, fail } = storeThat();
    await store.open();
    fail(new Error('away'));
    await expect(store.publish(['a'], '1')).rejects.toThrow('away');
    await store.close();
    expect(health.fault()).toContain('partition 3 failed');
    await expect(store.open()).rejects.toThrow('away');
    fail(undefined);
    await store.open();
    expect(health.fault()).toBeUndefined();
  });

  it('is bad, with the code, while one stands still', async () => {
    const { health, store, fail } = storeThat();
    fail(new Truncated('records are gone'));
    await expect(store.open()).rejects.toThrow('gone');
    await store.close();
    health.opening(3);
    expect(health.fault()).toBe('partition 3 stands still: STATE_TRUNCATED');
    expect(health.counts().standing_still).toBe(1);
  });

  it('forgets what the group has given to another worker', async () => {
    const { health, store, fail } = storeThat();
    await store.open();
    fail(new Error('fenced'));
    await expect(store.publish(['a'], '1')).rejects.toThrow('fenced');
    health.assigned([1, 2]);
    expect(health.fault()).toBeUndefined();
  });
});
