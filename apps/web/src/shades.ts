/**
 * The maps' colours: five steps of one blue, from ColorBrewer's Blues, which stays in order for every kind of colour vision and in grey print.
 *
 * `none` is set apart by being grey, and `full` by standing for exactly all: "nearly all" and "all" are different answers here.
 */
export type Shade = 'none' | 'low' | 'fair' | 'good' | 'most' | 'full';

export const shades: Shade[] = ['none', 'low', 'fair', 'good', 'most', 'full'];

export const fills: Record<Shade, string> = {
  none: '#e3e6ea',
  low: '#d3e4f3',
  fair: '#9ecae1',
  good: '#5ba3d0',
  most: '#2171b5',
  full: '#08306b',
};

/** The step of a percentage from 0 to 100; `null` where there is none. */
export function shadeOf(percent: number | null): Shade {
  if (percent === null) return 'none';
  if (percent < 25) return 'low';
  if (percent < 50) return 'fair';
  if (percent < 75) return 'good';
  return percent < 100 ? 'most' : 'full';
}

/** The share of reports that are in, as a percentage; `null` where none is in. */
export const reportedShare = (counts: { expected: number; reported: number }): number | null =>
  counts.expected === 0 || counts.reported === 0 ? null : (100 * counts.reported) / counts.expected;

/** How many values stand on each step. */
export function countShades(values: (number | null)[]): Record<Shade, number> {
  const counts: Record<Shade, number> = { none: 0, low: 0, fair: 0, good: 0, most: 0, full: 0 };
  for (const value of values) counts[shadeOf(value)] += 1;
  return counts;
}
