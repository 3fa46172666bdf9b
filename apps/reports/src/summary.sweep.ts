/**
 * The sweep: at the start and every minute, everything that ought to be under way is.
 *
 * MongoDB holds what was asked for; Redis may lose its jobs, and whoever asked may die before adding one. A pending summary
 * without a job gets one, one whose job was given up is failed with the reason. A dependency that is away is met again.
 */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { issueSummaryJob } from '#contracts';
import { AppError } from '#domain';
import { awaitedLater, inBackground } from '#promises';
import type { JobQueue } from '#queue';
import type { SummaryRepository } from '#store';
import type { SummarySchedules } from './summary.schedules.js';

const SWEEP_MS = 60_000;

export class SummarySweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: JobQueue,
    private readonly repository: SummaryRepository,
    private readonly schedules: SummarySchedules,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => inBackground(this.sweepNext()), SWEEP_MS);
    await this.sweepNext();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private sweepNext(): Promise<void> {
    const sweep = this.running.then(() => this.patientSweep());
    this.running = awaitedLater(sweep);
    return sweep;
  }

  async sweep(): Promise<void> {
    await this.schedules.ensureSchedulers();
    await this.schedules.catchUp();
    for (const { id } of await this.repository.pending()) await this.setUnderWay(id);
  }

  /** Only what may pass by itself is caught; anything else ends the process. */
  private async patientSweep(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      if (!(error instanceof AppError && error.retryable)) throw error;
      this.logger.warn({ code: error.code, err: error }, 'the sweep will be repeated');
    }
  }

  private async setUnderWay(id: string): Promise<void> {
    const job = issueSummaryJob(id);
    const held = await this.queue.stateOf(job.opts.jobId);
    if (held?.state === 'failed') {
      await this.repository.fail(id, held.failedReason ?? 'the job was given up');
      return;
    }
    if (held?.state === 'completed' || held?.state === 'unknown') await this.queue.forget(job.opts.jobId);
    await this.queue.add(job);
  }
}
