/** What stands in a topic, all of it: the event topic is the truth that everything else is held against. */
import { randomUUID } from 'node:crypto';
import type { KafkaMessage } from '#kafka';
import { awaitedLater } from '#promises';
import type { Installation } from '../../cli/installation.js';
import { withTimeout } from '#promises';

export type LogRecord = KafkaMessage & { readonly partition: number };

const READ_MS = 120_000;

/** Hands every record of a topic that is not written in transactions to `take`, in the order of each partition. */
export const readLog = async (
  { kafka, config }: Installation,
  topic: string,
  take: (record: LogRecord) => void,
): Promise<void> => {
  const left = await endsOf(kafka, topic);
  if (left.size === 0) return;
  const consumer = kafka.consumer({ groupId: `${config.TOPIC_PREFIX}.check.${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const read = awaitedLater(
      new Promise<void>((resolve, reject) => {
        consumer
          .run({
            autoCommit: false,
            eachBatch: ({ batch: { partition, messages } }) => {
              const end = left.get(partition);
              if (end === undefined) return Promise.resolve();
              for (const message of messages) if (BigInt(message.offset) < end) take({ ...message, partition });
              if (BigInt(messages[messages.length - 1].offset) >= end - 1n) left.delete(partition);
              if (left.size === 0) resolve();
              return Promise.resolve();
            },
          })
          .catch(reject);
      }),
    );
    await withTimeout(read, READ_MS, `${topic} could not be read`);
  } finally {
    await consumer.disconnect();
  }
};

const endsOf = async (kafka: Installation['kafka'], topic: string): Promise<Map<number, bigint>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.filter(({ high }) => high !== '0').map(({ partition, high }) => [partition, BigInt(high)]));
  } finally {
    await admin.disconnect();
  }
};
