/**
 * Turns: work that may wait leaves room for work that may not.
 *
 * One piece runs at a time. Where the other work was under way just now, there is a rest after a piece in proportion to how long
 * it took: it comes less often, in larger pieces. Alone it goes on at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitedLater } from '#promises';

export interface Resting {
  /** How long to rest, as a multiple of how long the work took. */
  readonly restShare: number;
  /** At most, in milliseconds. */
  readonly maxRestMs: number;
  /** How long after the other work it still counts as under way, in milliseconds. */
  readonly justNowMs: number;
}

export class Turn {
  private last: Promise<unknown> = Promise.resolve();
  private othersAt = -Infinity;

  constructor(private readonly resting: Resting) {}

  /** Says that the other work is under way. */
  noteOthers(): void {
    this.othersAt = performance.now();
  }

  /** Runs work when it has its turn; resolves or rejects as the work does, before the rest. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const turn = this.last.then(async () => {
        const startedAt = performance.now();
        try {
          resolve(await work());
        } catch (error) {
          reject(error as Error);
        }
        await this.rest(performance.now() - startedAt);
      });
      this.last = awaitedLater(turn);
    });
  }

  private async rest(took: number): Promise<void> {
    const { restShare, maxRestMs, justNowMs } = this.resting;
    const end = performance.now() + Math.min(took * restShare, maxRestMs);
    for (;;) {
      const until = Math.min(end, this.othersAt + justNowMs);
      const left = until - performance.now();
      if (left <= 0) return;
      await sleep(left);
    }
  }
}
