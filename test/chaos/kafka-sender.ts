/** Publishes events straight to Kafka, past the proxy, until they are acknowledged: at least once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createProducer, type Producer } from '#kafka';
import { awaitedLater } from '#promises';
import type { Message } from '../kit/seeded-workload.js';
import type { Ground } from './ground.js';

const RETRIES = 3;
const PAUSE_MS = 300;

export class KafkaSender {
  acknowledged = 0;
  private readonly underWay = new Set<Promise<void>>();
  private isOn = true;

  private constructor(
    private readonly producer: Producer,
    private readonly topic: string,
  ) {}

  static async open({ installation: { kafka, topics } }: Ground): Promise<KafkaSender> {
    const producer = createProducer(kafka, RETRIES);
    await producer.connect();
    return new KafkaSender(producer, topics.indicatorEvents);
  }

  send(messages: readonly Message[]): Promise<void> {
    const sending = awaitedLater(this.untilAcknowledged(messages).finally(() => this.underWay.delete(sending)));
    this.underWay.add(sending);
    return sending;
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.settled();
    await this.producer.disconnect();
  }

  private async untilAcknowledged(messages: readonly Message[]): Promise<void> {
    while (this.isOn) {
      try {
        await this.producer.send({ topic: this.topic, messages: [...messages], acks: -1 });
        this.acknowledged += messages.length;
        return;
      } catch {
        await sleep(PAUSE_MS);
      }
    }
  }
}
