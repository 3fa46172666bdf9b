/** The stream's way to the page: gathered once a frame, newest only, nothing lost to a racing answer. */
import type { ReportsEvent, Rollup, RollupEvent } from './api';
import { LiveStore, type Board } from './live-store';

const anEvent = (fields: Partial<RollupEvent> = {}): RollupEvent => ({
  unit: 'VN',
  window: '2026-03',
  indicator: 'b',
  numerator: 1,
  denominator: 2,
  percent: 50,
  breakdown: {},
  reporting: { expected: 1, reported: 1, current: 1 },
  target: null,
  hasPlan: false,
  attained: null,
  updatedAt: '2026-03-14T09:30:00Z',
  ...fields,
});
const at = (second: number): string => `2026-03-14T09:30:${String(second).padStart(2, '0')}Z`;

function setUp() {
  const held = new Map<string, Rollup[]>([['VN|2026-03', []]]);
  const calls = { put: 0, all: 0, reports: [] as ReportsEvent[][], moved: [] as string[][] };
  const tasks: (() => void)[] = [];
  const board: Board = {
    rollups: (unit, window) => held.get(`${unit}|${window}`),
    putRollups: (unit, window, items) => {
      calls.put += 1;
      held.set(`${unit}|${window}`, items);
    },
    figuresMoved: (units) => calls.moved.push([...units]),
    reportsMoved: (events) => calls.reports.push(events),
    readAll: () => (calls.all += 1),
  };
  let now = 0;
  const live = new LiveStore(
    board,
    (task) => tasks.push(task),
    () => (now += 1),
  );
  live.watch('2026-03', undefined);
  const frame = () => tasks.splice(0).forEach((task) => task());
  return { live, held, calls, tasks, frame };
}

describe('the live store', () => {
  it('writes a burst once a frame, and the newest of each figure', () => {
    const { live, held, calls, tasks, frame } = setUp();
    for (let i = 0; i < 59; i += 1) live.rollup(anEvent({ numerator: i, updatedAt: at(i) }));
    live.rollup(anEvent({ numerator: 99, updatedAt: at(3) }));
    expect(tasks).toHaveLength(1);
    frame();
    expect(calls.put).toBe(1);
    expect(held.get('VN|2026-03')?.[0]?.numerator).toBe(58);
    expect(live.snapshot().changedAt).toBe(at(58));
  });

  it('names the children whose figures two readings tell apart', () => {
    const { live } = setUp();
    const { window: _, ...rollup } = anEvent();
    const row = (unit: string, numerator: number) => ({ ...rollup, unit, name: unit, reported: true, numerator });
    const { numerator: _n, denominator: _d, percent: _p, breakdown: _b, updatedAt: _u, ...unreported } = rollup;
    const missing = { ...unreported, unit: '00012', name: 'x', reported: false };
    live.childrenRead('01', '2026-Q1', [row('00004', 1)], [row('00004', 2)]);
    expect(live.snapshot().changes).toEqual([]);
    live.childrenRead(
      '01',
      '2026-03',
      [row('00004', 1), row('00008', 1), missing],
      [row('00004', 2), row('00008', 1), row('00012', 1)],
    );
    const told = live.snapshot().changes.map(({ unit, of, before }) => [unit, of, before?.numerator]);
    expect(told).toEqual([
      ['00012', '01', undefined],
      ['00004', '01', 1],
    ]);
  });

  it('drops other windows', () => {
    const { live, tasks } = setUp();
    live.rollup(anEvent({ window: '2026-Q1' }));
    expect(tasks).toHaveLength(0);
  });

  it('writes every indicator, and lists changes of those that it is to follow', () => {
    const { live, held, frame } = setUp();
    live.watch('2026-03', new Set(['b']));
    live.rollup(anEvent({ indicator: 'loans', value: 5 }));
    live.rollup(anEvent({ indicator: 'b', numerator: 7 }));
    frame();
    expect(held.get('VN|2026-03')?.map(({ indicator }) => indicator)).toEqual(expect.arrayContaining(['loans', 'b']));
    expect(live.snapshot().changes.map(({ indicator }) => indicator)).toEqual(['b']);
  });

  it('lists changes of units that the page does not show in full', () => {
    const { live, held, calls, frame } = setUp();
    live.rollup(anEvent({ unit: '15' }));
    frame();
    expect(held.has('15|2026-03')).toBe(false);
    expect(live.snapshot().changes.map((change) => change.unit)).toEqual(['15']);
    expect(calls.moved).toEqual([['15']]);
  });

  it('keeps what came while an answer was under way', () => {
    const { live, frame } = setUp();
    const askedAt = live.clock();
    live.rollup(anEvent({ unit: '01', numerator: 2, updatedAt: at(5) }));
    frame();
    const { unit: _unit, window: _window, ...stale } = anEvent({ unit: '01', numerator: 1, updatedAt: at(4) });
    expect(live.merged('01', '2026-03', [stale], askedAt)[0]?.numerator).toBe(2);
    expect(live.merged('01', '2026-Q1', [stale], askedAt)).toEqual([stale]);
  });

  it('starts anew for another window', () => {
    const { live, frame } = setUp();
    live.rollup(anEvent());
    frame();
    live.watch('2026-04', undefined);
    expect(live.snapshot().changes).toEqual([]);
  });

  it('reads everything again where events were missed, and not for a connection that came back with them', () => {
    const { live, calls } = setUp();
    live.opened();
    live.lost();
    expect(live.snapshot().connection).toBe('lost');
    live.opened();
    expect(calls.all).toBe(0);
    live.resync();
    expect(calls.all).toBe(1);
  });

  it('hands on the latest counts of reports', () => {
    const { live, calls, frame } = setUp();
    live.report({ unit: '01', window: '2026-03', expected: 127, reported: 1, complete: 0 });
    live.report({ unit: '01', window: '2026-03', expected: 127, reported: 2, complete: 1 });
    frame();
    expect(calls.reports).toEqual([[{ unit: '01', window: '2026-03', expected: 127, reported: 2, complete: 1 }]]);
  });
});
