/**
 * Scheduled summaries: month, quarter, half year, nine months and year, each on its day.
 *
 * BullMQ's schedulers wake the worker on time; what is due is decided by the time a run was scheduled for. `catchUp` asks for
 * what came due while nobody ran or while Redis had lost its schedulers. Both may do the same window: it is asked for once.
 */
import { jobNames, issueSummaryJob, type ScheduledSummaryData } from '#contracts';
import {
  closingMonths,
  windowCode,
  windowDueAt,
  windowKinds,
  windowsDue,
  type SummaryTime,
  type WindowKind,
} from '#domain';
import type { CronJob, JobQueue } from '#platform/queues';
import type { SummaryRepository, SummaryScheduleLog, SummarySource } from '#store';

const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** A scheduler for each kind of window, in the months in which one ends. */
export const cronJobs = ({ day, hour }: SummaryTime): CronJob[] =>
  windowKinds.map((kind) => ({
    id: `summary-${kind}`,
    pattern: `0 ${hour} ${day} ${closingMonths(kind).join(',')} *`,
    tz: TIME_ZONE,
    name: jobNames.scheduledSummary,
    data: { kind } satisfies ScheduledSummaryData,
  }));

export class SummarySchedules {
  constructor(
    private readonly queue: JobQueue,
    private readonly requests: { readonly repository: SummaryRepository; readonly source: SummarySource },
    private readonly log: SummaryScheduleLog,
    private readonly time: SummaryTime,
    private readonly now: () => number,
  ) {}

  async ensureSchedulers(): Promise<void> {
    for (const job of cronJobs(this.time)) await this.queue.ensureCron(job);
  }

  /** Asks for the window of a kind that was due at an instant. */
  async run(kind: WindowKind, scheduledFor: number): Promise<void> {
    const window = windowDueAt(kind, scheduledFor);
    if (window !== undefined) await this.askFor([window]);
  }

  /** Asks for every window that came due since the first start and was not asked for. */
  async catchUp(): Promise<void> {
    const since = await this.log.firstStart(new Date(this.now()));
    await this.askFor(windowsDue(since.getTime(), this.now(), this.time));
  }

  private async askFor(windows: readonly number[]): Promise<void> {
    const seenTo = await this.log.seenTo(windows.map(windowCode));
    const { repository, source } = this.requests;
    for (const window of windows.filter((index) => !seenTo.has(windowCode(index)))) {
      const id = await source.request(repository, window, this.now());
      await this.queue.add(issueSummaryJob(id));
      await this.log.note(windowCode(window), id, new Date(this.now()));
    }
  }
}
