/**
 * Reads a topic up to where it ended when it was asked, and no further.
 *
 * A partition that is written in transactions ends in markers that no consumer sees, so the end is known from the batches that
 * were fetched, also those that hold nothing but markers, never from the last record.
 */
import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from '#kafka';

/** Offsets by partition. */
export type Offsets = ReadonlyMap<number, bigint>;

export interface Bounds {
  readonly from: Offsets;
  readonly to: Offsets;
}

/** Where a topic begins and ends now. */
export const boundsOf = async (kafka: Kafka, topic: string): Promise<Bounds> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return {
      from: new Map(offsets.map(({ partition, low }) => [partition, BigInt(low)])),
      to: new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)])),
    };
  } finally {
    await admin.disconnect();
  }
};

export interface ReadingLimit {
  /** Longer than this it is not waited for, in milliseconds; left out, as long as it takes. */
  readonly withinMs?: number;
}

/** Hands out every record of the topic within the bounds, each partition in order. */
export const readTopic = async (
  kafka: Kafka,
  topic: string,
  bounds: Bounds,
  take: (partition: number, record: KafkaMessage) => void,
  { withinMs }: ReadingLimit = {},
): Promise<void> => {
  const places = new Map(bounds.from);
  const isDone = () => [...bounds.to].every(([partition, end]) => (places.get(partition) ?? 0n) >= end);
  if (isDone()) return;
  const groupId = `${topic}.read.${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, maxBytesPerPartition: 4_194_304 });
  const timeUp = new AbortController();
  const timer = withinMs === undefined ? undefined : setTimeout(() => timeUp.abort(), withinMs);
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const done = untilDone(consumer, { topic, places, isDone, signal: timeUp.signal });
    const eachBatch = ({ batch: { partition, messages } }: EachBatchPayload) => {
      for (const record of messages) if (isWithin(bounds, places, partition, record)) take(partition, record);
      return Promise.resolve();
    };
    await Promise.all([consumer.run({ autoCommit: false, eachBatch }), done]);
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
};

interface Reading {
  readonly topic: string;
  readonly places: Map<number, bigint>;
  readonly isDone: () => boolean;
  readonly signal: AbortSignal;
}

const untilDone = (consumer: Consumer, { topic, places, isDone, signal }: Reading): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`${topic} was not read in time`)));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const [partition, offset] of places) consumer.seek({ topic, partition, offset: String(offset) });
    });
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
      if (!restart) reject(error);
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      places.set(payload.partition, BigInt(payload.lastOffset) + 1n);
      if (isDone()) resolve();
    });
  });

/** After a rebalance what was handed out comes again; what came after the end was not asked for. */
const isWithin = ({ to }: Bounds, places: Offsets, partition: number, { offset }: KafkaMessage): boolean =>
  BigInt(offset) >= (places.get(partition) ?? 0n) && BigInt(offset) < (to.get(partition) ?? 0n);
