import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { issueSummaryJob, jobNames, SUMMARY_QUEUE, summarySteps, topicsOf, topicSpecs } from '#contracts';
import { ictMidnight, rollupsText, rollupText, windowIndex, type SummaryContent } from '#domain';
import {
  createKafka,
  createLogger,
  createProducer,
  ensureTopics,
  parseConfig,
  PipelineOffsets,
  PipelineProgress,
} from '#platform';
import { JobQueue, queueName } from '#platform/queues';
import {
  connectStore,
  databaseOf,
  metaModel,
  RollupWriter,
  SummaryRepository,
  SummaryRequests,
  SummaryScheduleLog,
  SummarySource,
  type Connection,
} from '#store';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';
import { SummaryIssuer, SumsDiffer } from './summary.issuer.js';
import { cronJobs, SummarySchedules } from './summary.schedules.js';
import { SummarySweep } from './summary.sweep.js';
import { scheduledFor } from './summary.worker.js';

const needed = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

/** A database of its own beside the one in the address, which has to be one for tests. */
const testDatabase = (uri: string): string => {
  const database = databaseOf(uri);
  if (!database.includes('test')) throw new Error(`refusing ${database}: the name of a test database contains "test"`);
  const address = new URL(uri);
  address.pathname = `/${database}_reports_${process.pid}`;
  return address.toString();
};

const prefix = `test-reports-${process.pid}`;
const config = parseConfig(reportsSchema, {
  KAFKA_BROKERS: needed('KAFKA_BROKERS'),
  MONGODB_URI: testDatabase(needed('MONGODB_URI')),
  REDIS_URL: needed('REDIS_URL'),
  TOPIC_PREFIX: prefix,
});
const logger = createLogger('reports-test', 'silent');
const quarter = windowIndex('2026-Q1') as number;
const due = ictMidnight(2026, 3, 22) + 7 * 3_600_000;

const topics = topicsOf(prefix);
const kafka = createKafka(config, 'reports-test', logger);
const offsets = new PipelineOffsets(kafka);
const progress = new PipelineProgress(offsets, topics.control, (g) => summarySteps(prefix, topics, g));
const admin = kafka.admin();

/** kafkajs' way of setting a group's offsets runs a consumer for each, which takes seconds. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findGroupCoordinator(of: { groupId: string }): Promise<{ offsetCommit(request: object): Promise<unknown> }>;
}
const createCluster = Object.getOwnPropertySymbols(kafka).find(
  ({ description }) => description === 'private:Kafka:createCluster',
) as symbol;
const cluster = (kafka as unknown as Record<symbol, (options: object) => Cluster>)[createCluster]({});

let connection: Connection;
let redis: Redis;
let queue: JobQueue;
let summaries: SummaryRepository;
let source: SummarySource;
let requests: SummaryRequests;
let clock = due;
let version = 0;
const now = () => clock;
const workers: INestApplicationContext[] = [];
const children: ChildProcess[] = [];

const dependencies = () => ({ connection, progress, now });

const startWorker = async (): Promise<INestApplicationContext> => {
  const app = await NestFactory.createApplicationContext(ReportsModule.register(config, logger, dependencies()), {
    logger: false,
  });
  workers.push(app);
  return app;
};

/** Writes what the projection would. */
const writeWindows = async (units: readonly string[], numerator: number, generation = 1): Promise<void> => {
  version += 1;
  const reporting = { expected: 126, reported: 1, current: 1 };
  const figure = { indicator: 'c', numerator, denominator: 4, percent: 25 * numerator, breakdown: {}, reporting };
  const write = { window: '2026-Q1', items: rollupsText([rollupText(figure)]), version, updatedAt: new Date(clock) };
  await new RollupWriter(connection, generation).writeWindows(units.map((unit) => ({ unit, ...write })));
};
const writeFigure = (numerator: number) => writeWindows(['01', 'VN'], numerator);

/** Somebody publishes events; nobody has read them. */
const publish = async (events: number): Promise<void> => {
  const producer = createProducer(kafka);
  await producer.connect();
  await producer.send({
    topic: topics.indicatorEvents,
    messages: Array.from({ length: events }, () => ({ value: '' })),
  });
  await producer.disconnect();
};

/** The pipeline reads everything that there is. */
const readAll = async (generation = 1): Promise<void> => {
  for (const { group: groupId, topic } of summarySteps(prefix, topics, generation)) {
    const ends = await admin.fetchTopicOffsets(topic);
    const partitions = ends.map(({ partition, high }) => ({ partition, offset: high, metadata: '' }));
    const coordinator = await cluster.findGroupCoordinator({ groupId });
    await coordinator.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', topics: [{ topic, partitions }] });
  }
};

const ask = async (): Promise<string> => {
  const id = await requests.request(quarter, clock);
  await queue.add(issueSummaryJob(id));
  return id;
};

const until = async <T>(look: () => Promise<T | undefined | false>, ms = 30_000): Promise<T> => {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
const issued = (id: string) =>
  until(async () => {
    const summary = await summaries.get(id);
    return summary?.status === 'issued' && summary;
  });
const contentOf = async (id: string) => JSON.parse(String(await summaries.document(id, 'json'))) as SummaryContent;

const clean = async (): Promise<void> => {
  for (const app of workers.splice(0)) await app.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const keys = await redis.keys(`bull:${prefix}.*`);
  if (keys.length > 0) await redis.del(...keys);
  await connection.dropDatabase();
};

beforeAll(async () => {
  redis = new Redis(config.REDIS_URL, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined);
  await redis.ping();
  connection = await connectStore(config.MONGODB_URI);
  await ensureTopics(kafka, topicSpecs(topics), 2);
  await admin.connect();
  await cluster.connect();
  queue = new JobQueue(SUMMARY_QUEUE, config, logger);
});
beforeEach(async () => {
  clock = due;
  const app = ReportsModule.register(config, logger, dependencies());
  const of = <T>(token: unknown) =>
    (app.providers as { provide: unknown; useValue: T }[]).find(({ provide }) => provide === token)?.useValue as T;
  summaries = of<SummaryRepository>(SummaryRepository);
  source = of<SummarySource>(SummarySource);
  requests = of<SummaryRequests>(SummaryRequests);
  await of<JobQueue>(JobQueue).close();
  await summaries.prepare();
  await writeFigure(1);
  await readAll();
});
afterEach(() => clean());
afterAll(async () => {
  try {
    await queue?.close();
    redis?.disconnect();
    await offsets.close();
    await admin.deleteTopics({ topics: Object.values(topics) }).catch(() => undefined);
    await cluster.disconnect();
    await admin.disconnect();
  } finally {
    await connection?.close();
  }
});

describe('issuing', () => {
  it('issues once with two workers, with the checksum of the bytes and a Word document', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const ids = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(ids)).toEqual(new Set(['VN-2026-Q1-r1']));
    const summary = await issued(ids[0]);
    const json = (await summaries.document(ids[0], 'json')) as Buffer;
    expect(summary.checksum).toBe(createHash('sha256').update(json).digest('hex'));
    expect(await contentOf(ids[0])).toMatchObject({ revision: 1, cutOff: '2026-03-22T07:00:00.000+07:00' });
    expect((await summaries.document(ids[0], 'docx'))?.subarray(0, 2).toString()).toBe('PK');
    expect(await summaries.list()).toHaveLength(1);
  });

  it('keeps what was issued first when two workers make the same summary', async () => {
    const id = await requests.request(quarter, clock);
    const issuers = [1, 2, 3].map((n) => new SummaryIssuer(summaries, source, progress, () => due + n));
    const outcomes = await Promise.all(issuers.map((issuer) => issuer.issue(id)));
    expect([...outcomes].sort()).toEqual(['already settled', 'already settled', 'issued']);
    const winner = outcomes.indexOf('issued');
    expect((await summaries.get(id))?.cutOff?.getTime()).toBe(due + winner + 1);
  });

  it('makes the same bytes again from the same data, cut-off and revision', async () => {
    await startWorker();
    const id = await ask();
    const { checksum } = await issued(id);
    await connection.collection('summaries').deleteMany({});
    await queue.forget(issueSummaryJob(id).opts.jobId);
    expect(await ask()).toBe(id);
    expect((await issued(id)).checksum).toBe(checksum);
  });

  it('gives the same id while nothing changed, and a revision that says what changed', async () => {
    await startWorker();
    const first = await ask();
    await issued(first);
    clock += 86_400_000;
    expect(await ask()).toBe(first);
    const before = await summaries.document(first, 'json');
    await writeFigure(3);
    const second = await ask();
    expect(second).toBe('VN-2026-Q1-r2');
    await issued(second);
    const { changesFromRevision } = await contentOf(second);
    expect(changesFromRevision?.map(({ unit, indicator }) => `${unit} ${indicator}`)).toEqual(['VN c', '01 c']);
    expect(changesFromRevision?.[1]).toMatchObject({ before: { numerator: 1 }, after: { numerator: 3, percent: 75 } });
    expect(await summaries.document(first, 'json')).toEqual(before);
  });

  it('fails a summary that cannot be made, with the reason', async () => {
    const id = await requests.request(quarter, clock);
    await connection.collection('summaries').updateOne({ _id: id as never }, { $set: { window: 'no window' } });
    await startWorker();
    const failed = await until(async () => {
      const summary = await summaries.get(id);
      return summary?.status === 'failed' && summary;
    }, 60_000);
    expect(failed.error).toMatch(/./);
  });
});

describe('a summary that was asked for before its events were taken in', () => {
  it('waits, says for what and how many, and then says what was there when it was asked for', async () => {
    await startWorker();
    await publish(3);
    const id = await ask();
    const pending = await until(async () => {
      const summary = await summaries.get(id);
      return summary?.waiting ? summary : undefined;
    });
    expect(pending).toMatchObject({ status: 'pending', waiting: { for: 'commune stage', left: 3 } });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await summaries.get(id))?.status).toBe('pending');
    await writeFigure(2);
    await readAll();
    await issued(id);
    const { indicators } = await contentOf(id);
    expect(indicators.find(({ indicator }) => indicator === 'c')?.numerator).toBe(2);
  });

  it('claims more when it is asked for again meanwhile, under the same id', async () => {
    await publish(1);
    const id = await requests.request(quarter, clock);
    await readAll();
    await publish(2);
    expect(await requests.request(quarter, clock)).toBe(id);
    expect(await summaries.get(id)).toMatchObject({ claim: 2, asked: await progress.ends() });
    const issuer = new SummaryIssuer(summaries, source, progress, now);
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'commune stage', left: 2 } });
    await readAll();
    expect(await issuer.issue(id)).toBe('issued');
  });

  it('leaves one that is being made as it is, and makes another', async () => {
    const first = await requests.request(quarter, clock);
    const record = await summaries.get(first);
    expect(record !== undefined && (await summaries.beginMaking(record))).toBe(true);
    await publish(1);
    const second = await requests.request(quarter, clock);
    expect([first, second]).toEqual(['VN-2026-Q1-r1', 'VN-2026-Q1-r2']);
    await readAll();
    const issuer = new SummaryIssuer(summaries, source, progress, now);
    expect(await issuer.issue(second)).toEqual({ waiting: { for: 'earlier revision', left: null } });
    expect([await issuer.issue(first), await issuer.issue(second)]).toEqual(['issued', 'issued']);
  });

  it('is the one that there is where what came changes nothing, and another where nobody can know yet', async () => {
    const first = await requests.request(quarter, clock);
    const issuer = new SummaryIssuer(summaries, source, progress, now);
    await issuer.issue(first);
    await publish(1);
    const asked = requests.request(quarter, clock);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await readAll();
    expect(await asked).toBe(first);
    await publish(1);
    const second = await requests.request(quarter, clock);
    expect(second).toBe('VN-2026-Q1-r2');
    await readAll();
    expect(await issuer.issue(second)).toBe('issued');
    expect((await contentOf(second)).changesFromRevision).toEqual([]);
  });

  it('waits for the new figures while everything is made anew, and for readers to see them', async () => {
    const control = createProducer(kafka);
    await publish(1);
    const id = await requests.request(quarter, clock);
    await readAll();
    await control.connect();
    await control.send({ topic: topics.control, messages: [{ key: 'generation', value: '{}' }] });
    await control.disconnect();
    try {
      const generation = await progress.generation();
      const issuer = new SummaryIssuer(summaries, source, progress, now);
      expect(await issuer.issue(id)).toMatchObject({ waiting: { for: 'commune stage' } });
      await writeWindows(['01', 'VN'], 3, generation);
      await readAll(generation);
      expect(await issuer.issue(id)).toEqual({ waiting: { for: 'rebuild', left: null } });
      await metaModel(connection).updateOne({ _id: 'generation' }, { $set: { current: generation } }, { upsert: true });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      clock += 1_000;
      expect(await issuer.issue(id)).toBe('issued');
      const { indicators } = await contentOf(id);
      expect(indicators.find(({ indicator }) => indicator === 'c')?.numerator).toBe(3);
    } finally {
      await admin.deleteTopics({ topics: [topics.control] });
      await until(async () => !(await admin.listTopics()).includes(topics.control));
      await ensureTopics(kafka, topicSpecs(topics), 2);
    }
  });

  it('is never issued of provinces that do not add up to the country with nothing under way', async () => {
    await writeWindows(['VN'], 3);
    const id = await requests.request(quarter, clock);
    const issuer = new SummaryIssuer(summaries, source, progress, now);
    await expect(issuer.issue(id)).rejects.toThrow(SumsDiffer);
    expect(await summaries.get(id)).toMatchObject({ status: 'pending', waiting: { for: 'sums', left: null } });
    await writeWindows(['01'], 3);
    expect(await issuer.issue(id)).toBe('issued');
  });

  it('is nobody’s where Kafka cannot say what there is', async () => {
    const nowhere = new PipelineOffsets(createKafka({ KAFKA_BROKERS: ['127.0.0.1:1'] as never }, 'nowhere', logger));
    const away = new PipelineProgress(nowhere, topics.control, (g) => summarySteps(prefix, topics, g));
    await expect(new SummaryRequests(summaries, source, away).request(quarter, clock)).rejects.toMatchObject({
      code: 'KAFKA_UNAVAILABLE',
      retryable: true,
    });
    expect(await summaries.list()).toEqual([]);
    await nowhere.close();
  });

  it('is not taken for a window that has not begun', async () => {
    const later = windowIndex('2026-Q2') as number;
    const begins = ictMidnight(2026, 3, 15);
    await expect(requests.request(later, begins - 1)).rejects.toMatchObject({ code: 'WINDOW_NOT_BEGUN' });
    expect(await requests.request(later, begins)).toBe('VN-2026-Q2-r1');
  });
});

/** A process of its own that takes a job and never ends it. */
const stuckWorker = async (): Promise<ChildProcess> => {
  const script = `
    import { Worker } from 'bullmq';
    import { Redis } from 'ioredis';
    const connection = new Redis(process.argv[1], { maxRetriesPerRequest: null });
    const options = { connection, lockDuration: 6000, stalledInterval: 3000 };
    new Worker(process.argv[2], () => { console.log('taken'); return new Promise(() => {}); }, options);`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, config.REDIS_URL, queueName(config, SUMMARY_QUEUE)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return child;
};

describe('a worker that dies in the middle', () => {
  it('leaves its summary to another, which issues it once', async () => {
    const id = await ask();
    const child = await stuckWorker();
    await startWorker();
    expect((await summaries.get(id))?.status).toBe('pending');
    child.kill('SIGKILL');
    const killedAt = Date.now();
    const summary = await issued(id);
    expect(Date.now() - killedAt).toBeLessThan(20_000);
    expect(await summaries.list()).toEqual([summary]);
  });
});

describe('the schedule', () => {
  it('stands after the start in Vietnam’s time, and is left alone by a second start', async () => {
    await startWorker();
    const schedulers = async () =>
      (await redis.zrange(`bull:${queueName(config, SUMMARY_QUEUE)}:repeat`, '0', '-1')).sort();
    const jobs = cronJobs({ day: 22, hour: 7 });
    expect(await schedulers()).toEqual(jobs.map(({ id }) => id).sort());
    expect(jobs.find(({ id }) => id === 'summary-quarter')).toMatchObject({
      pattern: '0 7 22 3,6,9,12 *',
      tz: 'Asia/Ho_Chi_Minh',
    });
    const next = await redis.zscore(`bull:${queueName(config, SUMMARY_QUEUE)}:repeat`, 'summary-month');
    expect(new Date(Number(next)).toISOString()).toMatch(/-22T00:00:00\.000Z$/);
    const job = await redis.hget(`bull:${queueName(config, SUMMARY_QUEUE)}:repeat:summary-month:${next}`, 'opts');
    expect(scheduledFor({ opts: JSON.parse(job ?? '{}') as object, timestamp: 0 })).toBe(Number(next));
    const count = await redis.zcard(`bull:${queueName(config, SUMMARY_QUEUE)}:delayed`);
    await startWorker();
    expect(await redis.zcard(`bull:${queueName(config, SUMMARY_QUEUE)}:delayed`)).toBe(count);
  });

  it('issues the window that was meant, however late the run', async () => {
    clock = due + 20 * 86_400_000;
    const app = await startWorker();
    await app.get(SummarySchedules).run('quarter', due);
    await issued('VN-2026-Q1-r1');
    await app.get(SummarySchedules).run('quarter', due);
    expect(await summaries.list()).toHaveLength(1);
    expect(scheduledFor({ opts: { prevMillis: due }, timestamp: 5 })).toBe(due);
  });

  it('runs a scheduled job of the queue', async () => {
    // The job's own time is the real one: whichever month it is, one month's window ends in it.
    clock = Date.now();
    await startWorker();
    await queue.add({ name: jobNames.scheduledSummary, data: { kind: 'month' } });
    const [summary] = await until(async () => {
      const listed = await summaries.list();
      return listed[0]?.status === 'issued' && listed;
    });
    expect(summary.window).toMatch(/^\d{4}-\d\d$/);
  });

  it('catches up with what came due while nobody ran, since the first start and not before', async () => {
    clock = due - 1;
    const first = await startWorker();
    await first.close();
    workers.splice(0);
    expect(await summaries.list()).toEqual([]);
    clock = ictMidnight(2026, 4, 23);
    const second = await startWorker();
    for (const window of ['2026-03', '2026-Q1', '2026-04']) await issued(`VN-${window}-r1`);
    await second.get(SummarySweep).sweep();
    expect(await summaries.list()).toHaveLength(3);
  });

  it('makes one summary of a window, however many come for it, and finishes what was begun', async () => {
    const log = new SummaryScheduleLog(connection);
    const app = await startWorker();
    const claims = await Promise.all([1, 2, 3].map(() => requests.claimDue(log, quarter, clock)));
    expect(new Set(claims.map(({ summary }) => summary))).toEqual(new Set(['VN-2026-Q1-r1']));
    // Whoever claimed it died; the figures have changed since.
    await writeFigure(2);
    await app.get(SummarySchedules).run('quarter', due);
    await issued('VN-2026-Q1-r1');
    await writeFigure(3);
    await app.get(SummarySchedules).run('quarter', due);
    await app.get(SummarySweep).sweep();
    // And one who was asleep since it looked.
    await requests.fulfil(log, claims[2]);
    expect(await summaries.list()).toHaveLength(1);
  });

  it('goes on with what was claimed and not asked for, also when Redis has forgotten it', async () => {
    const log = new SummaryScheduleLog(connection);
    await requests.claimDue(log, quarter, clock);
    expect(await summaries.list()).toEqual([]);
    await startWorker();
    await issued('VN-2026-Q1-r1');
    expect(await log.unfinished()).toEqual([]);
  });

  it('gives a pending summary a job again when Redis has lost everything', async () => {
    const app = await startWorker();
    const id = await requests.request(quarter, clock);
    await redis.del(...(await redis.keys(`bull:${prefix}.*`)));
    await app.get(SummarySweep).sweep();
    await issued(id);
    expect(await redis.zcard(`bull:${queueName(config, SUMMARY_QUEUE)}:repeat`)).toBe(5);
  });
});
