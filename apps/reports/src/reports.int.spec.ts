import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { issueSummaryJob, jobNames, SUMMARY_QUEUE } from '#contracts';
import { ictMidnight, rollupsText, rollupText, windowIndex, type SummaryContent } from '#domain';
import { createLogger, parseConfig } from '#platform';
import { JobQueue, queueName } from '#platform/queues';
import { connectStore, databaseOf, RollupWriter, SummaryRepository, SummarySource, type Connection } from '#store';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';
import { SummaryIssuer } from './summary.issuer.js';
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
  KAFKA_BROKERS: 'none:1',
  MONGODB_URI: testDatabase(needed('MONGODB_URI')),
  REDIS_URL: needed('REDIS_URL'),
  TOPIC_PREFIX: prefix,
});
const logger = createLogger('reports-test', 'silent');
const quarter = windowIndex('2026-Q1') as number;
const due = ictMidnight(2026, 3, 22) + 7 * 3_600_000;

let connection: Connection;
let redis: Redis;
let queue: JobQueue;
let summaries: SummaryRepository;
let source: SummarySource;
let clock = due;
let version = 0;
const now = () => clock;
const workers: INestApplicationContext[] = [];
const children: ChildProcess[] = [];

const startWorker = async (): Promise<INestApplicationContext> => {
  const app = await NestFactory.createApplicationContext(ReportsModule.register(config, logger, connection, now), {
    logger: false,
  });
  workers.push(app);
  return app;
};

const writeFigure = async (numerator: number): Promise<void> => {
  version += 1;
  const reporting = { expected: 126, reported: 1, current: 1 };
  const figure = { indicator: 'c', numerator, denominator: 4, percent: 25 * numerator, breakdown: {}, reporting };
  const write = { window: '2026-Q1', items: rollupsText([rollupText(figure)]), version, updatedAt: new Date(clock) };
  await new RollupWriter(connection, 1).writeWindows(['01', 'VN'].map((unit) => ({ unit, ...write })));
};

const ask = async (): Promise<string> => {
  const id = await source.request(summaries, quarter, clock);
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
  queue = new JobQueue(SUMMARY_QUEUE, config, logger);
});
beforeEach(async () => {
  clock = due;
  const app = ReportsModule.register(config, logger, connection, now);
  const of = <T>(token: unknown) =>
    (app.providers as { provide: unknown; useValue: T }[]).find(({ provide }) => provide === token)?.useValue as T;
  summaries = of<SummaryRepository>(SummaryRepository);
  source = of<SummarySource>(SummarySource);
  await of<JobQueue>(JobQueue).close();
  await summaries.prepare();
  await writeFigure(1);
});
afterEach(() => clean());
afterAll(async () => {
  try {
    await queue?.close();
    redis?.disconnect();
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
    const id = await source.request(summaries, quarter, clock);
    const issuers = [1, 2, 3].map((n) => new SummaryIssuer(summaries, source, () => due + n));
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
    const id = await source.request(summaries, quarter, clock);
    await connection.collection('summaries').updateOne({ _id: id as never }, { $set: { window: 'no window' } });
    await startWorker();
    const failed = await until(async () => {
      const summary = await summaries.get(id);
      return summary?.status === 'failed' && summary;
    }, 60_000);
    expect(failed.error).toMatch(/./);
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
    await startWorker();
    // The job's own time is the real one: whichever month it is, one month's window ends in it.
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

  it('gives a pending summary a job again when Redis has lost everything', async () => {
    const app = await startWorker();
    const id = await source.request(summaries, quarter, clock);
    await redis.del(...(await redis.keys(`bull:${prefix}.*`)));
    await app.get(SummarySweep).sweep();
    await issued(id);
    expect(await redis.zcard(`bull:${queueName(config, SUMMARY_QUEUE)}:repeat`)).toBe(5);
  });
});
