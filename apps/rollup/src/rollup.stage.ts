/**
 * A stage over a Kafka: its transport, its partitions and its producer, put together as they run in production and in the simulation.
 */
import type { Logger } from 'pino';
import {
  judgeTopicRecord,
  checkedBeside,
  receivedOf,
  rejectionRecord,
  rollupGroup,
  stageInput,
  type Topics,
} from '#contracts';
import { isRefusal } from '#domain';
import { createProducer, RecordSender, type Kafka, type KafkaMessage, type OutRecord } from '#kafka';
import { inBackground, inTime } from '#promises';
import { destroyExpiredKeys, measuredSends, sha256, type ServiceWatch } from '#service';
import { CompactedReader, KafkaBatchServer, type OwnedPartitions } from '#stream';
import type { StageContext } from './rollup.config.js';
import { ownedPartitions } from './rollup.partitions.js';

export interface RollupStage {
  readonly strategy: KafkaBatchServer;
  readonly sender: RecordSender;
  readonly partitions: OwnedPartitions<OutRecord>;
  /** Writes what is waiting and lets everything go; the transport is closed before, by whoever started it. */
  close(): Promise<void>;
}

/** The places of the stages with state are in what they restore from, the group's offset follows. */
const committed = { check: 'after-batch', province: 'when-done', ministry: 'when-done' } as const;

/** Events in portions of about 3,000 a partition: the next stage merges one while this one checks the next. */
const CHECK_FETCH_BYTES = 1_048_576;

/** So long the last writes are waited for on the way out; with Kafka away they would go on trying. */
const WRITE_MS = 6_000;

export const rollupStage = async (
  kafka: Kafka,
  context: StageContext,
  logger: Logger,
  onFatal: (error: unknown) => void,
  watch?: ServiceWatch,
): Promise<RollupStage> => {
  const { config, topics, generation, partitions: counts } = context;
  const { STAGE, TOPIC_PREFIX, KAFKA_SESSION_TIMEOUT_MS } = config;
  const producer = createProducer(kafka);
  await producer.connect();
  const state = STAGE === 'ministry' ? topics.provinceRollups : topics.communeRollups;
  const restoreGroup = `${TOPIC_PREFIX}.rollup-${STAGE}.restore`;
  const reader = new CompactedReader(kafka, state, counts.get(state) as number, restoreGroup);
  const group = rollupGroup(TOPIC_PREFIX, STAGE, generation);
  const watched = watch?.streams(kafka, () => group, STAGE === 'check' ? undefined : topics[stageInput[STAGE]]);
  const partitions = ownedPartitions(kafka, context, logger, { reader, observer: watched?.partitions });
  const sender = new RecordSender(watch === undefined ? producer : measuredSends(producer, watch.service));
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    besides: () => (STAGE === 'check' ? topicsBeside(topics, counts) : []),
    groupOf: () => group,
    commits: () => committed[STAGE],
    from: 'earliest',
    // The ministry has read everything before it begins, wherever its group is.
    startsOver: () => STAGE !== 'ministry',
    maxBytesPerPartition: STAGE === 'check' ? CHECK_FETCH_BYTES : undefined,
    onFatal,
    skipped: context.skipped,
    onUnreadable:
      STAGE === 'check' ? undefined : (...found) => inBackground(refuseBatch(sender, context, logger, found)),
    sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS,
    observer: watched?.stream,
    onAssignment: (_topic, assigned) => {
      if (STAGE !== 'check') partitions.assign(assigned);
    },
  });
  const endOfSweeps =
    context.sealer !== undefined && STAGE === 'check'
      ? destroyExpiredKeys(kafka, context.sealer, (records) => sender.send(records), logger)
      : undefined;
  const close = async (): Promise<void> => {
    endOfSweeps?.();
    if (!(await inTime(partitions.close(), WRITE_MS)))
      logger.warn('Kafka does not take what was waiting: it is made again from what is read again');
    await reader.close();
    await producer.disconnect();
  };
  return { strategy, sender, partitions, close };
};

const topicsBeside = (topics: Topics, counts: ReadonlyMap<string, number>): string[] =>
  checkedBeside(topics)
    .map(({ topic }) => topic)
    .filter((topic) => counts.has(topic));

/** A batch between the stages that cannot be read stands in the refusals too, and the log; what it said is in no figure until a rebuild. */
const refuseBatch = async (
  sender: RecordSender,
  { topics, sealer }: StageContext,
  logger: Logger,
  [topic, partition, message]: readonly [string, number, KafkaMessage],
): Promise<void> => {
  const refusal = judgeTopicRecord(message);
  if (!isRefusal(refusal)) return;
  const received = receivedOf(topic, partition, message);
  try {
    await sealer?.prepare([received.receivedAt], (records) => sender.send(records));
    await sender.send([{ topic: topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256, sealer?.seal) }]);
  } catch (err) {
    logger.error({ err, origin: received.origin }, 'a batch that cannot be read could not be noted');
  }
};
