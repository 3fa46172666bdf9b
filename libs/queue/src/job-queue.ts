/**
 * Job queues on Redis, by BullMQ. An entry of their own (`#queue`): services that events pass through never load them.
 *
 * A queue's name starts with the installation's prefix, so two installations on one server do not meet. What a worker held
 * when it died goes to another within seconds: its lock runs out and the next look for stalled jobs finds it. A job may
 * therefore run twice, and what it does must bear that. Redis away is logged; connections come back by themselves.
 */
import { Queue, Worker, type Job, type JobState, type QueueOptions, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { AppError } from '#domain';
import { withTimeout } from '#promises';
import { redisSecurity, type RedisSecurity } from '#service';
import { tracing } from '#tracing';

export { DelayedError, UnrecoverableError, type Job } from 'bullmq';

export interface QueueConfig extends RedisSecurity {
  readonly TOPIC_PREFIX: string;
}

export class QueueUnavailable extends AppError {
  readonly code = 'QUEUE_UNAVAILABLE';
  readonly retryable = true;
}

export interface QueuedJob {
  readonly name: string;
  readonly data: unknown;
  readonly opts?: { readonly jobId?: string };
}

export interface CronJob extends QueuedJob {
  readonly id: string;
  readonly pattern: string;
  readonly tz: string;
}

const ANSWER_MS = 5_000;
const LOCK_MS = 6_000;
const STALLED_CHECK_MS = 3_000;
/** Workers that may die over one job before it is given up. */
const MAX_DEATHS = 10;
const jobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: { count: 500, age: 30 * 86_400 },
  removeOnFail: { count: 500, age: 90 * 86_400 },
};

/** BullMQ does not allow a colon in a queue's name; a prefix holds none (config.ts). */
export const queueName = ({ TOPIC_PREFIX }: QueueConfig, name: string): string => `${TOPIC_PREFIX}.${name}`;

/** The sending end of a queue. Every method throws `QueueUnavailable` when Redis does not answer in five seconds. */
export class JobQueue {
  private readonly redis: Redis;
  private readonly queue: Queue;

  constructor(name: string, config: QueueConfig, logger: Logger) {
    this.redis = connect(config, logger, 2);
    const options = { connection: this.redis, defaultJobOptions: jobOptions, ...telemetry() };
    this.queue = new Queue(queueName(config, name), options);
    this.queue.on('error', (error) => logger.debug({ err: error.message }, 'queue'));
  }

  /** Adds a job; one whose id the queue knows already is not added again. */
  async add({ name, data, opts }: QueuedJob): Promise<void> {
    await this.answer(() => this.queue.add(name, data, opts));
  }

  /** The state of a job and why it failed, if it did; undefined for a job that the queue does not know. */
  stateOf(jobId: string): Promise<{ state: JobState | 'unknown'; failedReason?: string } | undefined> {
    return this.answer(async () => {
      const job = await this.queue.getJob(jobId);
      return job && { state: await job.getState(), failedReason: job.failedReason };
    });
  }

  /** Rejects where Redis does not answer. */
  async ping(): Promise<void> {
    await this.answer(() => this.redis.ping());
  }

  async forget(jobId: string): Promise<void> {
    await this.answer(() => this.queue.remove(jobId));
  }

  /**
   * Makes sure that a job comes round by a cron pattern. One that stands with the same pattern is left alone: writing it anew
   * would drop a run that is overdue.
   */
  async ensureCron({ id, pattern, tz, name, data }: CronJob): Promise<void> {
    await this.answer(async () => {
      const held = await this.queue.getJobScheduler(id);
      if (held?.pattern === pattern && held.tz === tz && held.next !== undefined) return;
      await this.queue.upsertJobScheduler(id, { pattern, tz }, { name, data });
    });
  }

  async close(): Promise<void> {
    if (this.redis.status === 'ready') await this.queue.close().catch(() => undefined);
    this.redis.disconnect();
  }

  private async answer<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await withTimeout(ask(), ANSWER_MS, `no answer in ${ANSWER_MS} ms`);
    } catch (error) {
      throw new QueueUnavailable('Redis did not answer', {}, { cause: withoutCommand(error) });
    }
  }
}

/** The receiving end of a queue: starts at once, and `close` waits for the job in hand. */
export class JobWorker {
  private readonly redis: Redis;
  private readonly worker: Worker;

  constructor(
    name: string,
    config: QueueConfig,
    logger: Logger,
    handle: (job: Job, token?: string) => Promise<unknown>,
    options: Partial<WorkerOptions> = {},
  ) {
    this.redis = connect(config, logger, null);
    this.worker = new Worker(queueName(config, name), handle, {
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_DEATHS,
      ...telemetry(),
      ...options,
      connection: this.redis,
    });
    this.worker.on('error', (error) => logger.debug({ err: error.message }, 'worker'));
    this.worker.on('stalled', (job) => logger.warn({ job }, 'a job lost its worker and is taken up again'));
    this.worker.on('failed', (job, error) => logger.warn({ job: job?.id, err: error }, 'a job failed'));
  }

  /** Without Redis there is no lock to give back, so nothing to wait for. */
  async close(force = this.redis.status !== 'ready'): Promise<void> {
    await this.worker.close(force);
    this.redis.disconnect();
  }
}

/** A job says which trace asked for it. */
const telemetry = (): Pick<QueueOptions, 'telemetry'> => {
  const { queues } = tracing();
  return queues === undefined ? {} : { telemetry: queues as QueueOptions['telemetry'] };
};

/** ioredis puts the command that failed into its error: where it is AUTH, with the password. */
const withoutCommand = (error: unknown): unknown => {
  if (error instanceof Error && 'command' in error) delete error.command;
  return error;
};

/** Retries per request: null (without end) for a worker; a sender fails soon. */
const connect = (config: QueueConfig, logger: Logger, retries: number | null): Redis => {
  const redis = new Redis(config.REDIS_URL, { ...redisSecurity(config), maxRetriesPerRequest: retries });
  redis.on('error', (error: Error) => logger.warn({ err: error.message }, 'Redis does not answer; trying again'));
  return redis;
};
