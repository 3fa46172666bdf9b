/** What several runs say together: the middle one, and how far the others lie from it. */
export interface Statistics {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export const statistics = (values: readonly number[]): Statistics => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
};
