/**
 * Counters of what is used: in this process alone, or in a thread that counts in Redis for all processes.
 */
import { RateLimiterMemory, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { WINDOW_MS, type Charge, type Counted } from './rate-counts.js';

export interface RateCounter {
  /** Adds the charges; answers for each of them. */
  count(charges: readonly Charge[]): Promise<readonly Counted[]>;
  close(): Promise<void>;
}

/** Never used up for the library: how much is allowed is not the same for all, and whoever asked compares. */
export const window = { points: Number.MAX_SAFE_INTEGER, duration: WINDOW_MS / 1_000 };

export const countBy = (limiter: RateLimiterAbstract, charges: readonly Charge[]): Promise<Counted[]> =>
  Promise.all(
    charges.map(async ({ id, points }) => {
      const { consumedPoints, msBeforeNext } = await limiter.consume(id, points);
      return { id, used: consumedPoints, forMs: msBeforeNext };
    }),
  );

export const memoryCounter = (): RateCounter => {
  const limiter = new RateLimiterMemory(window);
  return { count: (charges) => countBy(limiter, charges), close: () => Promise.resolve() };
};
