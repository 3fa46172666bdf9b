/** Gap and pace, in whole people. */
import { attains, gapTo, growthGap, monthsLeft, paceOf, scopedFigure, type Goal } from './pace';

const atLeast = (percent: number): Goal => ({ op: '>=', percent });
const moreThan = (percent: number): Goal => ({ op: '>', percent });

describe('the gap to a target', () => {
  it.each([
    [atLeast(40), 30, 100, { points: -10, more: 10 }],
    [atLeast(40), 40, 100, { points: 0, more: 0 }],
    // Equal is not more than.
    [moreThan(40), 40, 100, { points: 0, more: 1 }],
    [moreThan(30), 41, 100, { points: 11, more: 0 }],
    // Never a fraction of a person: a third of ten takes four.
    [atLeast(33.4), 0, 10, { points: -33.4, more: 4 }],
    [atLeast(50), 1, 3, { points: -16.67, more: 1 }],
    [atLeast(100), 99, 100, { points: -1, more: 1 }],
    // 79.9992 % is shown as 80 and is not 80.
    [atLeast(80), 99_999, 125_000, { points: 0, more: 1 }],
    // Nothing is more than everything.
    [moreThan(100), 5, 10, { points: -50, more: undefined }],
    [atLeast(40), 0, 0, { points: undefined, more: undefined }],
  ])('to %j of %d of %d', (goal, numerator, denominator, gap) =>
    expect(gapTo(goal, { numerator, denominator })).toEqual(gap),
  );

  it('is closed by that many, and not by one less', () => {
    for (let denominator = 1; denominator < 60; denominator += 1)
      for (const goal of [atLeast(37), moreThan(37), atLeast(50), moreThan(50)]) {
        const { more = NaN } = gapTo(goal, { numerator: 0, denominator });
        expect([attains(goal, more, denominator), attains(goal, more - 1, denominator)]).toEqual([true, false]);
      }
  });

  it('looks at the categories of the target alone', () => {
    const part = (numerator: number, denominator: number) => ({ numerator, denominator });
    const rollup = {
      ...part(9, 20),
      breakdown: { hospital: part(1, 2), health_station: part(3, 8), public_rehab: part(5, 10) },
    };
    const target = { ...atLeast(65), scope: ['public_rehab', 'health_station', 'nowhere'] };
    expect(scopedFigure(rollup, target)).toEqual(part(8, 18));
    expect(scopedFigure(rollup, atLeast(65))).toBe(rollup);
  });

  it('of growth is one more than the year before', () => {
    expect([growthGap(7, 7), growthGap(8, 7), growthGap(2, 7)].map(({ more }) => more)).toEqual([1, 0, 6]);
  });
});

describe('the pace that it takes', () => {
  it.each([
    ['2026-01-14T12:00:00+07:00', 12],
    ['2026-01-15T00:00:00+07:00', 11],
    ['2026-11-30T00:00:00+07:00', 1],
    ['2026-12-14T23:59:59+07:00', 1],
    ['2026-12-15T00:00:00+07:00', 0],
    ['2025-06-01T00:00:00+07:00', 12],
  ])('counts the months that are not over: %s leaves %d of 2026', (now, months) =>
    expect(monthsLeft(2026, new Date(now))).toBe(months),
  );

  it('is so many a month, in whole people, where it is at least one a month', () => {
    expect(paceOf(34, 4)).toBe(9);
    expect(paceOf(4, 4)).toBe(1);
    expect([paceOf(3, 4), paceOf(0, 4), paceOf(5, 0)]).toEqual([undefined, undefined, undefined]);
  });
});
