/**
 * The part of kafkajs' client that the services use, over the simulated broker.
 *
 * Only the client is stood in for: transport, partitions, producers and readers above it are the ones that run in production.
 * It fails as kafkajs fails: by the same types of error, with what was sent applied, applied in part, twice, or not at all.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka } from '#kafka';
import { bytes, timedOut, type Message, type SimBroker } from './broker.js';
import { SimConsumer, type ConsumerOptions } from './consumer.js';
import { below } from './random.js';

interface TopicMessages {
  readonly topic: string;
  readonly messages: readonly Message[];
}

/** A client, as `createKafka` gives one. */
export const clientOf = (broker: SimBroker): Kafka =>
  ({
    producer: (options: { transactionalId?: string }) => new SimProducer(broker, options.transactionalId),
    consumer: (options: ConsumerOptions) => new SimConsumer(broker, options),
    admin: () => new SimAdmin(broker),
  }) as unknown as Kafka;

class SimAdmin {
  constructor(private readonly broker: SimBroker) {}

  connect = () => this.broker.do(() => undefined);
  disconnect = () => Promise.resolve();

  fetchOffsets({ groupId, topics: [topic] }: { groupId: string; topics: string[] }) {
    return this.broker.do(() => {
      const { offsets } = this.broker.group(groupId);
      const partitions = this.broker.log.partitions(topic).map((_, partition) => {
        const { offset, metadata } = offsets.get(partition) ?? { offset: -1 };
        return { partition, offset: String(offset), metadata };
      });
      return [{ topic, partitions }];
    });
  }

  fetchTopicOffsets(topic: string) {
    return this.broker.do(() =>
      this.broker.log.partitions(topic).map(({ highWatermark }, partition) => {
        return { partition, low: '0', high: String(highWatermark), offset: String(highWatermark) };
      }),
    );
  }
}

class SimProducer {
  private epoch?: number;

  constructor(
    private readonly broker: SimBroker,
    private readonly transactionalId?: string,
  ) {}

  connect = () => this.broker.do(() => undefined);
  disconnect = () => Promise.resolve();

  /** Plain sends are at least once: they may arrive in part, or twice. */
  sendBatch({ topicMessages }: { topicMessages: readonly TopicMessages[] }): Promise<unknown> {
    const { broker } = this;
    return broker.ask((answer, refuse) => {
      const luck = broker.network.loss > 0 ? broker.random() : 1;
      for (const { topic, messages } of topicMessages) {
        if (luck < 0.1) broker.append(topic, messages.slice(0, below(broker.random, messages.length + 1)));
        else broker.append(topic, messages);
        if (luck > 0.1 && luck < 0.2) broker.append(topic, messages);
      }
      if (luck < 0.1) refuse(timedOut());
      else answer(undefined);
    });
  }

  send({ topic, messages }: TopicMessages): Promise<unknown> {
    return this.sendBatch({ topicMessages: [{ topic, messages }] });
  }

  async transaction() {
    const id = this.transactionalId as string;
    this.epoch ??= await this.broker.ask<number>((answer) => this.broker.log.initProducer(id, answer));
    return new SimTransaction(this.broker, id, this.epoch);
  }
}

/** How often kafkajs, as the services set it, asks again while the markers of the transaction before are being written. */
const CONCURRENT_RETRIES = 30;
const CONCURRENT_RETRY_MS = 5;

class SimTransaction {
  private hasBegun = false;

  constructor(
    private readonly broker: SimBroker,
    private readonly id: string,
    private readonly epoch: number,
  ) {}

  async sendBatch({ topicMessages }: { topicMessages: readonly TopicMessages[] }): Promise<void> {
    await this.patiently(() => {
      const { log } = this.broker;
      const transaction = log.transaction(this.id, this.epoch);
      for (const { topic, messages } of topicMessages) {
        for (const { key, value, partition = 0 } of messages) {
          const to = log.partitions(topic)[partition];
          transaction.partitions.add(to);
          to.append([{ key: bytes(key), value: bytes(value) }], transaction);
        }
      }
    });
  }

  commit = () => this.end('committed');
  abort = () => this.end('aborted');

  private async end(state: 'committed' | 'aborted'): Promise<void> {
    if (this.hasBegun) await this.broker.do(() => this.broker.log.endTransaction(this.id, this.epoch, state));
  }

  private async patiently(work: () => void): Promise<void> {
    for (let retry = 0; ; retry += 1) {
      try {
        this.hasBegun = true;
        return await this.broker.do(work);
      } catch (error) {
        if ((error as { type?: string }).type !== 'CONCURRENT_TRANSACTIONS' || retry >= CONCURRENT_RETRIES) throw error;
        await sleep(CONCURRENT_RETRY_MS);
      }
    }
  }
}
