/** The intake as a Nest module, and its HTTP interface: how bodies arrive, and which status says what. */
import type { IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Topics } from '#contracts';
import { CONFIG, countRefusals, sealerOf, ServiceWatch, TOPICS } from '#service';
import { connectionsIn, type HttpInterface } from '#service/http';
import { controllers, description } from './api.js';
import { EventPublisher } from './event-publisher.js';
import type { IntakeConfig } from './intake.config.js';
import { IntakeService, ON_REFUSED, SEALER } from './intake.service.js';
import { KnownLocks } from './known-locks.js';
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

const measuredRoom = ({ INTAKE_MAX_BYTES }: IntakeConfig, watch: ServiceWatch): Room => {
  const room = new Room(INTAKE_MAX_BYTES);
  measureIntake(room, INTAKE_MAX_BYTES, watch);
  return room;
};

@Module({
  controllers,
  providers: [
    EventPublisher,
    KnownLocks,
    IntakeService,
    {
      provide: SEALER,
      useFactory: (config: IntakeConfig, topics: Topics) => sealerOf(config, topics.sealingKeys, Date.now),
      inject: [CONFIG, TOPICS],
    },
    { provide: Room, useFactory: measuredRoom, inject: [CONFIG, ServiceWatch] },
    {
      provide: ON_REFUSED,
      useFactory: (watch: ServiceWatch) => countRefusals(watch.service, 'http'),
      inject: [ServiceWatch],
    },
  ],
  exports: [KnownLocks],
})
export class IntakeModule {}

/** Bodies are read by us: as bytes, whatever type they say, within the room that there is. */
const readBodies = (app: NestFastifyApplication): void => {
  const room = app.get(Room);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', ({ headers }: FastifyRequest, body: IncomingMessage) =>
    readBody(room, body, headers, BODY_LIMIT),
  );
};

export const intakeHttp: HttpInterface<IntakeConfig> = {
  at: ({ INTAKE_HOST, INTAKE_PORT, INTAKE_CORS_ORIGINS, TRUSTED_PROXIES, ...config }) => ({
    host: INTAKE_HOST,
    port: INTAKE_PORT,
    origins: INTAKE_CORS_ORIGINS,
    proxies: TRUSTED_PROXIES,
    connections: connectionsIn(config),
  }),
  api: description,
  statusOf,
  server: { bodyLimit: BODY_LIMIT },
  bodyParser: false,
  prepare: readBodies,
};
