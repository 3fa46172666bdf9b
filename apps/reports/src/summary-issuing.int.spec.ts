import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { httpFaults, issueSummaryJob, SUMMARY_QUEUE } from '#contracts';
import { queueName } from '#queue';
import { DUE, ReportsInstallation, until } from '../../../test/kit/reports.js';

const it_ = new ReportsInstallation('issuing');
beforeAll(() => it_.begin());
beforeEach(() => it_.renew());
afterEach(() => it_.clean());
afterAll(() => it_.end());

describe('issuing', () => {
  it('issues once with two workers, with the checksum of the bytes and a Word document', async () => {
    await Promise.all([it_.startWorker(), it_.startWorker()]);
    const ids = await Promise.all([it_.ask(), it_.ask(), it_.ask()]);
    expect(new Set(ids)).toEqual(new Set(['VN-2026-Q1-r1']));
    const summary = await it_.issued(ids[0]);
    const json = (await it_.summaries.document(ids[0], 'json')) as Buffer;
    expect(summary.checksum).toBe(createHash('sha256').update(json).digest('hex'));
    const content = await it_.contentOf(ids[0]);
    expect(content).toMatchObject({ revision: 1, cutOff: '2026-03-22T07:00:00.000+07:00' });
    expect(httpFaults('SummaryContent', content)).toEqual([]);
    expect((await it_.summaries.document(ids[0], 'docx'))?.subarray(0, 2).toString()).toBe('PK');
    expect(await it_.summaries.list()).toHaveLength(1);
  });

  it('keeps what was issued first when two workers make the same summary', async () => {
    const id = await it_.request();
    const issuers = [1, 2, 3].map((n) => it_.issuer(() => DUE + n));
    const outcomes = await Promise.all(issuers.map((issuer) => issuer.issue(id)));
    expect([...outcomes].sort()).toEqual(['already settled', 'already settled', 'issued']);
    const winner = outcomes.indexOf('issued');
    const { issuedAt, cutOff } = (await it_.summaries.get(id)) ?? {};
    expect([issuedAt?.getTime(), cutOff?.getTime()]).toEqual([DUE + winner + 1, DUE]);
  });

  it('makes the same bytes again from the same data, cut-off and revision', async () => {
    await it_.startWorker();
    const id = await it_.ask();
    const { checksum } = await it_.issued(id);
    await it_.connection.collection('summaries').deleteMany({});
    await it_.queue.forget(issueSummaryJob(id).opts.jobId);
    expect(await it_.ask()).toBe(id);
    expect((await it_.issued(id)).checksum).toBe(checksum);
  });

  it('gives the same id while nothing changed, and a revision that says what changed', async () => {
    await it_.startWorker();
    const first = await it_.ask();
    await it_.issued(first);
    it_.clock += 86_400_000;
    expect(await it_.ask()).toBe(first);
    const before = await it_.summaries.document(first, 'json');
    await it_.writeFigure(3);
    const second = await it_.ask();
    expect(second).toBe('VN-2026-Q1-r2');
    await it_.issued(second);
    const { changesFromRevision } = await it_.contentOf(second);
    expect(changesFromRevision?.map(({ unit, indicator }) => `${unit} ${indicator}`)).toEqual(['VN c', '01 c']);
    expect(changesFromRevision?.[1]).toMatchObject({ before: { numerator: 1 }, after: { numerator: 3, percent: 75 } });
    expect(await it_.summaries.document(first, 'json')).toEqual(before);
  });

  it('fails a summary that cannot be made, with the reason', async () => {
    const id = await it_.request();
    await it_.connection.collection('summaries').updateOne({ _id: id as never }, { $set: { window: 'no window' } });
    await it_.startWorker();
    const failed = await until(async () => {
      const summary = await it_.summaries.get(id);
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
    ['--input-type=module', '-e', script, it_.config.REDIS_URL, queueName(it_.config, SUMMARY_QUEUE)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  it_.children.push(child);
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return child;
};

describe('a worker that dies in the middle', () => {
  it('leaves its summary to another, which issues it once', async () => {
    const id = await it_.ask();
    const child = await stuckWorker();
    await it_.startWorker();
    expect((await it_.summaries.get(id))?.status).toBe('pending');
    child.kill('SIGKILL');
    const killedAt = Date.now();
    const summary = await it_.issued(id);
    expect(Date.now() - killedAt).toBeLessThan(20_000);
    expect(await it_.summaries.list()).toEqual([summary]);
  });
});
