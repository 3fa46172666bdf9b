/** The judge is judged by sums made by hand: of what it says, nothing is compared with what the stages say. */
import { aReport, type ReportFields } from '../../../../test/kit/builders.js';
import type { Report } from '../cell/cell.js';
import type { Decision } from '../decision/decision.js';
import { indicators } from '../reference/catalogue.js';
import { unitOf, type Unit } from '../reference/unit.js';
import { Recomputation } from './recomputation.js';

const of = (...reports: readonly Report[]) => {
  const recomputation = new Recomputation();
  for (const report of reports) recomputation.take(report);
  return recomputation;
};
const only = (code: string) => (unit: Unit) => unit.code === code;
const january = (fields: ReportFields = {}) => aReport({ month: '2026-01', ...fields });

describe('a recomputation', () => {
  it('adds numerators and denominators up and takes the percentage of the sums, half up', () => {
    const rollups = of(january({ figure: [1, 500] }), january({ unit: '00008', figure: [0, 300] })).rollups();
    expect(rollups.get('01|2026-01|c')).toEqual({
      indicator: 'c',
      numerator: 1,
      denominator: 800,
      percent: 0.13,
      breakdown: {},
      reporting: { expected: 126, reported: 2, current: 2 },
    });
  });

  it('puts a month into its quarter, half, nine months and year, and an October into no nine months', () => {
    const windowsOf = (month: string) => [...of(aReport({ month })).rollups(only('VN')).keys()].sort();
    expect(windowsOf('2026-04')).toEqual(['-04', '-9M', '-H1', '-Q2', ''].map((w) => `VN|2026${w}|c`).sort());
    expect(windowsOf('2026-10')).toEqual(['-10', '-H2', '-Q4', ''].map((w) => `VN|2026${w}|c`).sort());
  });

  it('takes the latest month of an indicator that is a state, and the sum of one that counts', () => {
    const state = of(january({ figure: [1, 2] }), aReport({ month: '2026-02', figure: [3, 4] })).rollups(only('00004'));
    expect(state.get('00004|2026-Q1|c')).toMatchObject({ numerator: 3, denominator: 4, percent: 75 });
    const count = { indicator: 'relapses' };
    const sum = of(january({ ...count, figure: [1] }), aReport({ ...count, month: '2026-02', figure: [3] }));
    expect(sum.rollups(only('00004')).get('00004|2026-Q1|relapses')).toMatchObject({ value: 4, percent: null });
  });

  it('counts as current only who reported the last month of the window', () => {
    const rollups = of(january(), aReport({ unit: '00008' })).rollups(only('VN'));
    expect(rollups.get('VN|2026-Q1|c')?.reporting).toEqual({ expected: 3321, reported: 2, current: 1 });
    expect(rollups.get('VN|2026-H1|c')?.reporting).toMatchObject({ reported: 2, current: 0 });
  });

  it('adds up the categories that are given, each by itself', () => {
    const b = (unit: string, figure: (number | null)[]) => january({ unit, indicator: 'b', figure });
    const parts = of(b('00004', [12, 30, 5, 10, null, null, 7, 20]), b('00008', [1, 2])).rollups(only('01'));
    expect(parts.get('01|2026-01|b')).toMatchObject({
      numerator: 13,
      denominator: 32,
      breakdown: { addict: { numerator: 5, denominator: 10 }, family: { numerator: 7, denominator: 20 } },
    });
  });

  it('is exact beyond 2^53', () => {
    const spent = (unit: string, value: number) => january({ unit, indicator: 'loan_amount', figure: [value] });
    const sum = of(spent('00004', 2 ** 53 - 1), spent('00008', 2)).rollups(only('VN'));
    expect(sum.get('VN|2026|loan_amount')?.value).toBe(9_007_199_254_740_993n);
  });

  it.each<[string, ReportFields, ReportFields]>([
    ['the greater revision', { revision: 1, seconds: 2_000_000_000 }, { revision: 2 }],
    ['the later second', { seconds: 1 }, { seconds: 2 }],
    ['the later instant, to the last decimal', { fraction: '4999999999999999999' }, { fraction: '5' }],
    ['the greater id by code point', { id: '\uff21' }, { id: '\u{1f600}' }],
    ['the greater data by code point, 5 after 12', { figure: [12, 30] }, { figure: [5, 30] }],
    ['of one data the longer', { figure: [1, 3] }, { figure: [1, 30] }],
  ])('keeps %s of a cell, whichever comes first', (_, lesser, greater) => {
    const [loser, winner] = [january({ figure: [7, 9], ...lesser }), january({ figure: [8, 9], ...greater })];
    for (const order of [
      [loser, winner],
      [winner, loser, loser],
    ]) {
      expect(of(...order).liveCells(unitOf('00004') as Unit)).toEqual(new Map([['2026-01|c', winner.figure]]));
    }
  });

  it('has nothing of a cell that was taken back', () => {
    const taken = of(january({ revision: 2, figure: null }), january());
    expect([taken.rollups().size, taken.liveCells(unitOf('00004') as Unit).size]).toEqual([0, 0]);
  });

  it('answers one window as it answers it among all', () => {
    const reports = ['2026-01', '2026-04', '2026-11'].map((month) => aReport({ month }));
    const all = [...of(...reports).rollups(only('VN'))].filter(([key]) => key === 'VN|2026-H1|c');
    expect([...of(...reports).rollups(only('VN'), '2026-H1')]).toEqual(all);
    expect(all).toHaveLength(1);
  });

  const whole = (level: 'commune' | 'province', last: ReportFields) =>
    indicators
      .filter(({ reported_by }) => reported_by.includes(level))
      .map(({ code, kind }, n) => {
        const figure = kind === 'ratio' ? [1, 2] : [1];
        return january({ indicator: code, figure, receivedAt: 5_000, ...(n === 3 ? last : {}) });
      });
  const completedAt = (...reports: readonly Report[]) =>
    of(...reports)
      .reports('01')
      .get('2026-01')?.['00004'][1];

  it("says when the last of a unit's cells was first received, to the second, whatever the unit says of the time", () => {
    expect(completedAt(...whole('commune', { receivedAt: 9_999, seconds: 1 }))).toBe(9);
    const corrected = whole('commune', { receivedAt: 20_000, revision: 2 })[3];
    expect(completedAt(corrected, ...whole('commune', { receivedAt: 9_999 }))).toBe(9);
  });

  it('does not count as received what was taken back when it came', () => {
    const early = whole('commune', { receivedAt: 7_000 });
    const gone = { ...early[3], figure: null, revision: 2, receivedAt: 6_000 };
    const anew = { ...early[3], revision: 3, receivedAt: 8_000 };
    expect(completedAt(...early, gone, anew)).toBe(8);
  });

  it('says how many cells of a unit live, and nothing of completion while one is missing', () => {
    const reports = of(january(), january({ indicator: 'd' })).reports('01');
    expect(reports).toEqual(new Map([['2026-01', { '00004': [2, 0] }]]));
  });

  const decided = { order: 1, receivedAt: 30, province: '01', month: january().month, by: { id: 'a', name: 'A' } };
  const lock = { ...decided, type: 'month.locked', cutOff: 15, figures: '' } as const;
  const words = [10, 20, 40].map((receivedAt, n) => january({ revision: n + 1, receivedAt, figure: [n + 1, 9] }));
  const saidBy = (asOf: number | undefined, ...decisions: readonly Decision[]) => {
    const recomputation = new Recomputation(asOf);
    for (const word of words) recomputation.take(word);
    for (const decision of decisions) recomputation.decide(decision);
    return recomputation.liveCells(unitOf('00004') as Unit).get('2026-01|c')?.[0];
  };

  it('reads a locked month as of its cut-off from the lock on, or as of what was accepted since', () => {
    const cell = { unit: january().unit, indicator: january().indicator };
    const accepted = { ...decided, ...cell, order: 2, receivedAt: 50, type: 'correction.accepted', upTo: 20 } as const;
    const reopened = { ...decided, order: 3, receivedAt: 60, type: 'month.reopened', reason: '' } as const;
    expect([9, 10, 20, 29, 30, 45, 50, 60].map((at) => saidBy(at, lock, accepted, reopened))).toEqual([
      ...[undefined, 1, 2, 2],
      ...[1, 1, 2, 3],
    ]);
    expect([saidBy(undefined, lock), saidBy(undefined, lock, accepted)]).toEqual([1, 2]);
  });

  it('counts a decision that was sent twice at its first place', () => {
    const locked = { ...lock, id: 'a lock' };
    const reopened = { ...decided, order: 2, receivedAt: 60, type: 'month.reopened', reason: '' } as const;
    const again = { ...locked, order: 3, receivedAt: 70 };
    expect([saidBy(undefined, locked, reopened, again), saidBy(undefined, again, reopened, locked)]).toEqual([3, 3]);
  });

  it('has of each cell the words that it ever had, by receipt, and of each month its decisions', () => {
    const all = of(january({ revision: 1, receivedAt: 5 }), january({ revision: 4, receivedAt: 3 }), ...words);
    all.decide(lock);
    const [history] = all.histories(unitOf('00004') as Unit).values();
    expect(history.map(({ receivedAt, revision }) => [receivedAt, revision])).toEqual([[3, 4]]);
    expect([...all.decided('01')]).toEqual([['2026-01', [1]]]);
  });
});
