/** Which report of a cell counts, and what the others were beaten by. */
import type { FigureChange } from './api';
import { monthsOf, standingsOf } from './cell-words';

const change = (at: number, revision: number, more: Partial<FigureChange> = {}): FigureChange => ({
  at: `2026-03-0${at}T00:00:00.000Z`,
  unit: '00004',
  period: '2026-03',
  cause: 'event',
  event: { id: `e${at}`, revision, time: '2026-03-01T00:00:00Z' },
  before: null,
  after: { value: at },
  difference: { value: 1 },
  total: { value: at },
  ...more,
});

describe('the words of a cell', () => {
  it('counts the newest; each other was beaten by the one after it, and it is said by what', () => {
    const later = { id: 'e3', revision: 2, time: '2026-03-02T00:00:00Z' };
    const changes = [
      change(5, 1, { cause: 'decision' }),
      change(4, 2, { event: { ...later, id: 'e4' } }),
      change(3, 2, { event: later }),
      change(2, 2),
      change(1, 1),
    ];
    expect(standingsOf(changes, undefined)).toEqual([
      'counts',
      { by: 'decision', revision: 1 },
      { by: 'id', revision: 2 },
      { by: 'time', revision: 2 },
      { by: 'revision', revision: 2 },
    ]);
  });

  it('of several cells has a winner each', () => {
    const standings = standingsOf(
      [change(2, 1, { unit: '00008' }), change(1, 1), change(1, 1, { period: '2026-02' })],
      undefined,
    );
    expect(standings).toEqual(['counts', 'counts', 'counts']);
  });

  it('counts what was known at the instant that is looked at', () => {
    const standings = standingsOf([change(3, 2), change(1, 1)], '2026-03-02T00:00:00.000Z');
    expect(standings).toEqual([undefined, 'counts']);
  });
});

describe("a unit's months", () => {
  const changes = [
    change(4, 3, { period: '2026-02', after: { value: 9 } }),
    change(3, 2, { period: '2026-03', after: null }),
    change(2, 1, { period: '2026-03', after: { value: 5 } }),
    change(1, 1, { period: '2026-01', after: { value: 4 } }),
  ];

  it('are what each said last; one that was taken back says nothing', () => {
    expect(monthsOf(changes, 'last', undefined)).toEqual([
      { period: '2026-01', figure: { value: 4 }, counts: false },
      { period: '2026-02', figure: { value: 9 }, counts: true },
    ]);
  });

  it('count all where months are added up', () => {
    expect(monthsOf(changes, 'sum', undefined).map(({ counts }) => counts)).toEqual([true, true]);
  });

  it('as of an instant are what was known then', () => {
    expect(monthsOf(changes, 'last', '2026-03-02T00:00:00.000Z').map(({ period }) => period)).toEqual([
      '2026-01',
      '2026-03',
    ]);
  });
});
