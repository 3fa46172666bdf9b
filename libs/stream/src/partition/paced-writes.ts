/** The writes of a partition: one under way at a time, the next one when the pacer says so. */
import { inBackground } from '#promises';
import { WritePacer, type WritePolicy } from './write-pacer.js';

/** What there is to write, and how. */
export interface Unwritten {
  /** How much has changed; undefined where nothing is to be written. */
  pending(): number | undefined;
  /** Writes it; returns whether it is durable, and never throws. @param isBehind more of the same is on its way */
  write(isBehind: boolean): Promise<boolean>;
}

export class PacedWrites {
  private readonly pacer: WritePacer;
  private timer?: NodeJS.Timeout;
  private current?: Promise<void>;
  private stopped = false;

  constructor(
    policy: WritePolicy,
    private readonly now: () => number,
    private readonly unwritten: Unwritten,
  ) {
    this.pacer = new WritePacer(policy);
  }

  /** Writes what is pending now, or when it is due. @param waiting events that wait behind it */
  soon(waiting: number): void {
    this.pacer.waiting(waiting, this.now());
    this.whenDue();
  }

  /** Resolves when more changes may be taken in. */
  async notFull(): Promise<void> {
    if (this.pacer.isFull(this.unwritten.pending() ?? 0)) await this.current;
  }

  /** What was pending is gone. */
  drop(): void {
    clearTimeout(this.timer);
    this.pacer.emptied();
  }

  /** Nothing is written any more but by `finish`. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Writes what is pending, after what is under way. */
  async finish(): Promise<void> {
    await this.current;
    this.begin();
    await this.current;
  }

  private whenDue(): void {
    const pending = this.unwritten.pending();
    if (this.stopped || this.current !== undefined || pending === undefined) return;
    clearTimeout(this.timer);
    const left = this.pacer.msLeft(pending, this.now());
    if (left <= 0) this.begin();
    else this.timer = setTimeout(() => this.begin(), left);
  }

  private begin(): void {
    clearTimeout(this.timer);
    if (this.current !== undefined || this.unwritten.pending() === undefined) return;
    this.pacer.emptied();
    const current = this.write().finally(() => {
      this.current = undefined;
      this.whenDue();
    });
    inBackground(current);
    this.current = current;
  }

  private async write(): Promise<void> {
    const beganAt = this.now();
    if (await this.unwritten.write(this.pacer.isBehind)) this.pacer.wrote(beganAt, this.now());
  }
}
