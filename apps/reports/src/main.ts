/** Starts the reports service. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { topicsOf, topicSpecs, summarySteps } from '#contracts';
import {
  createKafka,
  createLogger,
  ensureTopics,
  nestLogger,
  parseConfig,
  PipelineOffsets,
  PipelineProgress,
  runMain,
  ServiceLife,
} from '#platform';
import { connectStore, SummaryRepository } from '#store';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';

const main = async (): Promise<void> => {
  const config = parseConfig(reportsSchema, process.env);
  const logger = createLogger('reports', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const kafka = createKafka(config, 'reports', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const offsets = new PipelineOffsets(kafka);
  life.onEnd(() => offsets.close());
  const progress = new PipelineProgress(offsets, topics.control, (generation) =>
    summarySteps(config.TOPIC_PREFIX, topics, generation),
  );
  const connection = await connectStore(config.MONGODB_URI);
  life.onEnd(() => connection.close());
  await new SummaryRepository(connection).prepare();
  const app = await NestFactory.createApplicationContext(
    ReportsModule.register(config, logger, { connection, progress }),
    {
      logger: nestLogger(logger),
    },
  );
  life.ready(app);
};

runMain(main);
