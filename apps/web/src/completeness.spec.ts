/** A province's counts in the country's. */
import type { Completeness } from './api';
import { withReports } from './completeness';

const aCountry = (): Completeness => ({
  unit: 'VN',
  window: '2026-03',
  expected: 227,
  reported: 10,
  complete: 5,
  onTime: 5,
  late: 0,
  partial: 5,
  missing: 217,
  units: { late: [], partial: [], missing: [] },
  children: [
    {
      unit: '01',
      name: 'Hà Nội',
      expected: 127,
      reported: 10,
      complete: 5,
      onTime: 5,
      late: 0,
      partial: 5,
      missing: 117,
    },
    {
      unit: '15',
      name: 'Lào Cai',
      expected: 100,
      reported: 0,
      complete: 0,
      onTime: 0,
      late: 0,
      partial: 0,
      missing: 100,
    },
  ],
});

describe('completeness', () => {
  it('adds a province up into the country', () => {
    const next = withReports(aCountry(), { unit: '15', window: '2026-03', expected: 100, reported: 3, complete: 2 });
    expect(next).toMatchObject({ expected: 227, reported: 13, complete: 7 });
    expect(next.children[1]).toMatchObject({ reported: 3, complete: 2, onTime: 0 });
  });

  it('leaves other months and unknown units alone', () => {
    const held = aCountry();
    expect(withReports(held, { unit: '15', window: '2026-02', expected: 100, reported: 3, complete: 2 })).toBe(held);
    expect(withReports(held, { unit: '99', window: '2026-03', expected: 100, reported: 3, complete: 2 })).toBe(held);
  });
});
