/**
 * Scheduled summaries: month, quarter, half year, nine months and year, each on its day.
 *
 * BullMQ's schedulers wake the worker on time; what is due is decided by the time a run was scheduled for. `catchUp` asks for
 * what came due while nobody ran or while Redis had lost its schedulers. Whoever comes first claims the window for one summary and
 * then asks for it; whoever comes later finds the claim, and finishes what was begun.
 */
import { jobNames, issueSummaryJob, type ScheduledSummaryData } from '#contracts';
import {
  closingMonths,
  scheduleStep,
  summaryDueAt,
  windowCode,
  windowDueAt,
  windowHasBegun,
  windowIndex,
  windowKinds,
  windowsDue,
  type SummaryTime,
  type WindowKind,
} from '#domain';
import type { CronJob, JobQueue } from '#queue';
import type { ClaimedWindow, SummaryRequests, SummaryScheduleLog } from '#store';

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
    private readonly requests: SummaryRequests,
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

  /** Asks for every window that came due since the first start, or was claimed, and was not asked for. */
  async catchUp(): Promise<void> {
    for (const claim of await this.log.unfinished()) await this.fulfil(claim);
    const since = await this.log.firstStart(new Date(this.now()));
    await this.askFor(windowsDue(since.getTime(), this.now(), this.time));
  }

  private async askFor(windows: readonly number[]): Promise<void> {
    const claims = await this.log.claims(windows.map(windowCode));
    for (const window of windows) {
      let claim = claims.get(windowCode(window));
      // A clock that is ahead wakes the schedule for what nobody can have reported yet.
      if (scheduleStep(claim) === 'claim' && windowHasBegun(window, this.now()))
        claim = await this.requests.claimDue(this.log, window, this.now());
      if (claim !== undefined && scheduleStep(claim) === 'ask') await this.fulfil(claim);
    }
  }

  /** A crash in between leaves a claim that is not fulfilled, or a summary without a job: the sweep goes on with either. */
  private async fulfil(claim: ClaimedWindow): Promise<void> {
    const dueAt = summaryDueAt(windowIndex(claim.window) as number, this.time);
    await this.requests.fulfil(this.log, claim, dueAt);
    await this.queue.add(issueSummaryJob(claim.summary));
  }
}
