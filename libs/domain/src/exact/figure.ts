/**
 * Figures: the numbers of a rollup, exact.
 *
 * A unit reports at most 10¹² VND a month, so a province's year stays below 2⁵³ and is added in doubles without loss. The
 * country's may pass 2⁵³: such a sum is a bigint, written to JSON as the plain integer that it is (exact-json.ts).
 */
export type Whole = number | bigint;

export interface Figure {
  readonly numerator?: Whole;
  readonly denominator?: Whole;
  readonly value?: Whole;
}

/** The exact sum of whole numbers; a bigint only where a double could not hold it. */
export const exactSum = (a: Whole, b: Whole): Whole => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = BigInt(a) + BigInt(b);
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : sum;
};

/** 100 × numerator ÷ denominator with two decimals, half up; null where nothing can be divided. Below 2⁵³ ÷ 20,000 exact. */
export const percentOf = ({ numerator, denominator }: Figure): number | null => {
  if (numerator === undefined || denominator === undefined || Number(denominator) === 0) return null;
  const doubled = 2 * Number(denominator);
  const dividend = 20_000 * Number(numerator) + Number(denominator);
  return (dividend - (dividend % doubled)) / doubled / 100;
};
