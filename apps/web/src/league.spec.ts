/** Cells of the league table. */
import type { Cell } from './api-table';
import { changeOf, measured, signed } from './league';

const aCell = (some: Partial<Cell>): Cell => ({
  indicator: 'c',
  percent: null,
  reporting: { expected: 1, reported: 1, current: 1 },
  target: null,
  attained: null,
  gap: null,
  before: null,
  ...some,
});

describe('a cell of the league table', () => {
  it('changed by points of its percentage, or by what is counted', () => {
    expect(changeOf(aCell({ percent: 63.18, before: { percent: 61.1 } }))).toBe(2.08);
    expect(changeOf(aCell({ value: 12, before: { value: 15, percent: null } }))).toBe(-3);
  });

  it('has no change where the window before has no figure, or one of the two cannot be divided', () => {
    expect(changeOf(aCell({ percent: 50 }))).toBeNull();
    expect(changeOf(aCell({ percent: 50, before: { numerator: 0, denominator: 0, percent: null } }))).toBeNull();
    expect(changeOf(aCell({ before: { percent: 50 } }))).toBeNull();
  });

  it('is ordered by what is looked at', () => {
    const cell = aCell({ percent: 60, gap: -20, before: { percent: 55 } });
    expect([undefined, 'gap' as const, 'change' as const].map((measure) => measured(cell, measure))).toEqual([
      60, -20, 5,
    ]);
    expect(measured(undefined, undefined)).toBeNull();
  });
});

test('what was added or is lacking has its sign', () => {
  expect([signed(-16.82, 'vi'), signed(1.2, 'vi'), signed(0, 'vi'), signed(-1234.5, 'en')]).toEqual([
    '−16,82',
    '+1,2',
    '0',
    '−1,234.5',
  ]);
});
