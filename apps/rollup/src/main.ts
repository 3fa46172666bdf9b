/** Starts one stage of the rollup: check, province or ministry, as the environment says. */
import '#tracing/traced';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { topicsOf, topicSpecs, type Topics } from '#contracts';
import { createKafka, ensureTopics } from '#kafka';
import {
  countRefusals,
  countSkipped,
  createLogger,
  InvalidConfiguration,
  nestLogger,
  parseConfig,
  runMain,
  ServiceLife,
} from '#service';
import { currentGeneration, HandlerErrors, SkippedRecords, watchGeneration } from '#stream';
import { rollupSchema, type StageContext } from './rollup.config.js';
import { RollupModule } from './rollup.module.js';
import { rollupStage } from './rollup.stage.js';

/** The province stage keeps what it reads of a partition in the same partition of its state. */
const requireSamePartitions = (
  partitions: ReadonlyMap<string, number>,
  { communeReports, communeRollups }: Topics,
): void => {
  if (partitions.get(communeReports) === partitions.get(communeRollups)) return;
  throw new InvalidConfiguration(`${communeReports} and ${communeRollups} must have the same number of partitions`);
};

/** On which its probes are, where nothing else is set and nobody else is there. */
const usualProbePorts = { check: 9101, province: 9102, ministry: 9103 } as const;

const main = async (): Promise<void> => {
  const config = parseConfig(rollupSchema, process.env);
  const service = `rollup-${config.STAGE}`;
  const logger = createLogger(service, config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const watch = await life.watched(service, config, usualProbePorts[config.STAGE]);
  const kafka = createKafka(config, service, logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  const partitions = await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  requireSamePartitions(partitions, topics);
  const skipped = new SkippedRecords(kafka, topics.skippedRecords);
  const [generation] = await Promise.all([currentGeneration(kafka, topics.control), skipped.refresh()]);
  const onRefused = config.STAGE === 'check' ? countRefusals(watch.service, 'kafka') : undefined;
  const context: StageContext = { config, topics, generation, partitions, skipped, onRefused };
  countSkipped(skipped, watch.service);
  watch.kafka(kafka, topics.control);
  const stage = await rollupStage(kafka, context, logger, life.fatal, watch);
  life.onEnd(() => stage.close());
  life.onEnd(watchGeneration(kafka, topics.control, generation, life.restart));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(RollupModule.of(context, stage), {
    strategy: stage.strategy,
    logger: nestLogger(logger),
  });
  app.useGlobalFilters(new HandlerErrors());
  await app.listen();
  life.ready(app);
};

runMain(main);
