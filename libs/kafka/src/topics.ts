/**
 * The topics that an installation needs: made where they are missing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ITopicConfig } from 'kafkajs';
import type { Admin, Kafka } from './port.js';

export interface MissingTopic {
  readonly topic: string;
  readonly partitions?: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Makes the topics that are missing and returns how many partitions each one has. Safe to run in many services at once. */
export const ensureTopics = async (
  kafka: Kafka,
  topics: readonly MissingTopic[],
  defaultPartitions: number,
): Promise<ReadonlyMap<string, number>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0)
      await createTopics(
        admin,
        missing.map((spec) => toTopicConfig(spec, defaultPartitions)),
      );
    return await partitionCounts(
      admin,
      topics.map(({ topic }) => topic),
    );
  } finally {
    await admin.disconnect();
  }
};

const toTopicConfig = ({ topic, partitions, config }: MissingTopic, defaultPartitions: number): ITopicConfig => ({
  topic,
  numPartitions: partitions ?? defaultPartitions,
  replicationFactor: -1,
  configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
});

const createTopics = async (admin: Admin, topics: ITopicConfig[]): Promise<void> => {
  try {
    await admin.createTopics({ topics, waitForLeaders: true });
  } catch (error) {
    if (!String(error).includes('already exists') && !isTopicExists(error) && !isNotKnownYet(error)) throw error;
  }
  for (const { topic } of topics) await patiently(() => admin.fetchTopicOffsets(topic));
};

const isTopicExists = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.every(isTopicExists)
    : (error as { type?: string }).type === 'TOPIC_ALREADY_EXISTS' ||
      ((error as { errors?: unknown[] }).errors ?? []).some(isTopicExists);

/** Made, but the broker that was asked next has not heard of it. */
const isNotKnownYet = (error: unknown): boolean =>
  ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'].includes((error as { type?: string }).type ?? '');

const partitionCounts = async (admin: Admin, topics: string[]): Promise<ReadonlyMap<string, number>> => {
  const metadata = await patiently(() => admin.fetchTopicMetadata({ topics }));
  return new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
};

/** A broker needs a moment to lead a partition that was just made: asks again for five seconds. */
export const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= 50) throw error;
      await sleep(100);
    }
  }
};
