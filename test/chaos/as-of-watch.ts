/**
 * Asks for figures as of instants during the run, as it goes on: what was answered once is never another.
 *
 * An instant is asked about until it is answered or the run is over. All answers are kept, to be held against a recomputation of what had been
 * received and decided by then.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fromExactJson, type Rollup } from '#domain';
import { awaitedLater } from '#promises';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import type { Ground } from './ground.js';

const EVERY_MS = 9_000;
const ANSWER_MS = 20_000;
const LOOK_MS = 500;
export const askedWindows = ['2026-Q1', '2026-10', '2026'];

export interface AsOfAnswer {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly unit: string;
  readonly window: string;
  readonly rollups: readonly Rollup[];
}

export class AsOfWatch {
  /** The instants that were asked about. */
  readonly instants: number[] = [];
  readonly answers: AsOfAnswer[] = [];
  private isOn = true;
  private readonly loop: Promise<void>;

  constructor(
    private readonly ground: Ground,
    private readonly units: readonly string[],
  ) {
    this.loop = awaitedLater(this.keepAsking());
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  /** Undefined where it is not answered. */
  async ask(unit: string, window: string, at: number): Promise<AsOfAnswer | undefined> {
    try {
      const asked = `unit=${unit}&window=${window}&asOf=${new Date(at).toISOString()}`;
      const response = await authorizedFetch(`${this.ground.dashboard}/v1/rollups?${asked}`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (response.status !== 200) return undefined;
      return { at, unit, window, rollups: (fromExactJson(text) as { items: Rollup[] }).items };
    } catch {
      return undefined;
    }
  }

  private async keepAsking(): Promise<void> {
    while (this.isOn) {
      const at = Date.now();
      this.instants.push(at);
      for (const unit of this.units) await this.untilAnswered(unit, at);
      while (this.isOn && Date.now() < at + EVERY_MS) await sleep(LOOK_MS);
    }
  }

  private async untilAnswered(unit: string, at: number): Promise<void> {
    const window = askedWindows[this.answers.length % askedWindows.length];
    for (; this.isOn; await sleep(LOOK_MS)) {
      const answer = await this.ask(unit, window, at);
      if (answer === undefined) continue;
      this.answers.push(answer);
      return;
    }
  }
}
