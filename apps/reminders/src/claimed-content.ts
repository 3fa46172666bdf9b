/**
 * The content of a mail that is claimed as it is asked for: the mail server has accepted the addresses and waits for the message, nothing of it has
 * been handed over. The claim stands in MongoDB before the first byte leaves; where it cannot be had, the stream fails and nothing leaves.
 */
import { Readable } from 'node:stream';
import { inBackground } from '#promises';
import type { Claim } from './delivered.js';

export class ClaimedContent extends Readable {
  /** Undefined until the server asks for the content. */
  claimed?: 'ours' | 'lost' | 'failed';
  /** What the claim failed by. */
  fault?: unknown;
  private isAsked = false;

  constructor(
    private readonly content: Buffer,
    private readonly claim: Claim,
  ) {
    super();
  }

  override _read(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    inBackground(
      this.claim().then((isOurs) => this.handOver(isOurs)),
      (fault) => this.giveUp('failed', fault),
    );
  }

  private handOver(isOurs: boolean): void {
    if (!isOurs) return this.giveUp('lost', undefined);
    this.claimed = 'ours';
    this.push(this.content);
    this.push(null);
  }

  private giveUp(claimed: 'lost' | 'failed', fault: unknown): void {
    this.claimed = claimed;
    this.fault = fault;
    this.destroy(new Error('not claimed'));
  }
}
