/** Asks the dashboard for the country's figures again and again: when it answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitedLater } from '#promises';
import type { Ground } from './ground.js';
import { Signal } from './signal.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const EVERY_MS = 300;
const ANSWER_MS = 5_000;

export class DashboardWatch {
  readonly answers = new Signal();
  private isOn = true;
  private readonly loop: Promise<void>;

  constructor({ dashboard }: Ground) {
    this.loop = awaitedLater(this.keepAsking(`${dashboard}/v1/rollups?unit=VN&window=2026-10`));
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  private async keepAsking(url: string): Promise<void> {
    while (this.isOn) {
      const sentAt = Date.now();
      try {
        const response = await authorizedFetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
        await response.arrayBuffer();
        if (response.ok) this.answers.note(sentAt, Date.now());
      } catch {
        // It is away, which is what happens here.
      }
      await sleep(EVERY_MS);
    }
  }
}
