/**
 * When a partition writes what has changed in it: numbers and the time in, milliseconds to wait out.
 *
 * At once while there is little to read; at a pace under load, so that a key is written less often; at intervals while far behind, so
 * that it is written once for many events; and a moment after a backlog has been read, when no stragglers come any more. It has
 * no timer and asks no clock.
 */
import { CatchingUp } from './catching-up.js';

/** Times are milliseconds. */
export interface WritePolicy {
  /** From one write to the next at least so long, and twice as long as the last one took. */
  readonly paceMs: number;
  /** While more events than this wait, here or upstream, writing may wait too. */
  readonly behindEvents: number;
  /** How long. */
  readonly behindMs: number;
  /** But not with more changes than this. */
  readonly maxPending: number;
  /** With more changes than this a catching-up is just over: stragglers are waited for. */
  readonly settlePending: number;
  /** How long each time; three times that in all. */
  readonly settleMs: number;
}

/** With the end of the backlog in sight, a write may wait for it for so many intervals. */
const NEARLY = 3;
/** Stragglers may put a write off so many times. */
const SETTLING = 3;

export class WritePacer {
  /** Since when something is pending while far behind, and since when stragglers are waited for. */
  private pendingSince?: number;
  private settlingSince?: number;
  private lastBeganAt = 0;
  private lastTook = 0;
  private readonly catchingUp = new CatchingUp();

  constructor(private readonly policy: WritePolicy) {}

  /** Whether more of the same is on its way. */
  get isBehind(): boolean {
    return this.catchingUp.isUnderWay;
  }

  /** @param events that wait after a batch, here or upstream */
  waiting(events: number, now: number): void {
    this.catchingUp.note(events > this.policy.behindEvents ? events : 0, now);
  }

  /** Whether so many changes are written before any more are taken in. */
  isFull(pending: number): boolean {
    return pending >= this.policy.maxPending;
  }

  /** How long what is pending may wait; 0 or less: no longer. */
  msLeft(pending: number, now: number): number {
    return this.isFull(pending) ? 0 : this.dueAt(pending, now) - now;
  }

  /** What was pending is on its way out, or gone. */
  emptied(): void {
    this.pendingSince = undefined;
    this.settlingSince = undefined;
  }

  /** A write has ended well. */
  wrote(beganAt: number, now: number): void {
    this.lastBeganAt = beganAt;
    this.lastTook = now - beganAt;
  }

  private dueAt(pending: number, now: number): number {
    const { paceMs, settlePending, settleMs } = this.policy;
    this.pendingSince ??= now;
    if (this.isBehind) {
      this.settlingSince = undefined;
      return this.pendingSince + this.intervalMs(now);
    }
    if (pending <= settlePending) return this.lastBeganAt + Math.max(paceMs, 2 * this.lastTook);
    this.settlingSince ??= now;
    return Math.min(now + settleMs, this.settlingSince + SETTLING * settleMs);
  }

  /** Nearly there: what is written now would be written again in a moment. */
  private intervalMs(now: number): number {
    const { behindMs } = this.policy;
    return this.catchingUp.msLeft(now) < behindMs ? NEARLY * behindMs : behindMs;
  }
}
