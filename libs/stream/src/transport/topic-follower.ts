/**
 * Reads a topic from its beginning and goes on reading: what is written counts here within a fetch.
 *
 * One consumer, in a group of its own that leaves no trace: it commits nothing, and reads from the beginning whenever it joins again, so what it is
 * given it must be able to take again. While Kafka is away what was read goes on to count.
 */
import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka, KafkaMessage } from '#kafka';
import { inTime } from '#promises';
import { boundsOf } from './topic-reading.js';

const FETCH_MS = 200;
const LEAVE_MS = 1_000;
/** So long the records that are there are waited for at the start, in milliseconds. */
const READY_MS = 30_000;

export class TopicFollower {
  private consumer?: Consumer;

  /** @param take of any record, once or again, in the order of its partition */
  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly group: string,
    private readonly take: (message: KafkaMessage) => void,
  ) {}

  /** Resolves when everything that was in the topic by now has been read. */
  async begin(): Promise<void> {
    const { from, to } = await boundsOf(this.kafka, this.topic);
    const waitedFor = new Map([...to].filter(([partition, end]) => end > (from.get(partition) ?? 0n)));
    const consumer = this.kafka.consumer({ groupId: `${this.group}.${randomUUID()}`, maxWaitTimeInMs: FETCH_MS });
    this.consumer = consumer;
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.topic} was not read in ${READY_MS} ms`)), READY_MS);
      const done = () => {
        if (waitedFor.size > 0) return;
        clearTimeout(late);
        resolve();
      };
      done();
      consumer
        .run({
          autoCommit: false,
          eachBatch: ({ batch }) => {
            for (const message of batch.messages) this.take(message);
            const end = waitedFor.get(batch.partition);
            if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) waitedFor.delete(batch.partition);
            done();
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
  }

  async close(): Promise<void> {
    const { consumer } = this;
    // With Kafka away there is nothing to leave.
    if (consumer !== undefined) await inTime(consumer.disconnect(), LEAVE_MS);
  }
}
