import { indicatorIndex, indicators } from '../reference/catalogue.js';
import { monthIndex } from '../window/period.js';
import type { MonthCells } from '../window/unit-rollup.js';
import { comparedMonths, suspiciousCells } from './suspicious.js';

const at = (period: string): number => monthIndex(period) as number;

/** An indicator month by month, the last of them the month that is looked at. */
const series = (code: string, last: string, ...figures: readonly (readonly number[] | null)[]) => {
  const first = at(last) - figures.length + 1;
  const months = new Map<number, MonthCells>();
  figures.forEach((figure, n) => months.set(first + n, figure === null ? {} : { [code]: figure }));
  return suspiciousCells((month) => months.get(month), at(last));
};
const values = (code: string, last: string, ...numbers: readonly number[]) =>
  series(code, last, ...numbers.map((number) => [number])).map(({ reason, compared }) => [reason, compared]);

const ofMonth = (cells: MonthCells, before: MonthCells = {}) => {
  const march = at('2026-03');
  const found = suspiciousCells((month) => (month === march ? cells : month === march - 1 ? before : undefined), march);
  return found.map(({ indicator, reason, against }) => [
    indicators[indicator].code,
    reason,
    ...(against === undefined ? [] : [indicators[against].code]),
  ]);
};

describe('a figure is suspicious', () => {
  it('where it is far from the median of the earlier months, up or down, and three times it or a third', () => {
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 800)).toEqual([['jump', 80]]);
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 8)).toEqual([['jump', 80]]);
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 160)).toEqual([]);
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 30)).toEqual([]);
  });

  it('from three times the median on, and a third of it, and further off than 3.5 times its root', () => {
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 240)).toEqual([['jump', 80]]);
    expect(values('pop_addicts', '2026-07', 80, 82, 79, 80, 81, 80, 239)).toEqual([]);
    expect(values('pop_addicts', '2026-07', 81, 81, 81, 81, 81, 81, 27)).toEqual([['jump', 81]]);
    expect(values('pop_addicts', '2026-07', 81, 81, 81, 81, 81, 81, 28)).toEqual([]);
    expect(values('pop_addicts', '2026-07', 16, 16, 16, 16, 16, 16, 1)).toEqual([['jump', 16]]);
    expect(values('pop_addicts', '2026-07', 16, 16, 16, 16, 16, 16, 2)).toEqual([]);
  });

  it('by the median: the middle one, or what is between the two in the middle', () => {
    expect(values('pop_addicts', '2026-07', 95, 70, 84, 74, 80, 90, 800)).toEqual([['jump', 82]]);
    expect(values('pop_addicts', '2026-08', 95, 70, 84, 74, 99, 80, 90, 800)).toEqual([['jump', 84]]);
  });

  it('whatever one wrong month before says: the median does not follow it', () =>
    expect(values('pop_addicts', '2026-08', 80, 82, 8_000, 80, 81, 79, 80, 800)).toEqual([['jump', 80]]));

  it('by the spread of the unit’s own months: what moves much is allowed much', () =>
    expect(values('trainees', '2026-07', 5, 90, 20, 150, 40, 70, 200)).toEqual([]));

  it('not before six of the last twelve months are known, and not by months that are longer ago', () => {
    expect(values('pop_addicts', '2026-06', 80, 80, 80, 80, 80, 800)).toEqual([]);
    const old = [80, 80, 80, 80, 80, 80].map((number) => [number]);
    const none = Array<null>(7).fill(null);
    expect(series('pop_addicts', '2026-12', ...old, ...none.slice(1), [800])).toHaveLength(1);
    expect(series('pop_addicts', '2026-12', ...old, ...none, [800])).toEqual([]);
  });

  it('never where few are counted', () => {
    expect(values('relapses', '2026-07', 1, 0, 1, 1, 0, 1, 7)).toEqual([]);
    expect(values('relapses', '2026-07', 2, 3, 2, 2, 3, 2, 0)).toEqual([]);
    expect(values('community_models', '2026-07', 0, 0, 0, 0, 0, 0, 1)).toEqual([]);
  });

  it('not where what seldom arises arises at once, though it is where people are counted who were never there', () => {
    expect(values('trainees', '2026-07', 0, 0, 0, 0, 0, 0, 45)).toEqual([]);
    expect(values('pop_addicts', '2026-07', 0, 0, 0, 0, 0, 0, 45)).toEqual([['jump', 0]]);
  });

  it('where it is 0 and every earlier month was more', () => {
    expect(values('media_items', '2026-07', 12, 11, 14, 12, 13, 12, 0)).toEqual([['zero', 12]]);
    expect(values('media_items', '2026-07', 12, 11, 0, 12, 13, 12, 0)).toEqual([]);
    expect(values('media_items', '2026-07', 10, 10, 10, 10, 10, 10, 0)).toEqual([['zero', 10]]);
    expect(values('media_items', '2026-07', 9, 9, 9, 9, 9, 9, 0)).toEqual([]);
  });

  it('of a ratio by what is counted and by what it is counted among', () => {
    const steady = Array<number[]>(6).fill([40, 80]);
    const found = (...figure: number[]) =>
      series('c', '2026-07', ...steady, figure).map(({ reason, field }) => [reason, field]);
    expect(found(40, 800)).toEqual([['jump', 'denominator']]);
    expect(found(0, 80)).toEqual([['zero', 'numerator']]);
    expect(found(45, 81)).toEqual([]);
  });

  it('not where what runs up through the year begins anew, or grows through it as it did', () => {
    const year = Array.from({ length: 12 }, (_, n) => [8 * (n + 1), 100]);
    expect(series('c', '2027-01', ...year, [0, 100])).toEqual([]);
    for (let month = 7; month <= 12; month += 1)
      expect(series('c', `2026-${String(month).padStart(2, '0')}`, ...year.slice(0, month))).toEqual([]);
    expect(series('c', '2027-01', ...year, [0, 900])).toMatchObject([{ field: 'denominator', reason: 'jump' }]);
  });

  it('where money that runs up is less than in the month before, but for a new year', () => {
    expect(values('budget_spent', '2026-03', 40, 30)).toEqual([['fell', 40]]);
    expect(values('budget_spent', '2026-03', 40, 40)).toEqual([]);
    expect(values('budget_spent', '2027-01', 40, 3)).toEqual([]);
    expect(series('budget_spent', '2026-04', [40], null, [30])).toMatchObject([{ reason: 'fell', compared: 40 }]);
  });

  it('not where nothing is lent in a month, though money was lent in each before', () =>
    expect(values('loan_amount', '2026-07', 30e6, 40e6, 35e6, 30e6, 45e6, 30e6, 0)).toEqual([]));

  it('where another figure of the month rules it out', () => {
    expect(ofMonth({ budget_spent: [31], budget_allocated: [30] })).toEqual([
      ['budget_spent', 'contradicts', 'budget_allocated'],
    ]);
    expect(ofMonth({ violations: [2], inspections: [0] })).toEqual([['violations', 'contradicts', 'inspections']]);
    expect(ofMonth({ trainees: [2], trainings: [0] })).toEqual([['trainees', 'contradicts', 'trainings']]);
    expect(ofMonth({ loan_amount: [2], loans: [0] })).toEqual([['loan_amount', 'contradicts', 'loans']]);
    expect(ofMonth({ budget_spent: [30], budget_allocated: [30], violations: [2] })).toEqual([]);
    expect(ofMonth({ violations: [0], inspections: [0], trainees: [9], trainings: [1] })).toEqual([]);
  });

  it('where all that was done is what was done in the month before, in five indicators at least', () => {
    const done = { relapses: [3], vocational: [2], jobs: [4], loans: [1], media_items: [7], inspections: [0] };
    const names = ['relapses', 'vocational', 'jobs', 'loans', 'media_items'];
    expect(ofMonth(done, done).map(([code]) => code)).toEqual(names);
    expect(ofMonth(done, { ...done, pop_addicts: [80] })).toHaveLength(5);
    expect(ofMonth(done, { ...done, inspections: [1] })).toEqual([]);
    expect(ofMonth(done, {})).toEqual([]);
    const months = [done, done].map((cells) => cells as MonthCells);
    const march = at('2026-03');
    const [first] = suspiciousCells((month) => months[month - march + 1], march);
    const told = { reason: 'repeated', compared: 3, month: march, indicator: indicatorIndex('relapses') };
    expect(first).toMatchObject(told);
    const { media_items: _none, ...fewer } = done;
    expect(ofMonth(fewer, fewer)).toEqual([]);
  });

  it('by its first reason, once for a cell and month', () => {
    const months = new Map([1, 2].map((n) => [at(`2026-0${n}`), { budget_spent: [40] } as MonthCells]));
    months.set(at('2026-03'), { budget_spent: [35], budget_allocated: [30] });
    const ofEach = ['2026-02', '2026-03', '2026-04'].map((month) =>
      suspiciousCells((each) => months.get(each), at(month)),
    );
    const [indicator, against] = [indicatorIndex('budget_spent'), indicatorIndex('budget_allocated')];
    const cell = { month: at('2026-03'), indicator, against, reason: 'contradicts', field: 'value', compared: 30 };
    expect(ofEach).toEqual([[], [cell], []]);
  });

  it.each([at('2026-01'), at('2026-07'), 0, 5])('by month %d and the months it is compared with alone', (month) => {
    const asked = new Set<number>();
    const numbers = indicators.map(({ code }) => [code, [80, 90]]);
    suspiciousCells((each) => {
      asked.add(each);
      return each < 0 ? undefined : (Object.fromEntries(numbers) as MonthCells);
    }, month);
    const known = [...comparedMonths(month), month];
    expect([...asked].filter((each) => each >= 0).sort((a, b) => a - b)).toEqual(known);
    expect(known).toHaveLength(Math.min(month, 12) + 1);
  });
});
