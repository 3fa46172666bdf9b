/** Reads a topic in a test: everything from the beginning, until what is waited for is there. */
import { randomUUID } from 'node:crypto';
import type { KafkaMessage } from '#kafka';
import { awaitedLater } from '#promises';
import type { Installation } from '../../cli/installation.js';
import { withTimeout } from '#promises';

export type ReadRecord = KafkaMessage & { readonly partition: number };

/** The records of a topic as soon as `isEnough` of them; fails after twenty seconds. */
export const readUntil = async (
  { kafka, config }: Installation,
  topic: string,
  isEnough: (records: readonly ReadRecord[]) => boolean,
): Promise<readonly ReadRecord[]> => {
  const consumer = kafka.consumer({ groupId: `${config.TOPIC_PREFIX}.test.${randomUUID()}`, maxWaitTimeInMs: 100 });
  const records: ReadRecord[] = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const enough = awaitedLater(
      new Promise<void>((resolve, reject) => {
        consumer
          .run({
            eachBatch: ({ batch }) => {
              records.push(...batch.messages.map((message) => ({ ...message, partition: batch.partition })));
              if (isEnough(records)) resolve();
              return Promise.resolve();
            },
          })
          .catch(reject);
      }),
    );
    await withTimeout(enough, 60_000, `${topic} has ${records.length} records, and that is not enough`);
    return records;
  } finally {
    await consumer.disconnect();
  }
};
