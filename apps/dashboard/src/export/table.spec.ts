import { tableOf, type Cell } from './table.js';

const rowOf = (answer: unknown, n = 0): Record<string, Cell> => {
  const { columns, rows } = tableOf(answer) ?? { columns: [], rows: [] };
  return Object.fromEntries(columns.map((column, at) => [column, rows[n][at]]));
};
const reporting = { expected: 127, reported: 100, current: 90 };
const rollup = { indicator: 'b', numerator: 12, denominator: 30, percent: 40, breakdown: {}, reporting, target: null };

describe('an answer as a table', () => {
  it('says of a figure what it is of, in codes, names and days', () => {
    expect(rowOf({ unit: '01', window: '2026-Q1', items: [rollup] })).toMatchObject({
      unit: '01',
      unit_name: 'Thành phố Hà Nội',
      unit_level: 'province',
      parent: 'VN',
      window_from: '2025-12-15',
      window_to: '2026-03-14',
      indicator: 'b',
      kind: 'ratio',
      numerator: 12,
      denominator: 30,
      value: null,
      percent: 40,
      expected: 127,
      reported: 100,
      current: 90,
      target_percent: null,
      category: null,
      classification: 'internal',
    });
  });

  it('has a row for each category of a breakdown, beside the whole', () => {
    const breakdown = { addict: { numerator: 5, denominator: 10 }, family: { numerator: 7, denominator: 20 } };
    const answer = { unit: '00004', window: '2026-03', items: [{ ...rollup, breakdown }] };
    expect(tableOf(answer)?.rows).toHaveLength(3);
    expect(rowOf(answer, 1)).toMatchObject({ category: 'addict', numerator: 5, denominator: 10, percent: null });
    expect(rowOf(answer, 1)).toMatchObject({ unit: '00004', indicator: 'b', classification: 'restricted' });
  });

  it('has the same columns whatever figures there are, and where there are none', () => {
    const of = (...items: object[]) => tableOf({ unit: '01', window: '2026-03', items })?.columns;
    const target = { op: '>=', percent: 80, scope: ['hospital'] };
    expect(of({ ...rollup, target, value: 3 })).toEqual(of(rollup));
    expect(of()).toEqual(of(rollup));
  });

  it('has a row for each cell of units by indicators, with what it is compared with', () => {
    const { breakdown: _none, ...figure } = rollup;
    const before = { numerator: 10, denominator: 30, percent: 33.33 };
    const cell = { ...figure, target: { op: '>=', percent: 50 }, gap: -10, attained: false, before };
    const items = [cell, { ...figure, indicator: 'c', gap: null, before: null }];
    const rows = [
      { unit: '01', name: 'x', hasPlan: true, items },
      { unit: '15', name: 'y', hasPlan: false, items: [] },
    ];
    const answer = { unit: 'VN', window: '2026-Q1', before: '2025-Q4', rows };
    expect(tableOf(answer)?.rows).toHaveLength(2);
    expect(rowOf(answer)).toMatchObject({
      ...{ unit: '01', unit_name: 'Thành phố Hà Nội', window: '2026-Q1', indicator: 'b', has_plan: true },
      ...{ percent: 40, target_percent: 50, attained: false, gap: -10 },
      ...{ before_window: '2025-Q4', before_numerator: 10, before_denominator: 30, before_percent: 33.33 },
      classification: 'internal',
    });
    expect(rowOf(answer, 1)).toMatchObject({ indicator: 'c', gap: null, before_percent: null });
    expect(tableOf({ ...answer, rows: [] })?.columns).toEqual(tableOf(answer)?.columns);
  });

  it('keeps sums of any size exact', () => {
    expect(rowOf({ window: '2026', items: [{ ...rollup, unit: 'VN', value: 9_007_199_254_740_993n }] }).value).toBe(
      9_007_199_254_740_993n,
    );
  });

  it('of children names each, and what the answer says of all of them', () => {
    const answer = { unit: '01', window: '2026-03', indicator: 'b', items: [{ ...rollup, unit: '00004', name: 'x' }] };
    expect(rowOf(answer)).toMatchObject({
      unit: '00004',
      unit_name: 'Phường Ba Đình',
      parent: '01',
      window: '2026-03',
    });
  });

  it('flattens other lists by the names of their members', () => {
    const item = { unit: '00004', by: { name: 'A' }, about: ['b', 'c'], receivedAt: '2026-03-14T09:30:01.250Z' };
    expect(rowOf({ items: [item], next: 'x' })).toEqual({
      unit: '00004',
      unit_name: 'Phường Ba Đình',
      unit_level: 'commune',
      parent: '01',
      by_name: 'A',
      about: 'b c',
      received_at: '2026-03-14T09:30:01.250Z',
      classification: 'restricted',
    });
    const child = { unit: '01', name: 'Thành phố Hà Nội', expected: 127 };
    expect(rowOf({ unit: 'VN', window: '2026-03', expected: 3355, children: [child] })).toMatchObject({
      of_unit: 'VN',
      unit: '01',
      of_expected: 3355,
      expected: 127,
    });
  });

  it('of figures month by month says the month of each, and has the same columns where there are none', () => {
    const answer = { unit: '01', from: '2026-01', to: '2026-02', items: [{ window: '2026-02', ...rollup }] };
    expect(rowOf(answer)).toMatchObject({ unit: '01', window: '2026-02', window_from: '2026-01-15', numerator: 12 });
    expect(tableOf({ ...answer, items: [] })?.columns).toEqual(tableOf(answer)?.columns);
  });

  it('of suspicious figures says why, and has no figures where there are none', () => {
    const item = { unit: '00004', name: 'x', period: '2026-03', indicator: 'c', numerator: 1, reason: 'jump' };
    const answer = { unit: '01', window: '2026-Q1', total: 1, items: [item] };
    expect(rowOf(answer)).toMatchObject({
      ...{ unit: '00004', unit_name: 'Phường Ba Đình', period_to: '2026-03-14', indicator: 'c', reason: 'jump' },
      classification: 'restricted',
    });
    expect(tableOf({ ...answer, items: [] })).toEqual({ columns: [], rows: [] });
  });

  it('has of the reports of a unit without children the one row that is its own', () => {
    const counts = { expected: 1, complete: 0, units: { late: [] } };
    const child = { unit: '00004', name: 'x', expected: 1, complete: 0 };
    const commune = { unit: '00004', window: '2026-03', ...counts, children: [] };
    const province = { unit: '01', window: '2026-03', ...counts, children: [child] };
    expect(rowOf(commune)).toMatchObject({ unit: '00004', unit_name: 'Phường Ba Đình', expected: 1, complete: 0 });
    expect(new Set(tableOf(commune)?.columns)).toEqual(new Set(tableOf(province)?.columns));
    expect(tableOf(commune)?.rows).toHaveLength(1);
  });

  it('is none of what is no list', () => {
    expect([tableOf({ signedIn: null }), tableOf([1]), tableOf('x')]).toEqual([undefined, undefined, undefined]);
  });
});
