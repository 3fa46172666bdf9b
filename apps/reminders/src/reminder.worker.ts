/**
 * The worker of the reminders queue: plans every minute, sends what was planned.
 *
 * What has to wait, for its hour, its next attempt or a dependency that is away, is delayed and holds no worker. An unknown fault fails the attempt,
 * and the queue tries again.
 */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { REMINDER_QUEUE, reminderJobs, sendReminderSchema } from '#contracts';
import { AppError } from '#domain';
import { awaitedLater, inBackground } from '#promises';
import { DelayedError, JobWorker, UnrecoverableError, type Job, type JobQueue } from '#queue';
import type { RemindersConfig } from './reminders.config.js';
import type { ReminderDelivery } from './reminder.delivery.js';
import type { ReminderPlanner } from './reminder.planner.js';

const EVERY_MINUTE = {
  id: reminderJobs.plan,
  name: reminderJobs.plan,
  data: {},
  pattern: '* * * * *',
  tz: 'Asia/Ho_Chi_Minh',
};
const ENSURE_MS = 60_000;
const AWAY_MS = 10_000;
const AT_ONCE = 4;

export class ReminderWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private worker?: JobWorker;
  private timer?: NodeJS.Timeout;
  private beginning: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: RemindersConfig,
    private readonly planner: ReminderPlanner,
    private readonly delivery: ReminderDelivery,
    private readonly queue: JobQueue,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.REMINDERS === 'off') {
      this.logger.info('nobody is reminded: REMINDERS is off');
      return;
    }
    const limiter = { max: this.config.REMINDERS_PER_MINUTE, duration: 60_000 };
    const options = { concurrency: AT_ONCE, limiter };
    this.worker = new JobWorker(
      REMINDER_QUEUE,
      this.config,
      this.logger,
      (job, token) => this.handle(job, token),
      options,
    );
    this.timer = setInterval(() => inBackground(this.patiently(() => this.queue.ensureCron(EVERY_MINUTE))), ENSURE_MS);
    this.beginning = awaitedLater(this.begin());
    inBackground(this.beginning);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.delivery.close();
    await this.beginning;
    await this.worker?.close();
  }

  private async begin(): Promise<void> {
    await this.patiently(() => this.queue.ensureCron(EVERY_MINUTE));
    await this.patiently(() => this.planner.plan());
  }

  async handle(job: Job, token?: string): Promise<unknown> {
    try {
      if (job.name === reminderJobs.plan) return await this.planner.plan();
      if (job.name !== reminderJobs.send) throw new UnrecoverableError(`no such job: ${job.name}`);
      const outcome = await this.delivery.deliver(sendReminderSchema.parse(job.data).id);
      return outcome === 'done' ? outcome : await postpone(job, token, outcome.later);
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.logger.warn({ job: job.id, code: error.code, err: error }, 'a job waits for a dependency');
      // Planning comes round again by itself.
      return job.name === reminderJobs.plan ? undefined : postpone(job, token, AWAY_MS);
    }
  }

  /** Only what may pass by itself is caught; anything else ends the process. */
  private async patiently(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.logger.warn({ code: error.code, err: error }, 'this will be repeated');
    }
  }
}

const isPassing = (error: unknown): error is AppError => error instanceof AppError && error.retryable;

const postpone = async (job: Job, token: string | undefined, delay: number): Promise<never> => {
  await job.moveToDelayed(Date.now() + delay, token);
  throw new DelayedError();
};
