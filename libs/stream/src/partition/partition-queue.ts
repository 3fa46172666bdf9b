/**
 * Work on a partition, one piece after the other: opening it, taking a batch in and starting it again never overlap, however they
 * are asked for. A piece that fails is its asker's to deal with; the next one begins all the same.
 */
export class PartitionQueue {
  private tail: Promise<unknown> = Promise.resolve();

  /** Does the work after all that was asked for before it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const run = this.tail.then(work, work);
    this.tail = run.catch(() => undefined);
    return run;
  }

  /** Resolves when all that was asked for so far is done. */
  async drained(): Promise<void> {
    await this.tail;
  }
}
