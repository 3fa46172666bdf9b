import type { Rollup } from '../window/rollup.js';
import { attains, gapOf, type Target } from './target.js';

const aRollup = (numerator: number, denominator: number, breakdown: Rollup['breakdown'] = {}): Rollup => ({
  indicator: 'e',
  numerator,
  denominator,
  percent: null,
  breakdown,
  reporting: { expected: 1, reported: 1, current: 1 },
});
const eighty: Target = { op: '>=', percent: 80 };

describe('the gap to a target', () => {
  it('is in points with two decimals, below the target less than 0', () => {
    expect(gapOf(eighty, aRollup(1, 3))).toBe(-46.67);
    expect(gapOf(eighty, aRollup(9, 10))).toBe(10);
    expect(gapOf({ op: '>', percent: 99.5 }, aRollup(997, 1000))).toBe(0.2);
  });

  it('is of the categories that the target looks at', () => {
    const rollup = aRollup(90, 100, {
      hospital: { numerator: 1, denominator: 2 },
      health_station: { numerator: 89, denominator: 98 },
    });
    expect(gapOf({ ...eighty, scope: ['hospital'] }, rollup)).toBe(-30);
  });

  it('is not what says whether the target is attained', () => {
    const nearly = aRollup(79_999, 100_000);
    expect([gapOf(eighty, nearly), attains(eighty, nearly, undefined)]).toEqual([0, false]);
  });

  it('is none without a target, a percentage, or a target that is one', () => {
    expect(gapOf(null, aRollup(1, 2))).toBeNull();
    expect(gapOf(eighty, aRollup(0, 0))).toBeNull();
    expect(gapOf({ trend: 'increase_year_on_year' }, aRollup(1, 2))).toBeNull();
  });
});
