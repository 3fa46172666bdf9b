/** Starts the reports service. */
import '#tracing/traced';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { topicsOf, topicSpecs, summarySteps } from '#contracts';
import { createKafka, ensureTopics } from '#kafka';
import { createLogger, nestLogger, parseConfig, runMain, ServiceLife } from '#service';
import { PipelineOffsets, PipelineProgress } from '#stream';
import { connectStore, pingStore, SummaryRepository } from '#store';
import { JobQueue } from '#queue';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';
import { SummaryWorker } from './summary.worker.js';

/** On which its probes are, where nothing else is set and nobody else is there. */
const USUAL_PROBE_PORT = 9105;

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
  const watch = await life.watched('reports', config, USUAL_PROBE_PORT);
  const connection = await connectStore(config);
  watch.ready.dependency('mongodb', () => pingStore(connection));
  life.onEnd(() => connection.close());
  await new SummaryRepository(connection).prepare();
  const app = await NestFactory.createApplicationContext(
    ReportsModule.register(config, logger, { connection, progress }),
    {
      logger: nestLogger(logger),
    },
  );
  const queue = app.get(JobQueue);
  watch.ready.dependency('redis', () => queue.ping());
  app.get(SummaryWorker).measured(watch.service);
  life.ready(app);
};

runMain(main);
