/** Summaries asked for while events pour in: what each says is what had been received by its cut-off, and it can be made again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fromExactJson } from '#domain';
import { verifySummaryCommand } from '../../cli/verify-summary.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { readReports } from '../kit/received.js';
import { referenceAt } from '../kit/reference.js';
import { seededWorkload } from '../kit/seeded-workload.js';
import { summaryFaults, type SummaryFigures } from '../kit/summary-faults.js';

const WINDOW = '2026-Q1';
/** `CUT_OFF_EVENTS=100000 CUT_OFF_TRIES=10 npm test -- …` takes some minutes. */
const TRIES = Number(process.env.CUT_OFF_TRIES ?? 4);
const EVENTS = Number(process.env.CUT_OFF_EVENTS ?? 24_000);

describe('a summary that is asked for during a burst', () => {
  let it_: TestInstallation;
  const { messages } = seededWorkload(EVENTS, 77);

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,dashboard,reports', {
      env: { CLOCK_SKEW_MS: '300' },
    });
  });
  afterAll(() => it_.stop());

  const publish = async (portion: typeof messages): Promise<void> => {
    for (let n = 0; n < portion.length; n += 500)
      await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: portion.slice(n, n + 500) });
  };
  const read = async (path: string): Promise<unknown> =>
    fromExactJson(await (await authorizedFetch(`${it_.dashboard}${path}`)).text());
  const ask = async (): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ window: WINDOW });
    const response = await authorizedFetch(`${it_.dashboard}/v1/summaries`, { method: 'POST', headers, body });
    return ((await response.json()) as { id: string }).id;
  };

  it(`says what had been received by its cut-off, each time of ${TRIES}, and is made again byte for byte`, async () => {
    const ids: string[] = [];
    const size = Math.ceil(messages.length / TRIES);
    for (let n = 0; n < TRIES; n += 1) {
      const pouring = publish(messages.slice(n * size, (n + 1) * size));
      await sleep(80);
      const id = await ask();
      await pouring;
      await eventually(
        () => read(`/v1/summaries/${id}`) as Promise<{ status: string }>,
        ({ status }) => status === 'issued',
        120_000,
      );
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(TRIES);
    const reports = await readReports(it_);
    const counts = new Set<number>();
    for (const id of ids) {
      const content = (await read(`/v1/summaries/${id}.json`)) as SummaryFigures;
      const cutOff = Date.parse(content.cutOff);
      const reference = referenceAt(cutOff, reports);
      counts.add(reports.filter(({ receivedAt }) => receivedAt <= cutOff).length);
      expect([id, summaryFaults(content, WINDOW, reference).slice(0, 3)]).toEqual([id, []]);
    }
    // In the middle of the burst, or nothing is shown by it.
    expect([...counts].some((count) => count < reports.length)).toBe(true);
    for (const id of [ids[0], ids[ids.length - 1]]) expect(await verifySummaryCommand([id], it_.env)).toBe(0);
  }, 600_000);
});
