import { AppError } from '#domain';
import type { PartitionHome } from './partition-home.js';
import { PartitionHealth, watchedHome } from './partition-watch.js';

class Truncated extends AppError {
  readonly code = 'STATE_TRUNCATED';
  readonly retryable = false;
}

/** A partition's durable side that fails as it is told to. */
const homeThat = () => {
  let fault: Error | undefined;
  const attempt = () => (fault === undefined ? Promise.resolve() : Promise.reject(fault));
  const home: PartitionHome<string> = {
    open: () => attempt().then(() => ({ apply: () => 0, pending: 0, take: () => [] })),
    publish: attempt,
    close: () => Promise.resolve(),
  };
  const health = new PartitionHealth();
  return {
    health,
    home: watchedHome(home, 3, health),
    fail: (error?: Error) => {
      fault = error;
    },
  };
};

describe('the health of owned partitions', () => {
  it('is bad while one is being restored', async () => {
    const { health, home } = homeThat();
    health.opening(1);
    expect(health.fault()).toBe('restoring 1');
    health.opened(1);
    await home.open();
    expect([health.fault(), health.counts().open]).toEqual([undefined, 2]);
  });

  it('is bad from a failed write until the partition is open again', async () => {
    const { health, home, fail } = homeThat();
    await home.open();
    fail(new Error('away'));
    await expect(home.publish(['a'], '1')).rejects.toThrow('away');
    await home.close();
    expect(health.fault()).toContain('partition 3 failed');
    await expect(home.open()).rejects.toThrow('away');
    fail(undefined);
    await home.open();
    expect(health.fault()).toBeUndefined();
  });

  it('is bad, with the code, while one stands still', async () => {
    const { health, home, fail } = homeThat();
    fail(new Truncated('records are gone'));
    await expect(home.open()).rejects.toThrow('gone');
    await home.close();
    health.opening(3);
    expect(health.fault()).toBe('partition 3 stands still: STATE_TRUNCATED');
    expect(health.counts().standing_still).toBe(1);
  });

  it('forgets what the group has given to another worker', async () => {
    const { health, home, fail } = homeThat();
    await home.open();
    fail(new Error('fenced'));
    await expect(home.publish(['a'], '1')).rejects.toThrow('fenced');
    health.assigned([1, 2]);
    expect(health.fault()).toBeUndefined();
  });
});
