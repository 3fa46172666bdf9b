/** Which figures an event moved, in every window of its month. */
import type { Figure, FigureChange } from './api';
import { movesOf } from './moved-figures';

const said = (at: number, period: string, id: string, after: Figure | null, unit = '00004'): FigureChange => ({
  ...{ at: `2026-05-0${at}T00:00:00.000Z`, unit, period, cause: 'event', before: null, after },
  event: { id, revision: at, time: '2026-03-01T00:00:00Z' },
  ...{ difference: { value: 0 }, total: { value: 0 } },
});
const windows = (moves: ReturnType<typeof movesOf>) =>
  moves?.figures.map(({ window, before, after, difference, now }) => [
    window,
    before?.value ?? null,
    after?.value ?? null,
    difference.value,
    now?.value ?? null,
  ]);

describe('the figures that an event moved', () => {
  const changes = [
    said(4, '2026-03', 'd', { value: 11 }),
    said(3, '2026-02', 'c', { value: 7 }),
    said(3, '2026-02', 'c', { value: 100 }, '00008'),
    said(2, '2026-03', 'b', { value: 10 }),
    said(1, '2026-02', 'a', { value: 5 }),
  ];
  const c = { unit: '00004', period: '2026-02', event: 'c' };

  it('are those of every window of the month where months are added up', () => {
    expect(windows(movesOf(changes, c, 'sum'))).toEqual([
      ['2026-02', 5, 7, 2, 7],
      ['2026-Q1', 15, 17, 2, 18],
      ['2026-H1', 15, 17, 2, 18],
      ['2026-9M', 15, 17, 2, 18],
      ['2026', 15, 17, 2, 18],
    ]);
  });

  it('are the month alone where a newer one is what counts', () => {
    expect(windows(movesOf(changes, c, 'last'))?.map(([window, , , difference]) => [window, difference])).toEqual([
      ['2026-02', 2],
      ['2026-Q1', 0],
      ['2026-H1', 0],
      ['2026-9M', 0],
      ['2026', 0],
    ]);
  });

  it('begin from nothing with the first event, and fall to nothing where one takes it back', () => {
    const ratio = { numerator: 3, denominator: 4 };
    const some = [said(2, '2026-12', 'y', null), said(1, '2026-12', 'x', ratio)];
    const of = (event: string) => movesOf(some, { unit: '00004', period: '2026-12', event }, 'last')?.figures[0];
    expect(of('x')).toMatchObject({ before: null, after: ratio, difference: ratio, now: null });
    expect(of('y')).toMatchObject({ before: ratio, after: null, difference: { numerator: -3, denominator: -4 } });
  });

  it('are none where the event never was what counts', () =>
    expect(movesOf(changes, { ...c, event: 'z' }, 'sum')).toBeUndefined());
});
