/**
 * Cut-offs: from when on what was known as of an instant is complete.
 *
 * Everything appended by an instant is in when the brokers' clocks have passed it, the ends of the first topics were read after that, and
 * everybody has taken in what was before these ends. An instant that is closed once stays closed, and with it every earlier one.
 *
 * Brokers stamp by their own clocks: these may differ from this machine's by the skew that is allowed for, and no more.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#domain';
import type { PipelineProgress, WaitingFor } from './pipeline-progress.js';

/** What was known as of an instant is not complete yet. */
export class CutOffOpen extends AppError {
  readonly code = 'CUT_OFF_OPEN';
  readonly retryable = true;
}

type Progress = Pick<PipelineProgress, 'ends' | 'look'>;

const LOOK_AGAIN_MS = 50;

export class CutOffs {
  private closed = { upTo: -Infinity, generation: 0 };

  /** @param skewMs by how much brokers' clocks may differ from `now` */
  constructor(
    private readonly progress: Progress,
    private readonly now: () => number,
    private readonly skewMs: number,
  ) {}

  /** The newest instant that may be closed now, in milliseconds since the epoch. */
  newest(): number {
    return this.now() - this.skewMs;
  }

  /**
   * Waits until an instant is closed.
   *
   * @param at milliseconds since the epoch
   * @returns the generation that has everything
   * Throws `CutOffOpen` where it is not within the time, `KafkaUnavailable`.
   */
  async close(at: number, withinMs: number): Promise<number> {
    if (at <= this.closed.upTo) return this.closed.generation;
    const until = this.now() + withinMs;
    for (let left = at - this.newest(); left > 0; left = at - this.newest()) {
      if (this.now() + left > until) throw open(at, { for: 'clocks', left: null });
      await sleep(left);
    }
    const upTo = this.newest();
    const ends = await this.progress.ends();
    for (let look = await this.progress.look(ends); ; look = await this.progress.look(ends, look.followed)) {
      if (look.waiting === undefined) return this.note(upTo, look.followed.generation);
      if (this.now() > until) throw open(at, look.waiting);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  private note(upTo: number, generation: number): number {
    if (upTo > this.closed.upTo) this.closed = { upTo, generation };
    return generation;
  }
}

const open = (at: number, { for: step, left }: WaitingFor): CutOffOpen =>
  new CutOffOpen(`not everything received by then has been taken in yet: waiting for ${step}`, {
    at: new Date(at).toISOString(),
    ...(left === null ? {} : { left }),
  });
