import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { communeRollupKey, encodeCommuneRollup, encodeWindowRollups, topicsOf, windowRollupsKey } from '#contracts';
import { rollupsText, rollupText, unitOf, type Unit } from '#domain';
import { createLogger } from '#service';
import type { RollupReader } from '#store';
import { aReport } from '../../../test/kit/builders.js';
import { EventLog } from './event-log.js';
import { LiveSource } from './live-source.js';
import { LiveStream } from './live-stream.js';

const topics = topicsOf('t');
const logger = createLogger('live-stream', 'silent');
const COUNTRY = unitOf('VN') as Unit;
const COMMUNE = unitOf('00004') as Unit;

/** A window with one figure, as its stage publishes it. */
const published = (unit: string, window: string, numerator: number, { offset = 0, g = 1, reports = '' } = {}) => {
  const reporting = { expected: 3_321, reported: 1, current: 1 };
  const figure = { indicator: 'c', numerator, denominator: 40, percent: 2.5 * numerator, breakdown: {}, reporting };
  const items = rollupsText([rollupText(figure)]);
  const value = encodeWindowRollups({ g, unit, window, changed: ['c'], items, ...(reports && { reports }) });
  return { key: windowRollupsKey(unit, window), value: Buffer.from(value), offset, timestamp: 0 };
};
const quarter = (numerator: number, offset: number, g = 1) => published('VN', '2026-Q1', numerator, { offset, g });

/** A commune's month as the province stage publishes it. */
const communeMonth = (numerator: number) => {
  const [unit, month] = ['00004', '2026-03'];
  const reports = [aReport({ month, figure: [numerator, 30] })];
  const value = encodeCommuneRollup({ g: 1, more: false }, { unit, month, reports, earlier: [], later: [] });
  return { key: communeRollupKey(unit, month), value: Buffer.from(value), offset: 0, timestamp: 0 };
};

describe('the live stream', () => {
  let stream: LiveStream;
  let source: LiveSource;
  /** What a commune's months are read from; a test may make it fail. */
  let unitYears: () => Promise<never[]>;
  let reads: number;

  beforeEach(() => {
    reads = 0;
    unitYears = () => Promise.resolve([]);
    const asked = { generation: () => Promise.resolve(1), windows: () => Promise.resolve([]) };
    const written = { of: () => Promise.resolve(new Map<number, number>()), close: () => Promise.resolve() };
    source = new LiveSource({ topics: [], reader: asked, written, logger });
    const reader = {
      unitYears: () => {
        reads += 1;
        return unitYears();
      },
    };
    stream = new LiveStream(source, topics, reader as unknown as RollupReader, new EventLog('p1'), logger);
  });

  /** Opens the stream; answers the names of the events that came, or what they say. */
  const open = (unit: Unit, lastId?: string, windows?: readonly string[], children = false) => {
    const response = new PassThrough();
    let text = '';
    response.on('data', (chunk: Buffer) => (text += String(chunk)));
    const asked = { unit, children, windows: windows && new Set(windows) };
    stream.watch(asked, response as unknown as ServerResponse, lastId);
    const lines = (start: string) =>
      text.split('\n').flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
    return {
      names: () => lines('event: '),
      windows: () => lines('data: ').map((data) => (JSON.parse(data) as { window?: string }).window),
      figures: () => lines('data: ').flatMap((data) => (JSON.parse(data) as { numerator?: number }).numerator ?? []),
      response,
      ids: () => lines('id: '),
      lastId: () => lines('id: ').at(-1) as string,
      close: () => response.destroy(),
    };
  };
  const settled = () => sleep(5);

  it('sends what changes to who watches, without being told to read anew', async () => {
    const watcher = open(COUNTRY);
    stream.onWindow(quarter(4, 0));
    stream.onWindow(quarter(5, 1));
    await settled();
    expect([watcher.names(), watcher.figures()]).toEqual([
      ['rollup', 'rollup'],
      [4, 5],
    ]);
  });

  it('writes the events of a moment together to many, each once and in order, also to who comes meanwhile', async () => {
    const many = Array.from({ length: 200 }, () => open(COUNTRY));
    stream.onWindow(quarter(1, 0));
    await settled();
    let writes = 0;
    many[0].response.on('data', () => (writes += 1));
    for (let n = 2; n < 10; n += 1) stream.onWindow(quarter(n, n - 1));
    const late = open(COUNTRY);
    stream.onWindow(quarter(10, 9));
    await sleep(50);
    const all = Array.from({ length: 10 }, (_, n) => n + 1);
    for (const watcher of many) expect(watcher.figures()).toEqual(all);
    expect(late.figures()).toEqual([10]);
    // Those before the late one came, and the last.
    expect(writes).toBe(2);
    const ids = many[0].ids();
    expect([...new Set(ids)]).toHaveLength(ids.length);
  });

  it('tells everyone to read anew when something was missed, once, and goes on', async () => {
    const [country, commune] = [open(COUNTRY), open(COMMUNE)];
    await settled();
    source.onGap();
    await settled();
    stream.onWindow(quarter(6, 9));
    await settled();
    expect(country.names()).toEqual(['resync', 'rollup']);
    expect(commune.names()).toEqual(['resync']);
    expect(reads).toBe(2);
  });

  it('gives nobody who comes back the events from before what was missed, as if they were all', async () => {
    const watcher = open(COUNTRY);
    stream.onWindow(quarter(4, 0));
    await settled();
    const before = watcher.lastId();
    watcher.close();
    expect(open(COUNTRY, before).names()).toEqual([]);
    source.onGap();
    stream.onWindow(quarter(5, 7));
    const back = open(COUNTRY, before);
    await settled();
    expect(back.names()).toEqual(['resync']);
  });

  it('reads a commune anew after a gap as often as it takes, and sends it nothing made of older months', async () => {
    const commune = open(COMMUNE);
    await settled();
    unitYears = () => Promise.reject(new Error('MongoDB is away'));
    source.onGap();
    await settled();
    expect(commune.names()).toEqual([]);
    unitYears = () => Promise.resolve([]);
    const deadline = Date.now() + 5_000;
    while (commune.names().length === 0 && Date.now() < deadline) await settled();
    expect([commune.names(), reads]).toEqual([['resync'], 3]);
  });

  it('takes records of its generation only, and of the new one once that has begun', async () => {
    const watcher = open(COUNTRY);
    stream.onWindow(quarter(4, 0));
    stream.onWindow(quarter(7, 1, 2));
    source.generation = 2;
    source.onGap();
    stream.onWindow(quarter(5, 2));
    stream.onWindow(quarter(8, 3, 2));
    await settled();
    expect([watcher.names(), watcher.figures()]).toEqual([
      ['rollup', 'resync', 'rollup'],
      [4, 8],
    ]);
  });

  describe('of some windows', () => {
    const both = (n: number, offset: number) => {
      stream.onWindow(published('VN', '2026-03', n, { offset }));
      stream.onWindow(published('VN', '2026-Q1', n, { offset: offset + 1 }));
    };

    it('says what changes in these alone, and all of it to who asks for no window', async () => {
      const [month, two, all] = [open(COUNTRY, undefined, ['2026-03']), open(COUNTRY, undefined, ['2026-Q1', '2026-03']), open(COUNTRY)];
      both(4, 0);
      await settled();
      expect(month.windows()).toEqual(['2026-03']);
      expect(two.windows()).toEqual(['2026-03', '2026-Q1']);
      expect(all.windows()).toEqual(['2026-03', '2026-Q1']);
    });

    it('gives who comes back what came since in these, and knows nothing of windows that nobody watched', async () => {
      const month = open(COUNTRY, undefined, ['2026-03']);
      both(4, 0);
      await settled();
      const before = month.lastId();
      month.close();
      both(5, 2);
      const [same, other] = [open(COUNTRY, before, ['2026-03']), open(COUNTRY, before, ['2026-Q1'])];
      await settled();
      expect([same.names(), same.figures()]).toEqual([['rollup'], [5]]);
      expect(other.names()).toEqual(['resync']);
    });

    it('begins with what MongoDB may not have of these', async () => {
      const topic = topics.nationalRollups;
      source.unwritten.note(topic, 0, published('VN', '2026-03', 4));
      source.unwritten.note(topic, 0, published('VN', '2026-Q1', 5, { offset: 1 }));
      const month = open(COUNTRY, undefined, ['2026-03']);
      await settled();
      expect([month.windows(), month.names()]).toEqual([['2026-03'], ['rollup']]);
    });

    it("has the provinces' figures of these, and how far the reports of every month are", async () => {
      const reports = JSON.stringify({ '00004': [1, 0] });
      const country = open(COUNTRY, undefined, ['2026-03'], true);
      stream.onWindow(published('01', '2026-03', 1, { reports }));
      stream.onWindow(published('01', '2026-04', 2, { offset: 1, reports }));
      stream.onWindow(published('01', '2026-Q2', 3, { offset: 2 }));
      await settled();
      expect(country.names().map((name, n) => [name, country.windows()[n]])).toEqual([
        ['rollup', '2026-03'],
        ['reports', '2026-03'],
        ['reports', '2026-04'],
      ]);
    });

    it("makes a commune's windows from its months, and sends these", async () => {
      const month = open(COMMUNE, undefined, ['2026-03']);
      const quarterToo = open(COMMUNE, undefined, ['2026-Q1', '2026-03']);
      await settled();
      stream.onUnitMonth(communeMonth(7));
      await settled();
      expect([month.windows(), reads]).toEqual([['2026-03'], 1]);
      expect(quarterToo.windows()).toEqual(['2026-03', '2026-Q1']);
    });
  });
});
