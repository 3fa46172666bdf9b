/** Starts the projection. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { projectionGroup, topicsOf, topicSpecs } from '#contracts';
import {
  createKafka,
  createLogger,
  currentGeneration,
  ensureTopics,
  KafkaBatchServer,
  nestLogger,
  OwnedPartition,
  OwnedPartitions,
  parseConfig,
  platformSchema,
  runMain,
  ServiceLife,
  watchGeneration,
} from '#platform';
import { connectStore, RollupWriter } from '#store';
import { GENERATION, ProjectionController, TURNS, UNIT_MONTHS, type WritingTurns } from './projection.controller.js';
import { Turn } from './turn.js';
import { UnitMonthsHome, type Change } from './unit-months.js';

/**
 * While more of the same is on its way, a unit's year is written every five seconds; just after, when much has changed, the
 * windows of provinces and the country go first.
 */
const flushPolicy = {
  paceMs: 300,
  behindEvents: 500,
  behindFlushMs: 5_000,
  maxPending: 20_000,
  settlePending: 300,
  settleMs: 1_000,
};

/**
 * The country is waited for. The provinces' windows are thirty times as many, and units' years are more again: while the country's
 * windows are being written the provinces' take a fifth of MongoDB's time, and while any windows are, the units take a tenth.
 * Alone they follow at once.
 */
const turns = {
  provinces: { restShare: 4, maxRestMs: 800, justNowMs: 300 },
  units: { restShare: 9, maxRestMs: Infinity, justNowMs: 1_500 },
};

const leastMs = { nationalRollups: 10, provinceRollups: 20, communeRollups: 40, rejectedEvents: 100 };

@Module({})
class ProjectionModule {}

const main = async (): Promise<void> => {
  const config = parseConfig(platformSchema, process.env);
  const logger = createLogger('projection', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const kafka = createKafka(config, 'projection', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const generation = await currentGeneration(kafka, topics.control);
  const connection = await connectStore(config.MONGODB_URI);
  const writer = new RollupWriter(connection, generation);
  await writer.prepare();
  const server = {
    kafka,
    logger,
    topicOf: (pattern: string) => topics[pattern as keyof typeof topics],
    groupOf: (topic: string) => projectionGroup(config.TOPIC_PREFIX, topic, generation),
    from: 'earliest',
    leastMsOf: (pattern: string) => leastMs[pattern as keyof typeof leastMs],
    onFatal: life.fatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  } as const;
  const writing: WritingTurns = { provinces: new Turn(turns.provinces), units: new Turn(turns.units) };
  const unitMonths = new OwnedPartitions<Change>(
    (partition) =>
      new OwnedPartition(
        partition,
        new UnitMonthsHome(writer, generation, writing.units),
        flushPolicy,
        logger,
        Date.now,
      ),
  );
  const strategy = new KafkaBatchServer({
    ...server,
    commits: (topic) => (topic === topics.communeRollups ? 'when-done' : 'after-batch'),
    onAssignment: (topic, assigned) => {
      if (topic === topics.communeRollups) unitMonths.assign(assigned);
    },
  });
  life.onEnd(() => connection.close());
  life.onEnd(() => unitMonths.close());
  life.onEnd(watchGeneration(kafka, topics.control, generation, life.restart));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    {
      module: ProjectionModule,
      controllers: [ProjectionController],
      providers: [
        { provide: RollupWriter, useValue: writer },
        { provide: GENERATION, useValue: generation },
        { provide: UNIT_MONTHS, useValue: unitMonths },
        { provide: TURNS, useValue: writing },
      ],
    },
    { strategy, logger: nestLogger(logger) },
  );
  await app.listen();
  life.ready(app);
};

runMain(main);
