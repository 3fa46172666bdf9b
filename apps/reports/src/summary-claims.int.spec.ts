import { setTimeout as sleep } from 'node:timers/promises';
import { topicSpecs } from '#contracts';
import { ictMidnight, windowIndex } from '#domain';
import { createKafka, createProducer, ensureTopics } from '#kafka';
import { PipelineOffsets } from '#stream';
import { metaModel, SummaryRequests } from '#store';
import { logger, QUARTER, ReportsInstallation, until } from '../../../test/kit/reports.js';

const it_ = new ReportsInstallation('claims');
beforeAll(() => it_.begin());
beforeEach(() => it_.renew());
afterEach(() => it_.clean());
afterAll(() => it_.end());

describe('a summary that was asked for before its events were taken in', () => {
  it('waits, says for what and how many, and then says what was there when it was asked for', async () => {
    await it_.startWorker();
    await it_.publish(3);
    const id = await it_.ask();
    const pending = await until(async () => {
      const summary = await it_.summaries.get(id);
      return summary?.waiting ? summary : undefined;
    });
    expect(pending).toMatchObject({ status: 'pending', waiting: { for: 'check stage', left: 3 } });
    await sleep(1_000);
    expect((await it_.summaries.get(id))?.status).toBe('pending');
    await it_.writeFigure(2);
    await it_.readAll();
    await it_.issued(id);
    expect(await it_.numeratorOf(id)).toBe(2);
  });

  it('claims more when it is asked for again meanwhile, under the same id', async () => {
    await it_.publish(1);
    const id = await it_.request();
    await it_.readAll();
    await it_.publish(2);
    expect(await it_.request()).toBe(id);
    expect(await it_.summaries.get(id)).toMatchObject({ claim: 2, asked: await it_.progress.ends() });
    const issuer = it_.issuer();
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'check stage', left: 2 } });
    await it_.readAll();
    expect(await issuer.issue(id)).toBe('issued');
  });

  it('leaves one that is being made as it is, and makes another', async () => {
    const first = await it_.request();
    const record = await it_.summaries.get(first);
    expect(record !== undefined && (await it_.summaries.beginMaking(record))).toBe(true);
    await it_.publish(1);
    const second = await it_.request();
    expect([first, second]).toEqual(['VN-2026-Q1-r1', 'VN-2026-Q1-r2']);
    await it_.readAll();
    const issuer = it_.issuer();
    expect(await issuer.issue(second)).toEqual({ waiting: { for: 'earlier revision', left: null } });
    expect([await issuer.issue(first), await issuer.issue(second)]).toEqual(['issued', 'issued']);
  });

  it('is the one that there is where what came changes nothing, and another where nobody can know yet', async () => {
    const first = await it_.request();
    const issuer = it_.issuer();
    await issuer.issue(first);
    await it_.publish(1);
    const asked = it_.request();
    await sleep(500);
    await it_.readAll();
    expect(await asked).toBe(first);
    await it_.publish(1);
    const second = await it_.request();
    expect(second).toBe('VN-2026-Q1-r2');
    await it_.readAll();
    expect(await issuer.issue(second)).toBe('issued');
    expect((await it_.contentOf(second)).changesFromRevision).toEqual([]);
  });

  it('waits for the new figures while everything is made anew, and for readers to see them', async () => {
    const control = createProducer(it_.kafka);
    await it_.publish(1);
    const id = await it_.request();
    await it_.readAll();
    await control.connect();
    await control.send({ topic: it_.topics.control, messages: [{ key: 'generation', value: '{}' }] });
    await control.disconnect();
    try {
      const generation = await it_.progress.generation();
      const issuer = it_.issuer();
      expect(await issuer.issue(id)).toMatchObject({ waiting: { for: 'check stage' } });
      await it_.writeFigure(3, generation);
      await it_.readAll(generation);
      expect(await issuer.issue(id)).toEqual({ waiting: { for: 'rebuild', left: null } });
      await metaModel(it_.connection).updateOne(
        { _id: 'generation' },
        { $set: { current: generation } },
        { upsert: true },
      );
      await sleep(1_000);
      it_.clock += 1_000;
      expect(await issuer.issue(id)).toBe('issued');
      expect(await it_.numeratorOf(id)).toBe(3);
    } finally {
      await it_.admin.deleteTopics({ topics: [it_.topics.control] });
      await until(async () => !(await it_.admin.listTopics()).includes(it_.topics.control));
      await ensureTopics(it_.kafka, topicSpecs(it_.topics), 2);
    }
  });

  it('is made as of the instant at which it was asked for, whatever is received before it is made', async () => {
    const id = await it_.request();
    it_.clock += 5;
    await it_.writeFigure(3);
    await it_.publish(1);
    const issuer = it_.issuer();
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'check stage', left: 1 } });
    await it_.readAll();
    expect(await issuer.issue(id)).toBe('issued');
    expect(await it_.numeratorOf(id)).toBe(1);
    expect((await it_.summaries.get(id))?.cutOff?.getTime()).toBe(it_.clock - 5);
  });

  it('waits until the brokers’ clocks have passed its instant, and reads the ends of topics after that', async () => {
    const id = await it_.request();
    const issuer = it_.issuer(it_.now, 1_000);
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'cut-off', left: null } });
    expect(await it_.summaries.get(id)).toMatchObject({ waiting: { for: 'cut-off', left: null } });
    await it_.publish(2);
    it_.clock += 1_000;
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'check stage', left: 2 } });
    await it_.publish(1);
    expect(await issuer.issue(id)).toEqual({ waiting: { for: 'check stage', left: 2 } });
  });

  it('is nobody’s where Kafka cannot say what there is', async () => {
    const nowhere = new PipelineOffsets(createKafka({ KAFKA_BROKERS: ['127.0.0.1:1'] as never }, 'nowhere', logger));
    const requests = new SummaryRequests(it_.summaries, it_.source, it_.progressBy(nowhere));
    await expect(requests.request(QUARTER, it_.clock)).rejects.toMatchObject({
      code: 'KAFKA_UNAVAILABLE',
      retryable: true,
    });
    expect(await it_.summaries.list()).toEqual([]);
    await nowhere.close();
  });

  it('is not taken for a window that has not begun', async () => {
    const later = windowIndex('2026-Q2') as number;
    const begins = ictMidnight(2026, 3, 15);
    await expect(it_.requests.request(later, begins - 1)).rejects.toMatchObject({ code: 'WINDOW_NOT_BEGUN' });
    expect(await it_.requests.request(later, begins)).toBe('VN-2026-Q2-r1');
  });
});
