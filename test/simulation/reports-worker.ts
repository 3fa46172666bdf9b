/**
 * A reports worker and a dashboard in the simulation: issuer, worker, sweep, schedules, requests and repository of production over a
 * simulated store, queue and pipeline. What a summary says is a number here, of the event that the figures have come to; the documents
 * are left out.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { summaryDueAt, windowCode, type SummaryContent } from '#domain';
import { awaitedLater, inBackground } from '#promises';
import { PipelineProgress, type OffsetSource, type TopicBounds } from '#stream';
import { DelayedError, UnrecoverableError, type Job, type JobQueue } from '#queue';
import {
  SummaryRepository,
  SummaryRequests,
  SummaryScheduleLog,
  SummarySource,
  type HistoryReader,
  type RollupReader,
  type SummaryEdition,
} from '#store';
import { SummariesController } from '../../apps/dashboard/src/summaries.controller.js';
import { SummaryIssuer } from '../../apps/reports/src/summary.issuer.js';
import { SummarySchedules } from '../../apps/reports/src/summary.schedules.js';
import { SummarySweep } from '../../apps/reports/src/summary.sweep.js';
import { SummaryWorker } from '../../apps/reports/src/summary.worker.js';
import type { Drain } from './house.js';
import type { SimJob, SimQueue } from './queue.js';
import type { SimStore } from './store.js';

/** The events that there are, and up to which one the rollups have come. */
export interface Figures {
  appended: number;
  now: number;
}

export interface ReportsServers {
  readonly store: SimStore;
  readonly queue: SimQueue;
  readonly figures: Figures;
  /** Asks Kafka. */
  readonly kafka: <T>(answer: () => T) => Promise<T>;
}

const FIRST_GENERATION = 1;
const SKEW_MS = 300;
const EVENTS = 'events';
const CONTROL = 'control';

/** A pipeline of one step. */
class SimOffsets implements OffsetSource {
  constructor(private readonly servers: ReportsServers) {}

  bounds(topic: string): Promise<TopicBounds> {
    const { figures, kafka } = this.servers;
    return kafka(() => ({ low: { 0: '0' }, high: { 0: topic === EVENTS ? String(figures.appended) : '0' } }));
  }

  committed(): Promise<Readonly<Record<string, string>>> {
    return this.servers.kafka(() => ({ 0: String(this.servers.figures.now) }));
  }
}

const stepsOf = () => [{ name: 'check stage', group: 'check', topic: EVENTS }];

const TIME = { day: 20, hour: 7 };
export const dueAt = (window: number): number => summaryDueAt(window, TIME);

class SimSource extends SummarySource {
  constructor(
    private readonly figures: Figures,
    private readonly read: () => Promise<unknown>,
  ) {
    super(undefined as unknown as RollupReader, undefined as unknown as HistoryReader);
  }

  override async content(window: number, { revision, cutOff }: SummaryEdition): Promise<SummaryContent> {
    await this.read();
    const content = { unit: 'VN', window: windowCode(window), revision, cutOff, figure: this.figures.now };
    return content as unknown as SummaryContent;
  }

  override generation(): Promise<number> {
    return Promise.resolve(FIRST_GENERATION);
  }

  override asOf(): Promise<[]> {
    return Promise.resolve([]);
  }
}

const partsOf = (servers: ReportsServers) => {
  const { store, queue, figures } = servers;
  const connection = store.connection();
  const repository = new SummaryRepository(connection);
  const source = new SimSource(figures, () => repository.list(1));
  const sender = queue.sender as unknown as JobQueue;
  const progress = new PipelineProgress(new SimOffsets(servers), CONTROL, stepsOf);
  const requests = new SummaryRequests(repository, source, progress);
  return { connection, repository, source, sender, progress, requests };
};

const noDocument = () => Promise.resolve(Buffer.from(''));

export const startReports = async (worker: string, servers: ReportsServers, logger: Logger): Promise<Drain> => {
  const { connection, repository, source, sender, progress, requests } = partsOf(servers);
  const log = new SummaryScheduleLog(connection);
  const schedules = new SummarySchedules(sender, requests, log, TIME, Date.now);
  const issuer = new SummaryIssuer(repository, source, progress, Date.now, SKEW_MS, noDocument);
  const config = { REDIS_URL: '', TOPIC_PREFIX: 'sim' };
  const handler = new SummaryWorker(config, issuer, schedules, repository, logger);
  const sweep = new SummarySweep(sender, repository, schedules, logger);
  const stop = work(worker, servers.queue, handler);
  await sweep.onApplicationBootstrap();
  return async () => {
    await stop();
    await sweep.onModuleDestroy();
  };
};

/** Somebody asks for a summary; resolves with the id that was answered. */
export const askForSummary = async (servers: ReportsServers, window: string): Promise<string> => {
  const { repository, requests, sender } = partsOf(servers);
  const dashboard = new SummariesController(repository, requests, sender, Date.now);
  const { id } = await dashboard.request({ window }, 'application/json');
  return id;
};

const LOOK_MS = 500;
const RENEW_MS = 3_000;
let tokens = 0;

/** BullMQ's side of a worker: takes jobs, keeps their locks, says how they ended. Returns how to stop it. */
const work = (worker: string, queue: SimQueue, handler: SummaryWorker): (() => Promise<void>) => {
  let isStopping = false;
  const loop = async (): Promise<void> => {
    while (!isStopping) {
      const token = `${worker}-${tokens++}`;
      const job = await queue.take(token).catch(() => undefined);
      if (job === undefined) await sleep(LOOK_MS);
      else await run(queue, handler, job, token);
    }
  };
  const running = awaitedLater(loop());
  return () => {
    isStopping = true;
    return running;
  };
};

const run = async (queue: SimQueue, handler: SummaryWorker, job: SimJob, token: string): Promise<void> => {
  const renewing = setInterval(() => inBackground(queue.renew(job.id, token), () => undefined), RENEW_MS);
  const moveToDelayed = (at: number) => queue.delay(job.id, token, at - Date.now());
  try {
    await handler.handle({ ...job, opts: { attempts: 5, ...job.opts }, moveToDelayed } as unknown as Job, token);
    await queue.complete(job.id, token);
  } catch (error) {
    if (error instanceof DelayedError) return;
    const isFinal = error instanceof UnrecoverableError;
    await queue.fail(job.id, token, String(error), isFinal).catch(() => undefined);
  } finally {
    clearInterval(renewing);
  }
};
