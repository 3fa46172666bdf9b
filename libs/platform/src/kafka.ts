/**
 * The Kafka client, the topics it needs, and what its errors mean.
 */
import { Kafka, type ITopicConfig, type KafkaMessage as KafkajsMessage, type Producer } from 'kafkajs';
import type { PlatformConfig } from './config.js';
import './kafkajs-tuning.js';
import { kafkaLogCreator, type Logger } from './logging.js';
import { defaultPartitioner } from './partitioner.js';
import type { UnreadableBatch } from './record-batches.js';

export type { Kafka, Producer } from 'kafkajs';
/** A record as it was fetched. */
export type KafkaMessage = KafkajsMessage & {
  /** Where a batch could not be read, one record stands in its place and says so. */
  readonly unreadable?: UnreadableBatch;
  /** Why and by whom the record was set aside; its `value` is null, and here is what it was. */
  readonly setAside?: { readonly reason: string; readonly by: string; readonly value: Buffer | null };
};

/** Where and how the brokers are reached. */
export type KafkaConfig = Pick<PlatformConfig, 'KAFKA_BROKERS'>;

export const createKafka = (config: KafkaConfig, service: string, logger: Logger): Kafka =>
  new Kafka({
    clientId: service,
    brokers: config.KAFKA_BROKERS,
    logCreator: kafkaLogCreator(logger),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 12 },
  });

/** A producer that waits for all replicas. Keys go to the partition that Kafka's own default partitioner picks. */
export const createProducer = (kafka: Kafka, retries = 12): Producer =>
  kafka.producer({
    createPartitioner: defaultPartitioner,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries },
  });

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

type Admin = ReturnType<Kafka['admin']>;

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
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

const fencedTypes = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
]);

const causes = (error: unknown): unknown[] =>
  error === undefined || error === null
    ? []
    : [
        error,
        ...causes((error as { cause?: unknown }).cause),
        ...causes((error as { originalError?: unknown }).originalError),
      ];

/** Whether another worker has taken the partition over: its producer has a newer epoch. */
export const isFenced = (error: unknown): boolean =>
  causes(error).some((cause) => fencedTypes.has((cause as { type?: string }).type ?? ''));

/** The broker has looked at the records and does not take them: the same ones will not be taken later either. */
const refusedTypes = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_COMPRESSION_TYPE',
]);

export const isRefusedByBroker = (error: unknown): boolean =>
  causes(error).some((cause) => refusedTypes.has((cause as { type?: string }).type ?? ''));

/** kafkajs throws a plain error where a connection is lost between finding a broker and asking it. */
const LOST = 'Broker not connected';

export const isKafkaError = (error: unknown): boolean =>
  causes(error).some((cause) => {
    const { name, message } = cause as { name?: string; message?: string };
    return name?.startsWith('KafkaJS') === true || message === LOST;
  });
