import { covers, type TopicOffsets } from '#domain';
import { ServiceMetrics } from '#service';
import type { Followed } from '#stream';
import { exposeFreshness, NationalFreshness } from './national-freshness.js';

/** A pipeline of one partition that has read as far as it is told. */
const aPipeline = () => {
  const it_ = {
    end: 0,
    read: 0,
    now: 1_000_000,
    isAway: false,
    looks: 0,
    ends: (): Promise<TopicOffsets> =>
      it_.isAway ? Promise.reject(new Error('away')) : Promise.resolve({ 0: String(it_.end) }),
    look: (asked: TopicOffsets) => {
      it_.looks += 1;
      const followed: Followed = { generation: 1, targets: {} };
      const isIn = covers({ 0: String(it_.read) }, asked);
      return Promise.resolve(isIn ? { followed } : { followed, waiting: { for: 'x', left: null } });
    },
  };
  const freshness = new NationalFreshness(it_, () => it_.now);
  /** A look each second. */
  const seconds = async (count: number, each: () => void = () => undefined) => {
    for (let n = 0; n < count; n += 1) {
      each();
      await freshness.look();
      it_.now += 1_000;
    }
  };
  return Object.assign(it_, { freshness, seconds });
};

describe('the freshness of the national figures', () => {
  it('is 0 where they hold every event', async () => {
    const { freshness, seconds } = aPipeline();
    expect(freshness.seconds).toBeUndefined();
    await seconds(3);
    expect(freshness.seconds).toBe(0);
  });

  it('is the age of the oldest event that they do not hold, to a second', async () => {
    const it_ = aPipeline();
    await it_.seconds(3);
    it_.end = 10;
    await it_.seconds(20);
    expect(it_.freshness.seconds).toBe(21);
    it_.end = 20;
    await it_.seconds(5);
    it_.read = 10;
    await it_.seconds(1);
    expect(it_.freshness.seconds).toBe(7);
    it_.read = 20;
    await it_.seconds(1);
    expect(it_.freshness.seconds).toBe(0);
  });

  it('of a pipeline that keeps up stays within two seconds while events come without end', async () => {
    const it_ = aPipeline();
    await it_.seconds(1);
    for (let n = 0; n < 50; n += 1) {
      it_.read = it_.end;
      it_.end += 100;
      await it_.seconds(1);
      expect(it_.freshness.seconds).toBeLessThanOrEqual(2);
    }
  });

  it('is right after hours of backlog, at few questions and little memory', async () => {
    const it_ = aPipeline();
    await it_.seconds(1);
    await it_.seconds(7_200, () => (it_.end += 1));
    expect(it_.freshness.seconds).toBe(7_201);
    expect(it_.looks).toBeLessThanOrEqual(7_202);
    it_.read = 3_600;
    await it_.seconds(1);
    const { seconds } = it_.freshness;
    // Neighbours are taken together: never younger than it is, and off by little.
    expect(seconds).toBeGreaterThanOrEqual(3_600);
    expect(seconds).toBeLessThan(3_700);
  });

  it('is not said while Kafka does not answer, and begins anew with a topic made anew', async () => {
    const it_ = aPipeline();
    it_.end = 10;
    await it_.seconds(2);
    it_.isAway = true;
    await expect(it_.freshness.look()).rejects.toThrow('away');
    it_.now += 10_000;
    expect(it_.freshness.seconds).toBeUndefined();
    it_.isAway = false;
    it_.end = 0;
    await it_.seconds(1);
    expect(it_.freshness.seconds).toBe(0);
  });

  it('is asked for from the first scrape on, and no scrape fails or waits long for it', async () => {
    const it_ = aPipeline();
    const metrics = new ServiceMetrics({ service: 'test', version: '0', restarts: 0 });
    const end = exposeFreshness(it_.freshness, metrics);
    const known = await metrics.scrape();
    expect(known).toContain('tonghop_national_freshness_seconds 0');
    expect(known).toContain('tonghop_national_freshness_up 1');
    it_.ends = () => new Promise(() => undefined);
    it_.now += 60_000;
    const startedAt = performance.now();
    const unknown = await metrics.scrape();
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(unknown).not.toMatch(/^tonghop_national_freshness_seconds /m);
    expect(unknown).toContain('tonghop_national_freshness_up 0');
    end();
  });
});
