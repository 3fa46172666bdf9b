/** What was known as of earlier instants, held against a recomputation of the events that had been received by then; and how figures came about. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  childrenOf,
  COUNTRY,
  indicatorIndex,
  reportersOf,
  rollupsFrom,
  skylinesOf,
  toExactJson,
  unitOf,
  windowCode,
  windowIndex,
  WINDOWS_PER_YEAR,
  type Figure,
  type MonthWords,
  type Report,
  type Rollup,
  type Unit,
} from '#domain';
import { connectStore, HistoryReader, monthOverflowModel, RollupReader, type Connection } from '#store';
import { rebuild } from '../../cli/rebuild.js';
import { anEvent } from '../kit/builders.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { provinceFaultsAsOf } from '../kit/provinces-as-of.js';
import { readReports } from '../kit/received.js';
import { referenceAt } from '../kit/reference.js';
import { seededWorkload, shuffled } from '../kit/seeded-workload.js';

const WAVES = 5;
/** Far more than a record of a month may hold beside its cells. */
const CORRECTIONS = 700;
const corrected = { unit: childrenOf('15')[0].code, indicator: 'c', period: '2026-02' };
const YEAR = windowIndex('2026') as number;
const firstWindow = YEAR - (YEAR % WINDOWS_PER_YEAR);
const windowsOfYear = Array.from({ length: WINDOWS_PER_YEAR }, (_, n) => firstWindow + n);
const plain = (rollup: Rollup) => JSON.parse(toExactJson(rollup)) as unknown;

const cell = indicatorIndex(corrected.indicator) as number;
const sameCell = (report: Report, { unit, month }: MonthWords): boolean =>
  report.unit === unit && report.month === month && report.indicator === cell;

interface Change {
  readonly at: string;
  readonly difference: Figure;
  readonly total: Figure;
}

describe('as of an instant', () => {
  let it_: TestInstallation;
  let connection: Connection;
  let reports: readonly Report[];
  const ends: number[] = [];

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,dashboard', {
      copies: 'province=2',
      env: { CLOCK_SKEW_MS: '200' },
    });
    connection = await connectStore(it_.config);
    const { messages } = seededWorkload(16_000, 15);
    const all = shuffled([...messages, ...shuffled(messages, 4).slice(0, 4_000)], 7);
    for (let wave = 0; wave < WAVES; wave += 1) {
      const portion = all.slice((wave * all.length) / WAVES, ((wave + 1) * all.length) / WAVES);
      for (let n = 0; n < portion.length; n += 2_000)
        await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: portion.slice(n, n + 2_000) });
      if (wave === 2) await correctOften();
      ends.push(Date.now());
      await sleep(20);
    }
    await it_.drained();
    reports = await readReports(it_);
  }, 120_000);
  /** One cell, each time at another instant: who has a receipt of its own has a word of its own. */
  const correctOften = async () => {
    for (let n = 0; n < CORRECTIONS; n += 1) {
      const figures = { numerator: n % 100, denominator: 1_000, revision: 1_000 + n };
      const value = JSON.stringify(anEvent({ id: `correction-${n}`, data: { ...corrected, ...figures } }));
      await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: [{ key: corrected.unit, value }] });
    }
  };
  afterAll(async () => {
    await connection.close();
    await it_.stop();
  });

  const knownAt = (at: number) => referenceAt(at, reports);
  const history = () => new HistoryReader(connection, new RollupReader(connection, Date.now));

  /** Every rollup of a province, its communes and the country as of an instant. */
  const found = async (at: number, units: readonly Unit[]): Promise<Map<string, unknown>> => {
    const rollups = new Map<string, unknown>();
    const put = (unit: string, window: number, some: readonly Rollup[] = []) => {
      for (const rollup of some) rollups.set(`${unit}|${windowCode(window)}|${rollup.indicator}`, plain(rollup));
    };
    for (const province of units) {
      for (const { window, items } of await history().provinceAsOf(province, YEAR, at))
        put(province.code, windowIndex(window) as number, rollupsFrom(province, items));
      for (const window of windowsOfYear)
        for (const [code, some] of await history().communesAsOf(childrenOf(province.code), window, at))
          put(code, window, some);
    }
    return rollups;
  };
  const expected = (at: number, isWanted: (unit: Unit) => boolean): Map<string, unknown> =>
    new Map(
      [...knownAt(at).rollups(isWanted)]
        .filter(([key]) => key.split('|')[1].startsWith('2026'))
        .map(([key, rollup]) => [key, plain(rollup)]),
    );
  const someProvinces = ['01', '04', '15'].map((code) => unitOf(code) as Unit);
  const isSome = (unit: Unit) => someProvinces.some((province) => reportersOf(province).includes(unit));

  const expectAllWaves = async () => {
    for (const at of ends) expect(await found(at, someProvinces)).toEqual(expected(at, isSome));
  };

  it('equals what had been received by then: three provinces with their communes, every window, after each wave', async () => {
    expect(new Set(ends.map((at) => knownAt(at).rollups(isSome).size)).size).toBe(WAVES);
    await expectAllWaves();
  }, 300_000);

  it('is the country as it was known', async () => {
    const [first, , third] = ends;
    for (const at of [first, third]) {
      const rollups = await history().rollupsAsOf(unitOf(COUNTRY) as Unit, YEAR, at);
      const wanted = [...expected(at, ({ code }) => code === COUNTRY)].filter(([key]) => key.startsWith('VN|2026|'));
      expect(new Map(rollups.map((rollup) => [`VN|2026|${rollup.indicator}`, plain(rollup)]))).toEqual(new Map(wanted));
    }
  }, 120_000);

  const get = async (path: string) => {
    const response = await authorizedFetch(`${it_.dashboard}/v1/${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & { items: unknown[] } };
  };

  it('knows every word of a cell that is corrected more often than a record may hold', async () => {
    const { unit, period } = corrected;
    const [month] = await history().months([unitOf(unit) as Unit], windowIndex(period) as number);
    const words = skylinesOf(reports.filter((report) => sameCell(report, month))).get(cell);
    expect(words?.length).toBeGreaterThan(CORRECTIONS / 2);
    expect(skylinesOf(month.words).get(cell)).toEqual(words);
    const generation = await new RollupReader(connection, Date.now).generation();
    const ids = await monthOverflowModel(connection, generation).distinct('_id');
    expect(ids).toContain(`${unit}|${period}|0`);
  });

  it('is answered by the API, which says of which instant; one that has not been is a fault', async () => {
    const at = new Date(ends[1]).toISOString();
    const { status, body } = await get(`rollups?unit=01&window=2026-Q1&asOf=${at}`);
    expect([status, body.asOf]).toEqual([200, at]);
    const wanted = [...expected(ends[1], ({ code }) => code === '01')].filter(([key]) => key.startsWith('01|2026-Q1|'));
    const byIndicator = (some: unknown[]) => new Map((some as Rollup[]).map((rollup) => [rollup.indicator, rollup]));
    const answered = byIndicator(body.items);
    expect([...answered.keys()].sort()).toEqual([...byIndicator(wanted.map(([, rollup]) => rollup)).keys()].sort());
    for (const [, rollup] of wanted) expect(answered.get((rollup as Rollup).indicator)).toMatchObject(rollup as object);
    const children = await get(`units/01/children?window=2026-Q1&indicator=c&asOf=${at}`);
    const reported = (children.body.items as { reported: boolean }[]).filter((child) => child.reported);
    const communes = expected(ends[1], ({ level }) => level === 'commune');
    const ofHaNoi = childrenOf('01').filter(({ code }) => communes.has(`${code}|2026-Q1|c`));
    expect(reported).toHaveLength(ofHaNoi.length);
    const ahead = await get(`rollups?unit=01&window=2026-Q1&asOf=${new Date(Date.now() + 60_000).toISOString()}`);
    expect([ahead.status, ahead.body.code]).toEqual([400, 'INVALID_PARAMETER']);
  });

  it('is told how a figure came about: changes that add up from nothing to it, in pages', async () => {
    for (const [code, indicator, window] of [
      ['01', 'c', '2026-Q1'],
      ['01', 'relapses', '2026'],
      ['VN', 'b', '2026-03'],
    ]) {
      const items: Change[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { body } = await get(`units/${code}/history?window=${window}&indicator=${indicator}&limit=150${from}`);
        items.push(...(body.items as Change[]));
        cursor = body.next as string | undefined;
      }
      const { body } = await get(`rollups?unit=${code}&window=${window}&indicator=${indicator}`);
      const [figure] = body.items as Figure[];
      const name = figure.value === undefined ? 'numerator' : 'value';
      expect(items.length).toBeGreaterThan(1);
      expect(items[0].total[name]).toBe(figure[name]);
      const oldestFirst = [...items].reverse();
      let total = 0;
      for (const change of oldestFirst) expect((total += Number(change.difference[name]))).toBe(change.total[name]);
      expect(oldestFirst.map(({ at }) => at)).toEqual(oldestFirst.map(({ at }) => at).sort());
    }
  }, 60_000);

  it('is the same after a rebuild', async () => {
    await rebuild(it_.env);
    await it_.drained();
    await expectAllWaves();
  }, 300_000);

  it('is the same of all provinces', async () => {
    const at = ends[2];
    const wanted = knownAt(at).rollups(({ level }) => level === 'province');
    expect(await provinceFaultsAsOf(it_.config.MONGODB_URI, '2026', at, wanted)).toEqual([]);
  }, 120_000);
});
