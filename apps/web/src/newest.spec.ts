/** Races between an answer and the stream, in the orders in which they can end. */
import type { Rollup } from './api';
import { applyArrived, hasFigure, mergeAnswer, newest, sameFigure } from './newest';

const aRollup = (fields: Partial<Rollup> = {}): Rollup => ({
  indicator: 'b',
  numerator: 1,
  denominator: 2,
  percent: 50,
  breakdown: {},
  reporting: { expected: 126, reported: 1, current: 1 },
  target: null,
  hasPlan: true,
  attained: null,
  updatedAt: '2026-03-14T09:30:00Z',
  ...fields,
});
const older = '2026-03-14T09:29:59.999Z';
const newer = '2026-03-14T09:30:00.500Z';

describe('the newest figure', () => {
  it('goes by the instant, not by how it is written', () => {
    const held = aRollup({ updatedAt: '2026-03-14T16:30:00+07:00', numerator: 1 });
    expect(newest(held, aRollup({ updatedAt: older }))).toBe(held);
    expect(newest(held, aRollup({ updatedAt: newer, numerator: 2 })).numerator).toBe(2);
    expect(newest(held, aRollup({ numerator: 3 })).numerator).toBe(3);
  });

  it('keeps a streamed figure that is newer than the answer', () => {
    const streamed = aRollup({ numerator: 9, updatedAt: newer });
    expect(mergeAnswer([aRollup()], [{ item: streamed, at: 5 }], 10)).toEqual([streamed]);
    expect(mergeAnswer([aRollup()], [{ item: aRollup({ numerator: 9, updatedAt: older }), at: 15 }], 10)).toEqual([
      aRollup(),
    ]);
  });

  it('of one instant is the answer’s, unless the stream brought it after that was asked for', () => {
    const streamed = aRollup({ numerator: 9 });
    expect(mergeAnswer([aRollup()], [{ item: streamed, at: 9 }], 10)).toEqual([aRollup()]);
    expect(mergeAnswer([aRollup()], [{ item: streamed, at: 10 }], 10)).toEqual([streamed]);
  });

  it('keeps an indicator that was first reported while the answer was under way', () => {
    const streamed = aRollup({ indicator: 'c' });
    expect(mergeAnswer([], [{ item: streamed, at: 11 }], 10)).toEqual([streamed]);
    expect(mergeAnswer([], [{ item: streamed, at: 10 }], 10)).toEqual([streamed]);
  });

  it('does not bring back an indicator that the answer no longer has', () => {
    expect(mergeAnswer([], [{ item: aRollup(), at: 9 }], 10)).toEqual([]);
  });

  it('takes an indicator away when the stream says that nothing is reported', () => {
    const gone = aRollup({ numerator: undefined, denominator: undefined, updatedAt: newer });
    expect(hasFigure(gone)).toBe(false);
    expect(applyArrived([aRollup(), aRollup({ indicator: 'c' })], [gone]).map((item) => item.indicator)).toEqual(['c']);
    expect(applyArrived([aRollup({ updatedAt: newer })], [{ ...gone, updatedAt: older }])).toHaveLength(1);
  });

  it('compares figures by their numbers', () => {
    expect(sameFigure({ numerator: 1, denominator: 2 }, aRollup())).toBe(true);
    expect(sameFigure({ value: 0 }, undefined)).toBe(false);
  });
});
