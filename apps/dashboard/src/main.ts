/** Starts the dashboard: REST, the live stream, and the web app. */
import '#tracing/traced';
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SUMMARY_QUEUE, summarySteps, topicsOf, topicSpecs } from '#contracts';
import { calendarWith, toExactJson } from '#domain';
import { createKafka, ensureTopics } from '#kafka';
import {
  allowOrigins,
  createLogger,
  describeApi,
  measureRequests,
  methodsOf,
  nestLogger,
  parseConfig,
  ProblemFilter,
  READINESS,
  runMain,
  ServiceLife,
  traceRequests,
} from '#service';
import { HandlerErrors, KafkaBatchServer, PipelineOffsets, PipelineProgress } from '#stream';
import { JobQueue } from '#queue';
import { connectStore, pingStore, RollupReader, SummaryRepository, SummaryRequests, SummarySource } from '#store';
import { exposeAccounts } from './accounts-metric.js';
import { controllers, description } from './api.js';
import { CLOCK, DASHBOARD_CONFIG, dashboardSchema } from './dashboard.config.js';
import { EventLog } from './event-log.js';
import { LiveSource } from './live-source.js';
import { LiveStream } from './live-stream.js';
import { watchNationalFigures } from './national-freshness.js';
import { statusOf } from './requests.js';
import { RollupView } from './rollup-view.js';
import { exposeWatchers } from './stream-metrics.js';
import { serveWeb } from './web.js';
import { WrittenPlaces } from './written-places.js';

@Module({})
class DashboardModule {}

const main = async (): Promise<void> => {
  const config = parseConfig(dashboardSchema, process.env);
  const logger = createLogger('dashboard', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const watch = await life.watched('dashboard', config);
  const kafka = createKafka(config, 'dashboard', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const connection = await connectStore(config);
  const reader = new RollupReader(connection, Date.now);
  exposeAccounts(reader, watch.service);
  const summaries = new SummaryRepository(connection);
  await summaries.prepare();
  const calendar = calendarWith({ communeDay: config.COMMUNE_DEADLINE_DAY, provinceDay: config.PROVINCE_DEADLINE_DAY });
  const queue = new JobQueue(SUMMARY_QUEUE, config, logger);
  const offsets = new PipelineOffsets(kafka);
  const progress = new PipelineProgress(offsets, topics.control, (generation) =>
    summarySteps(config.TOPIC_PREFIX, topics, generation),
  );
  const requests = new SummaryRequests(summaries, new SummarySource(reader, calendar), progress);
  const source = new LiveSource({
    topics: [topics.nationalRollups, topics.provinceRollups, topics.communeRollups],
    reader,
    written: new WrittenPlaces(kafka, config.TOPIC_PREFIX),
    logger,
  });
  await source.begin();
  const live = new LiveStream(source, topics, reader, new EventLog(randomUUID()), logger);
  exposeWatchers(live, watch.service);
  const endFreshness = watchNationalFigures(kafka, config.TOPIC_PREFIX, topics, watch.service);
  watch.kafka(kafka, topics.control);
  watch.ready.dependency('mongodb', () => pingStore(connection));
  watch.ready.dependency('redis', () => queue.ping(), { isNeeded: false });
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: DashboardModule,
      controllers,
      providers: [
        RollupView,
        { provide: LiveSource, useValue: source },
        { provide: LiveStream, useValue: live },
        { provide: RollupReader, useValue: reader },
        { provide: SummaryRepository, useValue: summaries },
        { provide: SummaryRequests, useValue: requests },
        { provide: JobQueue, useValue: queue },
        { provide: DASHBOARD_CONFIG, useValue: config },
        { provide: CLOCK, useValue: Date.now },
        { provide: READINESS, useValue: watch },
      ],
    },
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: nestLogger(logger) },
  );
  const fastify = app.getHttpAdapter().getInstance();
  const methods = methodsOf(fastify);
  await allowOrigins(app, config.DASHBOARD_CORS_ORIGINS);
  measureRequests(fastify, watch.service);
  traceRequests(fastify);
  fastify.setReplySerializer((payload) => toExactJson(payload));
  await serveWeb(app, config.WEB_DIR);
  app.useGlobalFilters(new ProblemFilter(statusOf, logger));
  describeApi(app, description);
  const group = `${config.TOPIC_PREFIX}.dashboard.${randomUUID()}`;
  const groupOf = (topic: string) => `${group}.${topic.slice(config.TOPIC_PREFIX.length + 1)}`;
  const watched = watch.streams(kafka, groupOf);
  const strategy = new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf,
    commits: () => 'never',
    from: 'latest',
    leastMsOf: (pattern) => (pattern === 'nationalRollups' ? 10 : 100),
    onAssignment: (topic, partitions, consumer) => source.assigned(topic, partitions, consumer),
    onFatal: life.fatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    observer: watched.stream,
  });
  // Deferred, or the filter comes too late and every fault of a handler ends the process.
  const options = { deferInitialization: true };
  app.connectMicroservice<MicroserviceOptions>({ strategy }, options).useGlobalFilters(new HandlerErrors());
  await app.startAllMicroservices();
  await app.init();
  methods.refuseOthers();
  life.onEnd(() => connection.close());
  life.onEnd(() => source.close());
  life.onEnd(() => queue.close());
  life.onEnd(() => offsets.close());
  life.onEnd(endFreshness);
  await app.listen(config.DASHBOARD_PORT, config.DASHBOARD_HOST);
  life.ready(app);
};

runMain(main);
