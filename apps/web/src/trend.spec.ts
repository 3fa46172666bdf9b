/** A year's months as a line. */
import type { Figure } from './api';
import { trendOf, type TrendMonth } from './trend';

const year = (...figures: (Figure | null)[]): TrendMonth[] =>
  figures.map((figure, n) => ({ period: `2026-${String(n + 1).padStart(2, '0')}`, figure, isProvisional: false }));
const share = (numerator: number, denominator = 100): Figure => ({ numerator, denominator });

describe("a year's trend", () => {
  it('draws shares between 0 and 100 %, with the target where it stands', () => {
    const trend = trendOf(year(share(0), share(100)), [], 50);
    expect(trend).toMatchObject({ line: 'M5 55L25.9 5', before: '', goal: 30, isPercent: true, most: 100 });
    expect(trend?.marks.map(({ month }) => month.period)).toEqual(['2026-01', '2026-02']);
  });

  it('is broken where a month says nothing, or has nothing to divide by', () => {
    const trend = trendOf(year(share(50), null, share(50), share(0, 0), share(50), share(50)), [], undefined);
    expect(trend?.line).toBe('M5 30M46.8 30M88.6 30L109.5 30');
    expect(trend?.marks).toHaveLength(4);
    expect(trend?.goal).toBeUndefined();
  });

  it('draws counts up to the greatest of both years and the target', () => {
    const trend = trendOf(year({ value: 5 }), year({ value: 10 }), undefined);
    expect(trend).toMatchObject({ line: 'M5 30', before: 'M5 5', isPercent: false, most: 10 });
    expect(trendOf(year({ value: 5 }), [], 20)?.most).toBe(20);
    expect(trendOf(year({ value: 0 }), [], undefined)?.line).toBe('M5 55');
  });

  it('is none where no month says anything', () => expect(trendOf(year(null, null), year(null), 40)).toBeUndefined());
});
