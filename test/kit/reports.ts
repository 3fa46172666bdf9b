/**
 * The reports service within the test's process, on topics, a database and a queue of its own; what the other services would do is done by
 * calls: writing figures, publishing events, reading them all.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import {
  encodeCommuneRollup,
  issueSummaryJob,
  SUMMARY_QUEUE,
  summarySteps,
  topicsOf,
  topicSpecs,
  type Topics,
} from '#contracts';
import {
  calendarWith,
  ictMidnight,
  MonthDecisions,
  ProvinceAsOf,
  windowIndex,
  withReport,
  type Skyline,
  type SummaryContent,
} from '#domain';
import { createClusterKey, createKafka, createProducer, ensureTopics, type Kafka } from '#kafka';
import { createLogger, parseConfig, ServiceModule } from '#service';
import { PipelineOffsets, PipelineProgress } from '#stream';
import { JobQueue, QueueModule } from '#queue';
import {
  CONNECTION,
  connectStore,
  HistoryReader,
  RollupReader,
  RollupWriter,
  SummariesModule,
  SummaryRepository,
  SummaryRequests,
  SummarySource,
  type Connection,
  type SummaryRecord,
} from '#store';
import { reportsSchema, type ReportsConfig } from '../../apps/reports/src/reports.config.js';
import { ReportsModule } from '../../apps/reports/src/reports.module.js';
import { SummaryIssuer } from '../../apps/reports/src/summary.issuer.js';
import { aReport } from './builders.js';
import { needed, testDatabase } from './installation.js';
import { aService } from './service.js';

export const QUARTER = windowIndex('2026-Q1') as number;
/** When the quarter's summary is due. */
export const DUE = ictMidnight(2026, 3, 22) + 7 * 3_600_000;

export const logger = createLogger('reports-test', 'silent');

/** kafkajs' way of setting a group's offsets runs a consumer for each, which takes seconds. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findGroupCoordinator(of: { groupId: string }): Promise<{ offsetCommit(request: object): Promise<unknown> }>;
}
const clusterOf = (kafka: Kafka): Cluster =>
  (kafka as unknown as Record<symbol, (options: object) => Cluster>)[createClusterKey(kafka) as symbol]({});

/** Asks again and again until there is something. */
export const until = async <T>(look: () => Promise<T | undefined | false>, ms = 30_000): Promise<T> => {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await sleep(100);
  }
};

class Root {}
class Connected {}

export class ReportsInstallation {
  readonly prefix: string;
  readonly config: ReportsConfig;
  readonly topics: Topics;
  readonly kafka: Kafka;
  readonly admin: ReturnType<Kafka['admin']>;
  readonly progress: PipelineProgress;
  readonly workers: INestApplicationContext[] = [];
  /** Processes that a test started. */
  readonly children: ChildProcess[] = [];
  /** What the service takes for the time. */
  clock = DUE;
  redis!: Redis;
  connection!: Connection;
  queue!: JobQueue;
  summaries!: SummaryRepository;
  source!: SummarySource;
  requests!: SummaryRequests;
  private readonly offsets: PipelineOffsets;
  private readonly cluster: Cluster;
  private version = 0;
  /** Of the one cell that there is. */
  private words: Skyline = [];

  /** @param subject of the test, in lower case */
  constructor(subject: string) {
    this.prefix = `test-reports-${subject}-${process.pid}`;
    this.config = parseConfig(reportsSchema, {
      KAFKA_BROKERS: needed('KAFKA_BROKERS'),
      MONGODB_URI: testDatabase(needed('MONGODB_URI'), `reports_${subject}_${process.pid}`),
      REDIS_URL: needed('REDIS_URL'),
      TOPIC_PREFIX: this.prefix,
      CLOCK_SKEW_MS: '0',
    });
    this.topics = topicsOf(this.prefix);
    this.kafka = createKafka(this.config, 'reports-test', logger);
    this.offsets = new PipelineOffsets(this.kafka);
    this.progress = this.progressBy(this.offsets);
    this.admin = this.kafka.admin();
    this.cluster = clusterOf(this.kafka);
  }

  async begin(): Promise<void> {
    this.redis = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: 1, retryStrategy: () => null });
    this.redis.on('error', () => undefined);
    await this.redis.ping();
    this.connection = await connectStore(this.config);
    await ensureTopics(this.kafka, topicSpecs(this.topics), 2);
    await this.admin.connect();
    await this.cluster.connect();
    this.queue = new JobQueue(SUMMARY_QUEUE, this.config, logger);
  }

  /** Before each test: figures of the quarter, everything read, nobody at work. */
  async renew(): Promise<void> {
    this.clock = DUE;
    const calendar = calendarWith({
      communeDay: this.config.COMMUNE_DEADLINE_DAY,
      provinceDay: this.config.PROVINCE_DEADLINE_DAY,
    });
    this.summaries = new SummaryRepository(this.connection);
    this.words = [];
    const reader = new RollupReader(this.connection, this.now);
    this.source = new SummarySource(reader, new HistoryReader(this.connection, reader), calendar);
    this.requests = new SummaryRequests(this.summaries, this.source, this.progress);
    await this.summaries.prepare();
    await this.writeFigure(1);
    await this.readAll();
  }

  async clean(): Promise<void> {
    for (const app of this.workers.splice(0)) await app.close();
    for (const child of this.children.splice(0)) child.kill('SIGKILL');
    await this.loseQueue();
    await this.connection.dropDatabase();
  }

  async end(): Promise<void> {
    try {
      await this.queue?.close();
      this.redis?.disconnect();
      await this.offsets.close();
      await this.admin
        .deleteTopics({ topics: topicSpecs(this.topics).map(({ topic }) => topic) })
        .catch(() => undefined);
      await this.cluster.disconnect();
      await this.admin.disconnect();
    } finally {
      await this.connection?.close();
    }
  }

  readonly now = (): number => this.clock;

  progressBy(offsets: PipelineOffsets): PipelineProgress {
    const steps = (generation: number) => summarySteps(this.prefix, this.topics, generation);
    return new PipelineProgress(offsets, this.topics.control, steps);
  }

  async startWorker(): Promise<INestApplicationContext> {
    const service = ServiceModule.of(aService('reports-test', this.config, this.now));
    const imports = [service, this.connected(), SummariesModule, QueueModule.of(SUMMARY_QUEUE), ReportsModule];
    const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false });
    this.workers.push(app);
    return app;
  }

  issuer(now = this.now, skewMs = 0): SummaryIssuer {
    return new SummaryIssuer(this.summaries, this.source, this.progress, now, skewMs);
  }

  /** Writes what the projection would of a figure that is received now: the windows of province 01 and the country, and what was ever known. */
  async writeFigure(numerator: number, generation = 1): Promise<void> {
    this.version += 1;
    const figure = [numerator, 4];
    const report = aReport({ figure, revision: this.version, receivedAt: this.clock });
    this.words = withReport(this.words, report);
    const asOf = new ProvinceAsOf(this.clock);
    asOf.take(this.words, MonthDecisions.none);
    const written = { version: this.version, updatedAt: new Date(this.clock) };
    const writer = new RollupWriter(this.connection, generation);
    await writer.writeWindows(
      asOf.end().allWindows(({ window, items, reports }) => ({ unit: '01', window, items, reports, ...written })),
    );
    await writer.writeWindows(
      asOf.end().allWindows(({ window, items }) => ({ unit: 'VN', window, items, ...written })),
    );
    const month = { unit: '00004', month: '2026-03', reports: [report], earlier: this.words.slice(0, -1), later: [] };
    const record = Buffer.from(encodeCommuneRollup({ g: generation, more: false }, month));
    const cells = JSON.stringify({ c: figure });
    await writer.writeUnitMonths([{ unit: '00004', province: '01', month: '2026-03', cells, record, ...written }]);
  }

  /** Somebody publishes events; nobody has read them. */
  async publish(events: number): Promise<void> {
    const producer = createProducer(this.kafka);
    await producer.connect();
    const messages = Array.from({ length: events }, () => ({ value: '' }));
    await producer.send({ topic: this.topics.indicatorEvents, messages });
    await producer.disconnect();
  }

  /** The pipeline reads everything that there is. */
  async readAll(generation = 1): Promise<void> {
    for (const { group: groupId, topic } of summarySteps(this.prefix, this.topics, generation)) {
      const ends = await this.admin.fetchTopicOffsets(topic);
      const partitions = ends.map(({ partition, high }) => ({ partition, offset: high, metadata: '' }));
      const coordinator = await this.cluster.findGroupCoordinator({ groupId });
      await coordinator.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', topics: [{ topic, partitions }] });
    }
  }

  request(): Promise<string> {
    return this.requests.request(QUARTER, this.clock);
  }

  /** Asks as the dashboard does. */
  async ask(): Promise<string> {
    const id = await this.request();
    await this.queue.add(issueSummaryJob(id));
    return id;
  }

  issued(id: string): Promise<SummaryRecord> {
    return until(async () => {
      const summary = await this.summaries.get(id);
      return summary?.status === 'issued' && summary;
    });
  }

  async contentOf(id: string): Promise<SummaryContent> {
    return JSON.parse(String(await this.summaries.document(id, 'json'))) as SummaryContent;
  }

  /** The numerator that a summary says of indicator c. */
  async numeratorOf(id: string): Promise<unknown> {
    const { indicators } = await this.contentOf(id);
    return indicators.find(({ indicator }) => indicator === 'c')?.numerator;
  }

  /** Redis forgets everything. */
  async loseQueue(): Promise<void> {
    const keys = await this.redis.keys(`bull:${this.prefix}.*`);
    if (keys.length > 0) await this.redis.del(...keys);
  }

  /** In the place of the modules that connect: every worker uses the test's connections, which outlive it. */
  private connected(): DynamicModule {
    const reader = new RollupReader(this.connection, this.now);
    const providers = [
      { provide: CONNECTION, useValue: this.connection },
      { provide: RollupReader, useValue: reader },
      { provide: HistoryReader, useValue: new HistoryReader(this.connection, reader) },
      { provide: PipelineProgress, useValue: this.progress },
    ];
    return { module: Connected, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
