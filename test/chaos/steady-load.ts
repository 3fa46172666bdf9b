/**
 * Events at a rate, whatever becomes of those before: half over HTTP in batches, half straight to Kafka.
 *
 * Nothing waits for an answer (an open loop): senders do not know of each other. What is turned away comes again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#promises';
import { endlessEvents } from '../../bench/load.js';
import type { HttpSender } from './http-sender.js';
import type { KafkaSender } from './kafka-sender.js';

const TICK_MS = 50;
const MAX_BATCH = 1_000;
/** Every other portion goes by the other way. */
const WAYS = 2;

export interface Senders {
  readonly http: HttpSender;
  readonly kafka: KafkaSender;
}

export class SteadyLoad {
  private readonly next = endlessEvents();
  private portions = 0;

  constructor(private readonly senders: Senders) {}

  /** Returns how many events were handed over; less than asked for where making them took too long. */
  async run(perSecond: number, ms: number): Promise<number> {
    const startedAt = Date.now();
    let handedOver = 0;
    while (Date.now() < startedAt + ms) {
      const due = Math.floor((perSecond * (Date.now() - startedAt)) / 1_000);
      while (handedOver < due) {
        const size = Math.min(MAX_BATCH, due - handedOver);
        this.handOver(size);
        handedOver += size;
      }
      await sleep(TICK_MS);
    }
    return handedOver;
  }

  private handOver(size: number): void {
    const events = Array.from({ length: size }, this.next);
    this.portions += 1;
    if (this.portions % WAYS === 0) inBackground(this.senders.kafka.send(events));
    else inBackground(this.senders.http.send(events.map(({ value }) => value)));
  }
}
