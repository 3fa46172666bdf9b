/**
 * The intake as an HTTP service, without what it runs on: its routes, and how bodies arrive.
 */
import type { IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Topics } from '#contracts';
import { RecordSender } from '#kafka';
import {
  allowOrigins,
  countRefusals,
  describeApi,
  methodsOf,
  nestLogger,
  ProblemFilter,
  READINESS,
  measureRequests,
  traceRequests,
  type ServiceWatch,
} from '#service';
import { controllers, description } from './api.js';
import { EventPublisher } from './event-publisher.js';
import { INTAKE_CONFIG, type IntakeConfig } from './intake.config.js';
import { IntakeService, ON_REFUSED, TOPICS } from './intake.service.js';
import { measureIntake } from './intake-metrics.js';
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

export interface IntakeParts {
  readonly config: IntakeConfig;
  readonly topics: Topics;
  readonly sender: RecordSender;
  readonly watch: ServiceWatch;
  readonly logger: Logger;
}

/** The service, made and not yet listening. */
export const createIntake = async ({
  config,
  topics,
  sender,
  watch,
  logger,
}: IntakeParts): Promise<NestFastifyApplication> => {
  const room = new Room(config.INTAKE_MAX_BYTES);
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: IntakeModule,
      controllers,
      providers: [
        EventPublisher,
        IntakeService,
        { provide: Room, useValue: room },
        { provide: RecordSender, useValue: sender },
        { provide: INTAKE_CONFIG, useValue: config },
        { provide: TOPICS, useValue: topics },
        { provide: ON_REFUSED, useValue: countRefusals(watch.service, 'http') },
        { provide: READINESS, useValue: watch },
      ],
    },
    new FastifyAdapter({ bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_MS }),
    { logger: nestLogger(logger), bodyParser: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  measureRequests(fastify, watch.service);
  traceRequests(fastify);
  measureIntake(room, config.INTAKE_MAX_BYTES, watch);
  const methods = methodsOf(fastify);
  await allowOrigins(app, config.INTAKE_CORS_ORIGINS);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', ({ headers }: FastifyRequest, body: IncomingMessage) =>
    readBody(room, body, headers, BODY_LIMIT),
  );
  app.useGlobalFilters(new ProblemFilter(statusOf, logger));
  describeApi(app, description);
  await app.init();
  methods.refuseOthers();
  return app;
};
