/**
 * Turns: work that may wait leaves room for work that may not.
 *
 * One piece runs at a time. Where the other work was under way just now, there is a rest after a piece in proportion to how long
 * it took: it comes less often, in larger pieces. Alone it goes on at once.
 */
export class Turn {
  private last: Promise<unknown> = Promise.resolve();
  private othersAt = -Infinity;

  /**
   * @param restShare how long to rest, as a multiple of how long the work took
   * @param justNowMs how long after the other work it still counts as under way
   */
  constructor(
    private readonly restShare: number,
    private readonly justNowMs: number,
  ) {}

  /** Says that the other work is under way. */
  noteOthers(): void {
    this.othersAt = performance.now();
  }

  /** Runs work when it has its turn; resolves or rejects as the work does, before the rest. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.last = this.last.then(async () => {
        const startedAt = performance.now();
        await work().then(resolve, reject);
        await this.rest(performance.now() - startedAt);
      });
    });
  }

  private async rest(took: number): Promise<void> {
    const end = performance.now() + took * this.restShare;
    for (;;) {
      const until = Math.min(end, this.othersAt + this.justNowMs);
      const left = until - performance.now();
      if (left <= 0) return;
      await new Promise((rested) => setTimeout(rested, left));
    }
  }
}
