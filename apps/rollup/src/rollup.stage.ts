/**
 * A stage over a Kafka: its transport, its partitions and its producer, put together as they run in production and in the simulation.
 */
import { rollupGroup } from '#contracts';
import {
  CompactedReader,
  createProducer,
  KafkaBatchServer,
  RecordSender,
  type Kafka,
  type Logger,
  type OutRecord,
  type OwnedPartitions,
} from '#platform';
import type { StageContext } from './rollup.config.js';
import { ownedPartitions } from './rollup.partitions.js';

export interface RollupStage {
  readonly strategy: KafkaBatchServer;
  readonly sender: RecordSender;
  readonly partitions: OwnedPartitions<OutRecord>;
  /** Writes what is waiting and lets everything go; the transport is closed before, by whoever started it. */
  close(): Promise<void>;
}

/** The province stage's place is in its state, the group's offset follows; the ministry's is in its transactions. */
const committed = { commune: 'after-batch', province: 'when-done', ministry: 'never' } as const;

/** Events in portions of about 3,000 a partition: the next stage merges one while this one checks the next. */
const COMMUNE_FETCH_BYTES = 1_048_576;

export const rollupStage = async (
  kafka: Kafka,
  context: StageContext,
  logger: Logger,
  onFatal: (error: unknown) => void,
): Promise<RollupStage> => {
  const { config, topics, generation, partitions: counts } = context;
  const { STAGE, TOPIC_PREFIX, KAFKA_SESSION_TIMEOUT_MS } = config;
  const producer = createProducer(kafka);
  await producer.connect();
  const { communeRollups } = topics;
  const restoreGroup = `${TOPIC_PREFIX}.rollup-${STAGE}.restore`;
  const reader = new CompactedReader(kafka, communeRollups, counts.get(communeRollups) as number, restoreGroup);
  const partitions = ownedPartitions(kafka, context, logger, reader);
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf: () => rollupGroup(TOPIC_PREFIX, STAGE, generation),
    commits: () => committed[STAGE],
    from: 'earliest',
    maxBytesPerPartition: STAGE === 'commune' ? COMMUNE_FETCH_BYTES : undefined,
    onFatal,
    sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS,
    onAssignment: (topic, assigned, consumer) => {
      if (STAGE === 'commune') return;
      const fresh = partitions.assign(assigned);
      if (STAGE === 'ministry') for (const partition of fresh) consumer.seek({ topic, partition, offset: '0' });
    },
  });
  const close = async (): Promise<void> => {
    await partitions.close();
    await reader.close();
    await producer.disconnect();
  };
  return { strategy, sender: new RecordSender(producer), partitions, close };
};
