/**
 * Reads a partition of a compacted topic from its beginning to a record that the reader itself has just written there.
 *
 * With transactions a partition ends in markers that no consumer sees, so its end offset cannot tell when everything has
 * been read; one's own record can. One consumer serves all partitions of a process, each paused unless it is being read.
 */
import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';

interface Reading {
  readonly onRecords: (records: readonly KafkaMessage[]) => boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class CompactedReader {
  private readonly consumer: Consumer;
  private readonly readings = new Map<number, Reading>();
  private started?: Promise<void>;

  constructor(
    kafka: Kafka,
    private readonly topic: string,
    private readonly partitions: number,
    group: string,
  ) {
    this.consumer = kafka.consumer({
      groupId: `${group}.${randomUUID()}`,
      maxWaitTimeInMs: 50,
      maxBytesPerPartition: 4_194_304,
      maxBytes: 33_554_432,
    });
  }

  /** Hands every record of the partition to `onRecords` in order until it returns true. */
  async read(partition: number, onRecords: (records: readonly KafkaMessage[]) => boolean): Promise<void> {
    await (this.started ??= this.start().catch((error: unknown) => this.giveUp(error)));
    await new Promise<void>((resolve, reject) => {
      this.readings.set(partition, { onRecords, done: resolve, failed: reject });
      this.consumer.seek({ topic: this.topic, partition, offset: '0' });
      this.consumer.resume([{ topic: this.topic, partitions: [partition] }]);
    });
  }

  async close(): Promise<void> {
    if (this.started === undefined) return;
    this.fail(new Error('the reader is closed'));
    await this.started.catch(() => undefined);
    await this.consumer.disconnect().catch(() => undefined);
  }

  private async start(): Promise<void> {
    const all = { topic: this.topic, partitions: Array.from({ length: this.partitions }, (_, n) => n) };
    await this.consumer.connect();
    await this.consumer.subscribe({ topic: this.topic, fromBeginning: true });
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => this.fail(payload.error));
    const joined = new Promise<void>((resolve) => {
      const stopListening = this.consumer.on(this.consumer.events.GROUP_JOIN, () => {
        stopListening();
        this.consumer.pause([all]);
        resolve();
      });
    });
    await this.consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: this.partitions,
      eachBatch: (payload) => Promise.resolve(this.onBatch(payload)),
    });
    await joined;
  }

  /** The next read tries to start again. */
  private giveUp(error: unknown): never {
    this.started = undefined;
    throw error;
  }

  private onBatch({ batch, pause }: EachBatchPayload): void {
    const reading = this.readings.get(batch.partition);
    if (reading === undefined) {
      pause();
      return;
    }
    try {
      if (!reading.onRecords(batch.messages)) return;
      reading.done();
    } catch (error) {
      reading.failed(error);
    }
    this.readings.delete(batch.partition);
    pause();
  }

  private fail(error: unknown): void {
    for (const reading of this.readings.values()) reading.failed(error);
    this.readings.clear();
  }
}
