/** How long a partition that fails waits before it starts again, and what is said of the fault. */
import type { Logger } from 'pino';
import { AppError } from '#domain';
import { isFenced } from '#kafka';

const FIRST_PAUSE_MS = 200;
/** A fault that stays is not worth more than a look every few seconds. */
const MAX_PAUSE_MS = 5_000;

/** Pauses that double with every failure in a row. */
export class PartitionRestarts {
  private failures = 0;
  /** Milliseconds since the epoch. */
  private notBefore = 0;

  /** @returns how long to wait */
  failed(now: number): number {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, MAX_PAUSE_MS);
    this.failures += 1;
    this.notBefore = now + pause;
    return pause;
  }

  succeeded(): void {
    this.failures = 0;
  }

  /** How much of the pause is left; 0 or less: nothing. */
  msLeft(now: number): number {
    return this.notBefore - now;
  }
}

export const logPartitionFault = (logger: Logger, partition: number, error: unknown): void => {
  if (isFenced(error)) logger.warn({ partition }, 'another worker has taken the partition');
  else if (error instanceof AppError && !error.retryable) {
    const { code, context, message } = error;
    logger.error({ partition, code, ...context }, `the partition stands still: ${message}`);
  } else logger.warn({ partition, err: error }, 'partition failed, starting it again from what is durable');
};
