/**
 * The projection over a Kafka and a store: its transport, its partitions and its turns, put together as they run in production and in
 * the simulation.
 */
import type { Logger } from 'pino';
import { projectionGroup, type Topics } from '#contracts';
import type { Kafka } from '#kafka';
import type { PlatformConfig, ServiceWatch } from '#service';
import { KafkaBatchServer, OwnedPartition, OwnedPartitions, type SkippedRecords, watchedStore } from '#stream';
import type { RollupWriter } from '#store';
import type { WritingTurns } from './projection.controller.js';
import { Turn } from './turn.js';
import { UnitMonthsStore, type Change } from './unit-months.js';

export interface ProjectionContext {
  readonly config: Pick<PlatformConfig, 'TOPIC_PREFIX' | 'KAFKA_SESSION_TIMEOUT_MS'>;
  readonly topics: Topics;
  readonly generation: number;
  readonly writer: RollupWriter;
  /** What an operator has set aside. */
  readonly skipped?: SkippedRecords;
  readonly watch?: ServiceWatch;
}

export interface ProjectionStage {
  readonly strategy: KafkaBatchServer;
  readonly unitMonths: OwnedPartitions<Change>;
  readonly writing: WritingTurns;
}

/**
 * While more of the same is on its way, a unit's year is written every five seconds; just after, when much has changed, the
 * windows of provinces and the country go first.
 */
const writePolicy = {
  paceMs: 300,
  behindEvents: 500,
  behindMs: 5_000,
  maxPending: 20_000,
  settlePending: 300,
  settleMs: 1_000,
};

/**
 * The country is waited for. The provinces' windows are thirty times as many, and units' years are more again: while the country's
 * windows are being written the provinces' take a fifth of MongoDB's time, and while any windows are catching up, the units take a
 * tenth. Otherwise they follow at once: a summary and a figure as of an instant wait for them.
 */
const turns = {
  provinces: { restShare: 4, maxRestMs: 800, justNowMs: 300 },
  units: { restShare: 9, maxRestMs: 5_000, justNowMs: 1_500 },
};

const leastMs = { nationalRollups: 10, provinceRollups: 20, communeRollups: 40, rejectedEvents: 100 };

export const projectionStage = (
  kafka: Kafka,
  { config, topics, generation, writer, skipped, watch }: ProjectionContext,
  logger: Logger,
  onFatal: (error: unknown) => void,
): ProjectionStage => {
  const writing: WritingTurns = { provinces: new Turn(turns.provinces), units: new Turn(turns.units) };
  const groupOf = (topic: string) => projectionGroup(config.TOPIC_PREFIX, topic, generation);
  const watched = watch?.streams(kafka, groupOf, topics.communeRollups);
  const storeOf = (partition: number) =>
    watchedStore(new UnitMonthsStore(writer, generation, writing.units), partition, watched?.partitions);
  const unitMonths = new OwnedPartitions<Change>(
    (partition) => new OwnedPartition(partition, storeOf(partition), writePolicy, logger, Date.now),
  );
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf,
    commits: (topic) => (topic === topics.communeRollups ? 'when-done' : 'after-batch'),
    from: 'earliest',
    startsOver: () => true,
    skipped,
    leastMsOf: (pattern) => leastMs[pattern as keyof typeof leastMs],
    onFatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    observer: watched?.stream,
    onAssignment: (topic, assigned) => {
      if (topic === topics.communeRollups) unitMonths.assign(assigned);
    },
  });
  return { strategy, unitMonths, writing };
};
