/** Starts the projection. */
import '#tracing/traced';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { topicsOf, topicSpecs } from '#contracts';
import { createKafka, ensureTopics } from '#kafka';
import { countSkipped, createLogger, nestLogger, parseConfig, platformSchema, runMain, ServiceLife } from '#service';
import { currentGeneration, HandlerErrors, SkippedRecords, watchGeneration } from '#stream';
import { connectStore, pingStore, RollupWriter } from '#store';
import { GENERATION, ProjectionController, TURNS, UNIT_MONTHS } from './projection.controller.js';
import { projectionStage } from './projection.stage.js';

@Module({})
class ProjectionModule {}

/** On which its probes are, where nothing else is set and nobody else is there. */
const USUAL_PROBE_PORT = 9104;

const main = async (): Promise<void> => {
  const config = parseConfig(platformSchema, process.env);
  const logger = createLogger('projection', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const watch = await life.watched('projection', config, USUAL_PROBE_PORT);
  const kafka = createKafka(config, 'projection', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  const [connection] = await Promise.all([
    connectStore(config),
    ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS),
  ]);
  const skipped = new SkippedRecords(kafka, topics.skippedRecords);
  const [generation] = await Promise.all([currentGeneration(kafka, topics.control), skipped.refresh()]);
  countSkipped(skipped, watch.service);
  const writer = new RollupWriter(connection, generation);
  await writer.prepare();
  watch.kafka(kafka, topics.control);
  watch.ready.dependency('mongodb', () => pingStore(connection));
  const stage = projectionStage(kafka, { config, topics, generation, writer, skipped, watch }, logger, life.fatal);
  life.onEnd(() => connection.close());
  life.onEnd(() => stage.unitMonths.close());
  life.onEnd(watchGeneration(kafka, topics.control, generation, life.restart));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    {
      module: ProjectionModule,
      controllers: [ProjectionController],
      providers: [
        { provide: RollupWriter, useValue: writer },
        { provide: GENERATION, useValue: generation },
        { provide: UNIT_MONTHS, useValue: stage.unitMonths },
        { provide: TURNS, useValue: stage.writing },
      ],
    },
    { strategy: stage.strategy, logger: nestLogger(logger) },
  );
  app.useGlobalFilters(new HandlerErrors());
  await app.listen();
  life.ready(app);
};

runMain(main);
