/** The steps of the maps' colours, at their edges. */
import { countShades, reportedShare, shadeOf } from './shades';

describe('shades', () => {
  it.each([
    [null, 'none'],
    [0, 'low'],
    [24.99, 'low'],
    [25, 'fair'],
    [50, 'good'],
    [75, 'most'],
    [99.99, 'most'],
    [100, 'full'],
  ] as const)('puts %s on %s', (percent, shade) => {
    expect(shadeOf(percent)).toBe(shade);
  });

  it('tells nothing reported from a small share', () => {
    expect(reportedShare({ expected: 127, reported: 0 })).toBeNull();
    expect(reportedShare({ expected: 0, reported: 0 })).toBeNull();
    expect(reportedShare({ expected: 200, reported: 1 })).toBe(0.5);
  });

  it('counts how many stand on each', () => {
    expect(countShades([null, 100, 100, 30])).toEqual({ none: 1, low: 0, fair: 1, good: 0, most: 0, full: 2 });
  });
});
