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
import { GENERATION, ProjectionController, UNIT_MONTHS } from './projection.controller.js';
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
 * Units' years are many, the windows of provinces and the country are waited for: while those are being written, the units take
 * a tenth of MongoDB's time, one write at a time.
 */
const UNIT_MONTHS_REST = 9;
const WINDOWS_JUST_NOW_MS = 1_500;

/**
 * The country is waited for. The provinces' windows are thirty times as many: alone they follow at once, under load they take a
 * fifth of MongoDB's time.
 */
const pace = {
  nationalRollups: { leastMs: 10 },
  provinceRollups: { leastMs: 20, restShare: 4, maxRestMs: 800 },
  communeRollups: { leastMs: 40 },
  rejectedEvents: { leastMs: 100 },
};

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
    startsOver: () => true,
    paceOf: (pattern: string) => pace[pattern as keyof typeof pace],
    onFatal: life.fatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  } as const;
  const turn = new Turn(UNIT_MONTHS_REST, WINDOWS_JUST_NOW_MS);
  const unitMonths = new OwnedPartitions<Change>(
    (partition) =>
      new OwnedPartition(partition, new UnitMonthsHome(writer, generation, turn), flushPolicy, logger, Date.now),
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
        { provide: Turn, useValue: turn },
      ],
    },
    { strategy, logger: nestLogger(logger) },
  );
  await app.listen();
  life.ready(app);
};

runMain(main);
