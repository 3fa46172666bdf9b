/**
 * The ceiling: kafkajs `eachBatch` with `JSON.parse` of every event and nothing else, over the same topic on the same broker.
 *
 * No consumer in Node can be faster; how close the pipeline comes to it is a measure that a faster machine does not flatter.
 */
import { randomUUID } from 'node:crypto';
import type { Installation } from '../cli/installation.js';

/** Seconds from the first batch to the last of `events` events. */
export const ceiling = async ({ kafka, topics, config }: Installation, events: number): Promise<number> => {
  const consumer = kafka.consumer({
    groupId: `${config.TOPIC_PREFIX}.ceiling.${randomUUID()}`,
    maxBytesPerPartition: 4_194_304,
    maxBytes: 64 * 1_048_576,
  });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: topics.indicatorEvents, fromBeginning: true });
    return await new Promise<number>((resolve, reject) => {
      let startedAt = 0;
      let read = 0;
      consumer
        .run({
          autoCommit: false,
          eachBatch: ({ batch }) => {
            startedAt ||= performance.now();
            for (const { value } of batch.messages) if (isEvent(String(value))) read += 1;
            if (read >= events) resolve((performance.now() - startedAt) / 1000);
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
};

const isEvent = (text: string): boolean => typeof JSON.parse(text) === 'object';
