/** Starts the reports service. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { createLogger, nestLogger, parseConfig, runMain, ServiceLife } from '#platform';
import { connectStore, SummaryRepository } from '#store';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';

const main = async (): Promise<void> => {
  const config = parseConfig(reportsSchema, process.env);
  const logger = createLogger('reports', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const connection = await connectStore(config.MONGODB_URI);
  life.onEnd(() => connection.close());
  await new SummaryRepository(connection).prepare();
  const app = await NestFactory.createApplicationContext(ReportsModule.register(config, logger, connection), {
    logger: nestLogger(logger),
  });
  life.ready(app);
};

runMain(main);
