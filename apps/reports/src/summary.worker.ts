/**
 * The worker of the summaries queue.
 *
 * A dependency that is away delays a job and costs it no attempt. What cannot succeed, and what has failed too often, fails
 * the summary with the reason; anything else is tried again by the queue.
 */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { issueSummarySchema, jobNames, scheduledSummarySchema, SUMMARY_QUEUE } from '#contracts';
import { AppError } from '#domain';
import type { Logger } from '#platform';
import { DelayedError, JobWorker, UnrecoverableError, type Job, type QueueConfig } from '#platform/queues';
import type { SummaryRepository } from '#store';
import type { SummaryIssuer } from './summary.issuer.js';
import type { SummarySchedules } from './summary.schedules.js';

const LONGEST_DELAY_MS = 60_000;

export class SummaryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private worker?: JobWorker;

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

  async handle(job: Job, token?: string): Promise<unknown> {
    try {
      return await this.process(job);
    } catch (error) {
      if (error instanceof AppError && error.retryable) return postpone(job, token);
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
      this.logger.info({ id, outcome }, 'summary');
      return outcome;
    }
    if (job.name === jobNames.scheduledSummary) {
      const { kind } = scheduledSummarySchema.parse(job.data);
      return this.schedules.run(kind, scheduledFor(job));
    }
    throw new UnrecoverableError(`no such job: ${job.name}`);
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

const postpone = async (job: Job, token: string | undefined): Promise<never> => {
  const delay = Math.min(1_000 * 2 ** Math.min(job.attemptsStarted, 10), LONGEST_DELAY_MS);
  await job.moveToDelayed(Date.now() + delay, token);
  throw new DelayedError();
};
