/**
 * When keys and certificates are used, noted for whoever looks after them: at most once in a quarter of an hour for a key, beside the request.
 *
 * In a topic of its own, which nobody believes for access: a service that could write to that of keys could issue itself one. Of a fault nobody who
 * asks learns anything; the use is noted again at a later request.
 */
import { encodeKeyUse } from '#contracts';
import type { RecordSender } from '#kafka';
import { inBackground } from '#promises';

const EVERY_MS = 15 * 60_000;
const AGAIN_MS = 60_000;
const SEND_MS = 5_000;

export class KeyUses {
  private readonly nextAt = new Map<string, number>();

  constructor(
    private readonly sender: Pick<RecordSender, 'send'>,
    private readonly topic: string,
  ) {}

  /** Never throws, and waits for nothing. @param id of a key that there is: what is remembered is bounded by them */
  noted(id: string, now: number): void {
    if (now < (this.nextAt.get(id) ?? 0)) return;
    this.nextAt.set(id, now + EVERY_MS);
    const record = { topic: this.topic, ...encodeKeyUse(id, new Date(now).toISOString()) };
    const sent = this.sender.send([record], { withinMs: SEND_MS });
    inBackground(sent, () => this.nextAt.set(id, now + AGAIN_MS));
  }
}
