/**
 * The worker of the summaries queue.
 *
 * A summary whose events are still on their way, and a dependency that is away, delay a job and cost it no attempt; no worker is held
 * meanwhile. What cannot succeed, and what has failed too often, fails the summary with the reason; anything else is tried again by
 * the queue.
 */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { issueSummarySchema, jobNames, scheduledSummarySchema, SUMMARY_QUEUE } from '#contracts';
import { AppError } from '#domain';
import type { ServiceMetrics } from '#service';
import { KafkaUnavailable } from '#stream';
import { DelayedError, JobWorker, UnrecoverableError, type Job, type QueueConfig } from '#queue';
import type { SummaryRepository } from '#store';
import type { SummaryIssuer } from './summary.issuer.js';
import type { SummarySchedules } from './summary.schedules.js';

type JobSeconds = ReturnType<typeof ServiceMetrics.prototype.seconds<'job' | 'outcome'>>;

/** Of the jobs that there are; a queue may hold anything. */
const nameOf = ({ name }: Job): string => Object.values<string>(jobNames).find((known) => known === name) ?? 'unknown';

const LONGEST_DELAY_MS = 60_000;
/** Looking after a summary costs a few questions to Kafka: soon at first, when it is likely to be ready in a moment. */
const LEAST_WAIT_MS = 250;
const MOST_WAIT_MS = 3_000;
const WAIT_SHARE = 8;

export class SummaryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private worker?: JobWorker;
  /** How often in a row a job met a dependency that is away. */
  private readonly away = new Map<string, number>();
  private jobSeconds?: JobSeconds;

  constructor(
    private readonly config: QueueConfig,
    private readonly issuer: SummaryIssuer,
    private readonly schedules: SummarySchedules,
    private readonly repository: SummaryRepository,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new JobWorker(SUMMARY_QUEUE, this.config, this.logger, (job, token) => this.handle(job, token));
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker?.close();
  }

  /** Measures every job from now on. */
  measured(metrics: ServiceMetrics): void {
    this.jobSeconds = metrics.seconds('tonghop_job_duration_seconds', 'How long a job took, by how it ended', [
      'job',
      'outcome',
    ]);
  }

  async handle(job: Job, token?: string): Promise<unknown> {
    const startedAt = performance.now();
    const ended = (outcome: string) =>
      this.jobSeconds?.observe({ job: nameOf(job), outcome }, (performance.now() - startedAt) / 1_000);
    try {
      const result = await this.attempt(job, token);
      ended('completed');
      return result;
    } catch (error) {
      ended(error instanceof DelayedError ? 'postponed' : 'failed');
      throw error;
    }
  }

  private async attempt(job: Job, token?: string): Promise<unknown> {
    const id = String(job.id);
    try {
      const outcome = await this.process(job);
      this.away.delete(id);
      return isUnderWay(outcome) ? await postpone(job, token, waitMs(job)) : outcome;
    } catch (error) {
      if (error instanceof DelayedError) throw error;
      if (error instanceof AppError && error.retryable) return this.meetAgain(job, token, error);
      this.away.delete(id);
      const isLastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      if (!(error instanceof AppError) && !isLastAttempt) throw error;
      const reason = error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
      await this.giveUp(job, reason);
      throw new UnrecoverableError(reason);
    }
  }

  private async process(job: Job): Promise<unknown> {
    if (job.name === jobNames.issueSummary) {
      const { id } = issueSummarySchema.parse(job.data);
      const outcome = await this.issuer.issue(id);
      if (!isUnderWay(outcome)) this.logger.info({ id, outcome }, 'summary');
      return outcome;
    }
    if (job.name === jobNames.scheduledSummary) {
      const { kind } = scheduledSummarySchema.parse(job.data);
      return this.schedules.run(kind, scheduledFor(job));
    }
    throw new UnrecoverableError(`no such job: ${job.name}`);
  }

  private async meetAgain(job: Job, token: string | undefined, error: AppError): Promise<never> {
    const id = String(job.id);
    const times = this.away.get(id) ?? 0;
    this.away.set(id, times + 1);
    this.logger.warn({ job: id, code: error.code, err: error }, 'a job waits for a dependency');
    if (error instanceof KafkaUnavailable) await this.noteKafka(job);
    return postpone(job, token, Math.min(1_000 * 2 ** Math.min(times, 10), LONGEST_DELAY_MS));
  }

  private async noteKafka(job: Job): Promise<void> {
    const parsed = issueSummarySchema.safeParse(job.data);
    if (!parsed.success) return;
    await this.repository.noteWaiting(parsed.data.id, { for: 'Kafka', left: null }).catch(() => undefined);
  }

  /** If MongoDB does not take it, the sweep fails the summary later: its job is then a failed one. */
  private async giveUp(job: Job, reason: string): Promise<void> {
    const parsed = issueSummarySchema.safeParse(job.data);
    if (!parsed.success) return;
    this.logger.error({ id: parsed.data.id, reason }, 'the summary is given up');
    await this.repository.fail(parsed.data.id, reason).catch(() => undefined);
  }
}

/** The time a scheduler's job was meant for, however late it runs. */
export const scheduledFor = (job: Pick<Job, 'opts' | 'timestamp'>): number =>
  job.opts.prevMillis ?? job.timestamp + (job.opts.delay ?? 0);

const isUnderWay = (outcome: unknown): boolean =>
  outcome === 'asked again' || (typeof outcome === 'object' && outcome !== null && 'waiting' in outcome);

/** The longer a summary has waited, the longer a pause does no harm. */
const waitMs = ({ timestamp }: Job): number =>
  Math.min(Math.max((Date.now() - timestamp) / WAIT_SHARE, LEAST_WAIT_MS), MOST_WAIT_MS);

const postpone = async (job: Job, token: string | undefined, delay: number): Promise<never> => {
  await job.moveToDelayed(Date.now() + delay, token);
  throw new DelayedError();
};
