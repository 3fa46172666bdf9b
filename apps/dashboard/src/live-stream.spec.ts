import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
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

const risingIds = (ids: readonly string[]): boolean =>
  ids.map((id) => Number(id.split('-')[1])).every((number, n, all) => n === 0 || all[n - 1] <= number);

interface Asked {
  readonly windows?: readonly string[];
  readonly children?: boolean;
  /** Takes nothing before `read`. */
  readonly isSlow?: boolean;
}

describe('the live stream', () => {
  let stream: LiveStream;
  let source: LiveSource;
  /** What a commune's months are read from; a test may make it fail. */
  let unitYears: () => Promise<never[]>;
  let reads: number;
  let begin: (log: EventLog) => void;

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
    begin = (log) => {
      stream = new LiveStream(source, topics, reader as unknown as RollupReader, log, logger);
    };
    begin(new EventLog('p1'));
  });

  /** Opens the stream; answers the names of the events that came, or what they say. */
  const open = (unit: Unit, lastId?: string, { windows, children = false, isSlow = false }: Asked = {}) => {
    const response = new PassThrough(isSlow ? { highWaterMark: 1 } : {});
    let text = '';
    const read = () => response.on('data', (chunk: Buffer) => (text += String(chunk)));
    if (!isSlow) read();
    const asked = { unit, children, windows: windows && new Set(windows) };
    stream.watch(asked, response as unknown as ServerResponse, lastId);
    const lines = (start: string) =>
      text.split('\n').flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
    return {
      names: () => lines('event: '),
      windows: () => lines('data: ').map((data) => (JSON.parse(data) as { window?: string }).window),
      figures: () => lines('data: ').flatMap((data) => (JSON.parse(data) as { numerator?: number }).numerator ?? []),
      response,
      read,
      /** Bytes that wait for it. */
      waiting: () => response.writableLength + response.readableLength,
      ids: () => lines('id: '),
      lastId: () => lines('id: ').at(-1) as string,
      close: () => response.destroy(),
    };
  };
  /** What is written at the next turn is, also where the five milliseconds were over before it. */
  const settled = () => sleep(5).then(() => turn());

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

  it('lets none of those who watch something else wait for what was just written to many', async () => {
    // The most there may be between two writes to the same.
    const many = Array.from({ length: 2_000 }, () => open(COUNTRY));
    const other = open(unitOf('01') as Unit);
    // However long a busy machine takes to write to so many.
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    stream.onWindow(quarter(1, 0));
    await settled();
    stream.onWindow(quarter(2, 1));
    stream.onWindow(published('01', '2026-Q1', 3));
    clock.mockRestore();
    await turn();
    await turn();
    expect([many[0].figures(), other.figures()]).toEqual([[1], [3]]);
    await sleep(120);
    expect(many[0].figures()).toEqual([1, 2]);
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
      const [month, two, all] = [
        open(COUNTRY, undefined, { windows: ['2026-03'] }),
        open(COUNTRY, undefined, { windows: ['2026-Q1', '2026-03'] }),
        open(COUNTRY),
      ];
      both(4, 0);
      await settled();
      expect(month.windows()).toEqual(['2026-03']);
      expect(two.windows()).toEqual(['2026-03', '2026-Q1']);
      expect(all.windows()).toEqual(['2026-03', '2026-Q1']);
    });

    it('gives who comes back what came since in these, and knows nothing of windows that nobody watched', async () => {
      const month = open(COUNTRY, undefined, { windows: ['2026-03'] });
      both(4, 0);
      await settled();
      const before = month.lastId();
      month.close();
      both(5, 2);
      const [same, other] = [
        open(COUNTRY, before, { windows: ['2026-03'] }),
        open(COUNTRY, before, { windows: ['2026-Q1'] }),
      ];
      await settled();
      expect([same.names(), same.figures()]).toEqual([['rollup'], [5]]);
      expect(other.names()).toEqual(['resync']);
    });

    it('begins with what MongoDB may not have of these', async () => {
      const topic = topics.nationalRollups;
      source.unwritten.note(topic, 0, published('VN', '2026-03', 4));
      source.unwritten.note(topic, 0, published('VN', '2026-Q1', 5, { offset: 1 }));
      const month = open(COUNTRY, undefined, { windows: ['2026-03'] });
      await settled();
      expect([month.windows(), month.names()]).toEqual([['2026-03'], ['rollup']]);
    });

    it('gives those who come later the same as those who came first, and no more than MongoDB may lack', async () => {
      const topic = topics.nationalRollups;
      const passed = (n: number) => {
        source.unwritten.note(topic, 0, quarter(n, n));
        stream.onWindow(quarter(n, n));
      };
      const asked = { windows: ['2026-Q1'] };
      source.unwritten.note(topic, 0, quarter(1, 1));
      const first = open(COUNTRY, undefined, asked);
      passed(2);
      await settled();
      const second = open(COUNTRY, undefined, asked);
      source.onTick();
      source.unwritten.written(topic, 0, 3);
      source.onTick();
      passed(3);
      await settled();
      const third = open(COUNTRY, undefined, asked);
      expect([first.figures(), second.figures(), third.figures()]).toEqual([[1, 2, 3], [1, 2, 3], [3]]);
      expect(first.ids().at(-1)).toBe(third.lastId());
      expect(risingIds(second.ids())).toBe(true);
    });

    it("has the provinces' figures of these, and how far the reports of every month are", async () => {
      const reports = JSON.stringify({ '00004': [1, 0] });
      const country = open(COUNTRY, undefined, { windows: ['2026-03'], children: true });
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
      const month = open(COMMUNE, undefined, { windows: ['2026-03'] });
      const quarterToo = open(COMMUNE, undefined, { windows: ['2026-Q1', '2026-03'] });
      await settled();
      stream.onUnitMonth(communeMonth(7));
      await settled();
      expect([month.windows(), reads]).toEqual([['2026-03'], 1]);
      expect(quarterToo.windows()).toEqual(['2026-03', '2026-Q1']);
    });

    it('writes of a moment the newest word of each figure alone, ids rising', async () => {
      const many = Array.from({ length: 200 }, () => open(COUNTRY, undefined, { windows: ['2026-Q1'] }));
      for (let n = 1; n < 10; n += 1) stream.onWindow(quarter(n, n));
      await sleep(50);
      for (const watcher of many) expect(watcher.figures().at(-1)).toBe(9);
      expect(many[0].figures().length).toBeLessThan(4);
      expect(risingIds(many[0].ids())).toBe(true);
    });
  });

  describe('with watchers that read slowly', () => {
    const numberOf = (id: string) => Number(id.split('-')[1]);

    it('delays nobody and holds nothing for them, and gives them the newest of each figure as they read on', async () => {
      const windows = ['2026-Q1', '2026-03'];
      const slow = Array.from({ length: 50 }, () => open(COUNTRY, undefined, { windows, isSlow: true }));
      const quick = open(COUNTRY, undefined, { windows });
      for (let n = 1; n <= 300; n += 1) {
        stream.onWindow(quarter(n, 2 * n));
        stream.onWindow(published('VN', '2026-03', n, { offset: 2 * n + 1 }));
        if (n % 10 === 0) await settled();
      }
      expect(quick.figures().at(-1)).toBe(300);
      expect(stream.behind).toBe(50);
      for (const { waiting } of slow) expect(waiting()).toBeLessThan(1_000);
      for (const { read } of slow) read();
      await settled();
      for (const { names, figures, windows: of } of slow) {
        expect(names()).toEqual(['rollup', 'rollup']);
        expect([figures(), of()]).toEqual([[300, 300], windows]);
      }
      expect(stream.behind).toBe(0);
      stream.onWindow(quarter(301, 999));
      await settled();
      expect(slow[0].figures()).toEqual([300, 300, 301]);
      expect(risingIds(slow[0].ids())).toBe(true);
    });

    it('gives all that they missed to those who ask for no window', async () => {
      const slow = open(COUNTRY, undefined, { isSlow: true });
      for (let n = 1; n <= 5; n += 1) stream.onWindow(quarter(n, n));
      await settled();
      slow.read();
      await settled();
      expect([slow.names().length, slow.figures()]).toEqual([5, [1, 2, 3, 4, 5]]);
    });

    it('does not write twice what is on its way to everyone as they read on', async () => {
      const slow = open(COUNTRY, undefined, { windows: ['2026-Q1'], isSlow: true });
      // With so many, events of 50 ms are written together.
      for (let n = 0; n < 1_000; n += 1) open(COUNTRY, undefined, { windows: ['2026-03'] });
      stream.onWindow(quarter(1, 1));
      await settled();
      stream.onWindow(quarter(2, 2));
      slow.read();
      await sleep(100);
      expect(slow.figures().filter((figure) => figure === 2)).toEqual([2]);
      expect(risingIds(slow.ids())).toBe(true);
    });

    it('tells them to read anew where what they missed is too long ago, once, and goes on', async () => {
      begin(new EventLog('p1', { bytes: 3_000, resumeBytes: 3_000 }));
      const slow = open(COUNTRY, undefined, { isSlow: true });
      for (let n = 1; n <= 50; n += 1) {
        stream.onWindow(quarter(n, n));
        await settled();
      }
      slow.read();
      await settled();
      expect(slow.names()).toEqual(['resync']);
      stream.onWindow(quarter(51, 51));
      await settled();
      expect([slow.names(), slow.figures()]).toEqual([['resync', 'rollup'], [51]]);
    });

    it('tells them once to read anew, however often something was missed meanwhile', async () => {
      const slow = open(COUNTRY, undefined, { windows: ['2026-Q1'], isSlow: true });
      for (let n = 1; n <= 20; n += 1) {
        source.onGap();
        stream.onWindow(quarter(n, n));
        await settled();
      }
      expect(slow.waiting()).toBeLessThan(1_000);
      slow.read();
      await settled();
      expect(slow.names()).toEqual(['resync']);
      expect(numberOf(slow.lastId())).toBeGreaterThan(20);
    });
  });
});
