/** Starts one stage of the rollup: commune, province or ministry, as the environment says. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { rollupGroup, topicsOf, topicSpecs, type Topics } from '#contracts';
import {
  CompactedReader,
  createKafka,
  createLogger,
  createProducer,
  currentGeneration,
  ensureTopics,
  InvalidConfiguration,
  KafkaBatchServer,
  nestLogger,
  parseConfig,
  RecordSender,
  runMain,
  ServiceLife,
  watchGeneration,
} from '#platform';
import { rollupSchema, type StageContext } from './rollup.config.js';
import { ownedPartitions, RollupModule } from './rollup.module.js';

/** The places of the stages with state are in what they restore from, the group's offset follows. */
const committed = { commune: 'after-batch', province: 'when-done', ministry: 'when-done' } as const;

/** The province stage keeps what it reads of a partition in the same partition of its state. */
const requireSamePartitions = (
  partitions: ReadonlyMap<string, number>,
  { communeReports, communeRollups }: Topics,
): void => {
  if (partitions.get(communeReports) === partitions.get(communeRollups)) return;
  throw new InvalidConfiguration(`${communeReports} and ${communeRollups} must have the same number of partitions`);
};

const main = async (): Promise<void> => {
  const config = parseConfig(rollupSchema, process.env);
  const service = `rollup-${config.STAGE}`;
  const logger = createLogger(service, config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const kafka = createKafka(config, service, logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  const partitions = await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  requireSamePartitions(partitions, topics);
  const generation = await currentGeneration(kafka, topics.control);
  const context: StageContext = { config, topics, generation, partitions };
  const producer = createProducer(kafka);
  await producer.connect();
  const state = config.STAGE === 'ministry' ? topics.provinceRollups : topics.communeRollups;
  const reader = new CompactedReader(
    kafka,
    state,
    partitions.get(state) as number,
    `${config.TOPIC_PREFIX}.${service}.restore`,
  );
  const owned = ownedPartitions(kafka, context, logger, reader);
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf: () => rollupGroup(config.TOPIC_PREFIX, config.STAGE, generation),
    commits: () => committed[config.STAGE],
    from: 'earliest',
    // The ministry has read everything before it begins, wherever its group is.
    startsOver: () => config.STAGE !== 'ministry',
    // Events in portions of about 3,000 a partition: the next stage merges one while this one checks the next.
    maxBytesPerPartition: config.STAGE === 'commune' ? 1_048_576 : undefined,
    onFatal: life.fatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    onAssignment: (_topic, assigned) => {
      if (config.STAGE !== 'commune') owned.assign(assigned);
    },
  });
  life.onEnd(() => producer.disconnect());
  life.onEnd(() => reader.close());
  life.onEnd(() => owned.close());
  life.onEnd(watchGeneration(kafka, topics.control, generation, life.restart));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    RollupModule.of(context, { sender: new RecordSender(producer), partitions: owned }),
    { strategy, logger: nestLogger(logger) },
  );
  await app.listen();
  life.ready(app);
};

runMain(main);
