/** Starts the intake. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { topicsOf, topicSpecs } from '#contracts';
import {
  answers,
  createKafka,
  createLogger,
  createProducer,
  describeApi,
  ensureTopics,
  HealthController,
  nestLogger,
  parseConfig,
  ProblemFilter,
  READINESS,
  RecordSender,
  runMain,
  ServiceLife,
} from '#platform';
import { EventPublisher } from './event-publisher.js';
import { EventsController } from './events.controller.js';
import { INTAKE_CONFIG, intakeSchema } from './intake.config.js';
import { IntakeService, TOPICS } from './intake.service.js';
import { readBody } from './request-body.js';
import { Room } from './room.js';

const statusOf = {
  UNREADABLE_BODY: 400,
  REQUEST_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  KAFKA_UNAVAILABLE: 503,
};
/** A batch of 1,000 events of 64 KiB. */
const BODY_LIMIT = 1_000 * 65_536 + 65_536;
/** Who sends more slowly gives its room back. */
const REQUEST_MS = 60_000;

@Module({})
class IntakeModule {}

const main = async (): Promise<void> => {
  const config = parseConfig(intakeSchema, process.env);
  const logger = createLogger('intake', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const kafka = createKafka(config, 'intake', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const producer = createProducer(kafka, 4);
  await producer.connect();
  const admin = kafka.admin({ retry: { retries: 0 } });
  const ready = async () => ({
    kafka: await answers(async () => {
      await admin.connect();
      await admin.fetchTopicMetadata({ topics: [topics.indicatorEvents] });
    }),
  });
  const room = new Room(config.INTAKE_MAX_BYTES);
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: IntakeModule,
      controllers: [EventsController, HealthController],
      providers: [
        EventPublisher,
        IntakeService,
        { provide: Room, useValue: room },
        { provide: RecordSender, useValue: new RecordSender(producer) },
        { provide: INTAKE_CONFIG, useValue: config },
        { provide: TOPICS, useValue: topics },
        { provide: READINESS, useValue: ready },
      ],
    },
    new FastifyAdapter({ bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_MS }),
    { logger: nestLogger(logger), bodyParser: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (request: FastifyRequest, body: IncomingMessage) => {
    const announced = request.headers['content-length'];
    return readBody(room, body, announced === undefined ? undefined : Number(announced), BODY_LIMIT);
  });
  app.useGlobalFilters(new ProblemFilter(statusOf, logger));
  describeApi(app, 'Tổng Hợp: intake', 'Commune systems publish indicator events here, as CloudEvents 1.0.');
  life.onEnd(() => admin.disconnect());
  life.onEnd(() => producer.disconnect());
  await app.listen(config.INTAKE_PORT, config.INTAKE_HOST);
  life.ready(app);
};

runMain(main);
