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
  parseConfig,
  platformSchema,
  ServiceLife,
  watchGeneration,
} from '#platform';
import { connectStore, RollupWriter } from '#store';
import { GENERATION, ProjectionController } from './projection.controller.js';

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
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf: (topic) => projectionGroup(config.TOPIC_PREFIX, topic, generation),
    commits: 'after-batch',
    from: 'earliest',
    onFatal: life.fatal,
  });
  life.onEnd(() => connection.close());
  life.onEnd(watchGeneration(kafka, topics.control, generation, life.restart));
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    {
      module: ProjectionModule,
      controllers: [ProjectionController],
      providers: [
        { provide: RollupWriter, useValue: writer },
        { provide: GENERATION, useValue: generation },
      ],
    },
    { strategy, logger: nestLogger(logger) },
  );
  await app.listen();
  life.ready(app);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
