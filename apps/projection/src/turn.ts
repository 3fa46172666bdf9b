/**
 * Turns: work that may wait leaves room for work that may not.
 *
 * One piece runs at a time, and after it there is a rest in proportion to how long it took, up to a limit. Alone it runs at
 * once; under load it comes less often, in larger pieces.
 */
export class Turn {
  private last: Promise<unknown> = Promise.resolve();

  /** @param restShare how long to rest, as a multiple of how long the work took; at most `maxRestMs` */
  constructor(
    private readonly restShare: number,
    private readonly maxRestMs = Infinity,
  ) {}

  /** Runs work when it has its turn; resolves or rejects as the work does, before the rest. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.last = this.last.then(async () => {
        const startedAt = performance.now();
        await work().then(resolve, reject);
        const rest = Math.min((performance.now() - startedAt) * this.restShare, this.maxRestMs);
        await new Promise((rested) => setTimeout(rested, rest));
      });
    });
  }
}
