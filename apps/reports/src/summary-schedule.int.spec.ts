import { jobNames, SUMMARY_QUEUE } from '#contracts';
import { ictMidnight } from '#domain';
import { queueName } from '#queue';
import { SummaryScheduleLog } from '#store';
import { DUE, QUARTER, ReportsInstallation, until } from '../../../test/kit/reports.js';
import { cronJobs, SummarySchedules } from './summary.schedules.js';
import { SummarySweep } from './summary.sweep.js';
import { scheduledFor } from './summary.worker.js';

const it_ = new ReportsInstallation('schedule');
beforeAll(() => it_.begin());
beforeEach(() => it_.renew());
afterEach(() => it_.clean());
afterAll(() => it_.end());

describe('the schedule', () => {
  it('stands after the start in Vietnam’s time, and is left alone by a second start', async () => {
    await it_.startWorker();
    const schedulers = async () =>
      (await it_.redis.zrange(`bull:${queueName(it_.config, SUMMARY_QUEUE)}:repeat`, '0', '-1')).sort();
    const jobs = cronJobs({ day: 22, hour: 7 });
    expect(await schedulers()).toEqual(jobs.map(({ id }) => id).sort());
    expect(jobs.find(({ id }) => id === 'summary-quarter')).toMatchObject({
      pattern: '0 7 22 3,6,9,12 *',
      tz: 'Asia/Ho_Chi_Minh',
    });
    const next = await it_.redis.zscore(`bull:${queueName(it_.config, SUMMARY_QUEUE)}:repeat`, 'summary-month');
    expect(new Date(Number(next)).toISOString()).toMatch(/-22T00:00:00\.000Z$/);
    const job = await it_.redis.hget(
      `bull:${queueName(it_.config, SUMMARY_QUEUE)}:repeat:summary-month:${next}`,
      'opts',
    );
    expect(scheduledFor({ opts: JSON.parse(job ?? '{}') as object, timestamp: 0 })).toBe(Number(next));
    const count = await it_.redis.zcard(`bull:${queueName(it_.config, SUMMARY_QUEUE)}:delayed`);
    await it_.startWorker();
    expect(await it_.redis.zcard(`bull:${queueName(it_.config, SUMMARY_QUEUE)}:delayed`)).toBe(count);
  });

  it('issues the window that was meant, however late the run', async () => {
    it_.clock = DUE + 20 * 86_400_000;
    const app = await it_.startWorker();
    await app.get(SummarySchedules).run('quarter', DUE);
    await it_.issued('VN-2026-Q1-r1');
    await app.get(SummarySchedules).run('quarter', DUE);
    expect(await it_.summaries.list()).toHaveLength(1);
    expect(scheduledFor({ opts: { prevMillis: DUE }, timestamp: 5 })).toBe(DUE);
  });

  it('runs a scheduled job of the queue', async () => {
    // The job's own time is the real one: whichever month it is, one month's window ends in it.
    it_.clock = Date.now();
    await it_.startWorker();
    await it_.queue.add({ name: jobNames.scheduledSummary, data: { kind: 'month' } });
    const [summary] = await until(async () => {
      const listed = await it_.summaries.list();
      return listed[0]?.status === 'issued' && listed;
    });
    expect(summary.window).toMatch(/^\d{4}-\d\d$/);
  });

  it('catches up with what came due while nobody ran, since the first start and not before', async () => {
    it_.clock = DUE - 1;
    const first = await it_.startWorker();
    await first.close();
    it_.workers.splice(0);
    expect(await it_.summaries.list()).toEqual([]);
    it_.clock = ictMidnight(2026, 4, 23);
    const second = await it_.startWorker();
    for (const window of ['2026-03', '2026-Q1', '2026-04']) await it_.issued(`VN-${window}-r1`);
    await second.get(SummarySweep).sweep();
    expect(await it_.summaries.list()).toHaveLength(3);
  });

  it('makes one summary of a window, however many come for it, and finishes what was begun', async () => {
    const log = new SummaryScheduleLog(it_.connection);
    const app = await it_.startWorker();
    const claims = await Promise.all([1, 2, 3].map(() => it_.requests.claimDue(log, QUARTER, it_.clock)));
    expect(new Set(claims.map(({ summary }) => summary))).toEqual(new Set(['VN-2026-Q1-r1']));
    // Whoever claimed it died; the figures have changed since.
    await it_.writeFigure(2);
    await app.get(SummarySchedules).run('quarter', DUE);
    await it_.issued('VN-2026-Q1-r1');
    await it_.writeFigure(3);
    await app.get(SummarySchedules).run('quarter', DUE);
    await app.get(SummarySweep).sweep();
    // And one who was asleep since it looked.
    await it_.requests.fulfil(log, claims[2], DUE);
    expect(await it_.summaries.list()).toHaveLength(1);
  });

  it('goes on with what was claimed and not asked for, also when Redis has forgotten it', async () => {
    const log = new SummaryScheduleLog(it_.connection);
    await it_.requests.claimDue(log, QUARTER, it_.clock);
    expect(await it_.summaries.list()).toEqual([]);
    await it_.startWorker();
    await it_.issued('VN-2026-Q1-r1');
    expect(await log.unfinished()).toEqual([]);
  });

  it('gives a pending summary a job again when Redis has lost everything', async () => {
    const app = await it_.startWorker();
    const id = await it_.request();
    await it_.loseQueue();
    await app.get(SummarySweep).sweep();
    await it_.issued(id);
    expect(await it_.redis.zcard(`bull:${queueName(it_.config, SUMMARY_QUEUE)}:repeat`)).toBe(5);
  });
});
