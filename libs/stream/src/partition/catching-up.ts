/** How long catching up with a backlog will take, at the pace since it began. */
export class CatchingUp {
  private since?: number;
  private from = 0;
  private left = 0;

  get isUnderWay(): boolean {
    return this.left > 0;
  }

  /** @param behind events that wait; 0 when there is no backlog */
  note(behind: number, now: number): void {
    if (behind > this.from || this.since === undefined) {
      this.since = now;
      this.from = behind;
    }
    if (behind === 0) this.since = undefined;
    this.left = behind;
  }

  /** Milliseconds until nothing waits; Infinity while no pace is known. */
  msLeft(now: number): number {
    const done = this.from - this.left;
    return done > 0 && this.since !== undefined ? (this.left * (now - this.since)) / done : Infinity;
  }
}
