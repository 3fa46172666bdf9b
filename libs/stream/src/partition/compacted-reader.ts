/**
 * Reads a partition of a compacted topic from its beginning to a record that the reader itself has just written there.
 *
 * With transactions a partition ends in markers that no consumer sees, so its end offset cannot tell when everything has
 * been read; one's own record can. One consumer serves all partitions of a process, each paused unless it is being read.
 *
 * One's own record may be gone: another worker has taken the partition over and written its own, and compaction has kept only that. A
 * read that has been handed nothing for a while is given up, and whoever asked begins anew.
 *
 * A consumer that has crashed is not started again: it would join its group beside what is left there of itself, and wait for a
 * whole session until that is gone. The next read makes a new one, in a group of its own.
 */
import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from '#kafka';
import { inBackground } from '#promises';

interface Reading {
  /** Gives the reading up when nothing comes. */
  idle: NodeJS.Timeout;
  readonly onRecords: (records: readonly KafkaMessage[]) => boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const IDLE_MS = 10_000;

const retry = {
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  retries: 5,
  restartOnFailure: () => Promise.resolve(false),
};

export class CompactedReader {
  private readonly readings = new Map<number, Reading>();
  private opening?: Promise<Consumer>;

  constructor(
    private readonly kafka: Pick<Kafka, 'consumer'>,
    private readonly topic: string,
    private readonly partitions: number,
    private readonly group: string,
  ) {}

  /** Hands every record of the partition to `onRecords` in order until it returns true. Rejects when nothing comes for ten seconds. */
  async read(partition: number, onRecords: (records: readonly KafkaMessage[]) => boolean): Promise<void> {
    const consumer = await (this.opening ??= this.open());
    this.end(partition, this.fault(partition, 'it is read anew'));
    await new Promise<void>((resolve, reject) => {
      const reading = { onRecords, done: resolve, failed: reject, idle: this.givenUpWhenIdle(partition) };
      this.readings.set(partition, reading);
      consumer.seek({ topic: this.topic, partition, offset: '0' });
      consumer.resume([{ topic: this.topic, partitions: [partition] }]);
    });
  }

  private givenUpWhenIdle(partition: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      if (this.readings.get(partition)?.idle === timer) {
        this.end(partition, this.fault(partition, `nothing came for ${IDLE_MS} ms`));
      }
    }, IDLE_MS);
    return timer;
  }

  /** Whoever waits for the partition is told why it does not come. */
  private end(partition: number, why: unknown): void {
    const reading = this.readings.get(partition);
    if (reading === undefined) return;
    clearTimeout(reading.idle);
    this.readings.delete(partition);
    reading.failed(why);
  }

  private fault(partition: number, why: string): Error {
    return new Error(`partition ${partition} of ${this.topic}: ${why}`);
  }

  async close(): Promise<void> {
    const { opening } = this;
    if (opening === undefined) return;
    this.giveUp(new Error('the reader is closed'));
    await opening.then((consumer) => consumer.disconnect()).catch(() => undefined);
  }

  private async open(): Promise<Consumer> {
    const consumer = this.kafka.consumer({
      groupId: `${this.group}.${randomUUID()}`,
      maxWaitTimeInMs: 50,
      maxBytesPerPartition: 4_194_304,
      maxBytes: 33_554_432,
      retry,
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: this.topic, fromBeginning: true });
      await this.join(consumer);
      return consumer;
    } catch (error) {
      this.giveUp(error);
      inBackground(consumer.disconnect(), () => undefined);
      throw error;
    }
  }

  /** Resolves when the consumer has every partition, all of them paused. */
  private join(consumer: Consumer): Promise<void> {
    const all = { topic: this.topic, partitions: Array.from({ length: this.partitions }, (_, n) => n) };
    return new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
        this.giveUp(error);
        reject(error);
      });
      const stopListening = consumer.on(consumer.events.GROUP_JOIN, () => {
        stopListening();
        consumer.pause([all]);
        resolve();
      });
      consumer
        .run({
          autoCommit: false,
          partitionsConsumedConcurrently: this.partitions,
          eachBatch: (payload) => Promise.resolve(this.onBatch(payload)),
        })
        .catch(reject);
    });
  }

  /** The next read starts with a new consumer. */
  private giveUp(error: unknown): void {
    this.opening = undefined;
    for (const partition of [...this.readings.keys()]) this.end(partition, error);
  }

  /** What was fetched before a read went to the beginning is not a part of it. */
  private onBatch({ batch, pause, isStale }: EachBatchPayload): void {
    if (isStale()) return;
    const reading = this.readings.get(batch.partition);
    if (reading === undefined) {
      pause();
      return;
    }
    clearTimeout(reading.idle);
    try {
      if (!reading.onRecords(batch.messages)) {
        reading.idle = this.givenUpWhenIdle(batch.partition);
        return;
      }
      reading.done();
    } catch (error) {
      reading.failed(error);
    }
    this.readings.delete(batch.partition);
    pause();
  }
}
