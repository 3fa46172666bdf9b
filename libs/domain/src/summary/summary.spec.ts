import { deadlineOf } from '../status/deadline.js';
import { indicators } from '../reference/catalogue.js';
import { fromExactJson, toExactJson } from '../exact/exact-json.js';
import { ictMidnight, monthEnd, monthIndex, windowIndex } from '../window/period.js';
import { expectedIndicators } from '../status/unit-reports.js';
import { rollupFrom, type Rollup } from '../window/rollup.js';
import {
  closingMonths,
  ictInstant,
  scheduleStep,
  summaryDueAt,
  windowDueAt,
  windowHasBegun,
  windowsDue,
} from './summary-schedule.js';
import { summarise, summaryFingerprint } from './summary.js';
import type { ProvinceRollups, SummaryContent, SummaryInput } from './summary.types.js';
import { childrenOf, provinces, reportersOf, unitOf, type Unit } from '../reference/unit.js';

const aRollup = (code: string, figure: readonly number[], reported = 1): Rollup => {
  const index = indicators.findIndex((indicator) => indicator.code === code);
  const occurs = (category: number) =>
    figure[(category + 1) * (indicators[index].kind === 'ratio' ? 2 : 1)] !== undefined;
  return rollupFrom(index, figure, 0, occurs, { expected: 5, reported, current: reported });
};
const province = (unit: string, ...items: Rollup[]): ProvinceRollups => ({ unit, items });
const window = windowIndex('2026-Q1') as number;
const march = monthIndex('2026-03') as number;

const anInput = (fields: Partial<SummaryInput> = {}): SummaryInput => ({
  window,
  revision: 1,
  cutOff: ictMidnight(2026, 3, 22) + 7 * 3_600_000,
  current: [],
  previous: [],
  lastYear: [],
  yearBefore: [],
  reportsOf: () => undefined,
  ...fields,
});

const indicatorOf = (content: SummaryContent, code: string) =>
  content.indicators.find(({ indicator }) => indicator === code);

describe('the content of a summary', () => {
  it('has its keys in the agreed order, and all 29 indicators for the country and every province', () => {
    const content = summarise(anInput());
    expect(Object.keys(content)).toEqual([
      'unit',
      'window',
      'revision',
      'cutOff',
      'period',
      'catalogueVersion',
      'completeness',
      'completenessTotal',
      'indicators',
      'behind',
      'commendations',
      'appendix',
      'changesFromRevision',
    ]);
    expect(content).toMatchObject({
      unit: 'VN',
      window: '2026-Q1',
      cutOff: '2026-03-22T07:00:00.000+07:00',
      period: { from: '2025-12-15', to: '2026-03-14' },
      changesFromRevision: null,
    });
    expect(content.indicators).toHaveLength(29);
    expect(content.appendix.map(({ items }) => items.length)).toEqual(provinces.map(() => 29));
  });

  it('says null and not 0 where nothing is reported', () => {
    const content = summarise(anInput());
    expect(indicatorOf(content, 'b')).toEqual({
      indicator: 'b',
      name: indicators[1].name_vi,
      kind: 'ratio',
      numerator: null,
      denominator: null,
      percent: null,
      breakdown: {},
      reporting: { expected: 3321, reported: 0, current: 0 },
      provincesWithTarget: 2,
      provincesAttained: 0,
      changeFromPrevious: null,
      changeFromLastYear: null,
    });
    expect(indicatorOf(content, 'loan_amount')).toMatchObject({ value: null, percent: null });
  });

  it('adds the country up from the provinces of the appendix, never averaging percentages', () => {
    const current = [province('15', aRollup('c', [1, 100])), province('01', aRollup('c', [1, 2]))];
    const content = summarise(anInput({ current }));
    expect(indicatorOf(content, 'c')).toMatchObject({ numerator: 2, denominator: 102, percent: 1.96 });
    const parts = content.appendix.flatMap(({ items }) => items.filter(({ indicator }) => indicator === 'c'));
    expect(parts.reduce((sum, { denominator }) => sum + Number(denominator ?? 0), 0)).toBe(102);
  });

  it('keeps sums beyond 2^53 exact', () => {
    const current = provinces.map(({ code }, n) => province(code, aRollup('loan_amount', [2 ** 52 + n, 2 ** 52 + n])));
    const value = indicatorOf(summarise(anInput({ current })), 'loan_amount')?.value;
    expect(value).toBe(34n * 2n ** 52n + 561n);
    expect(toExactJson(summarise(anInput({ current })))).toContain(`"value":${value}`);
  });

  it('compares shown percentages and counts with the window before and with a year ago', () => {
    const before = [province('01', aRollup('c', [1, 3]), aRollup('relapses', [9]))];
    const content = summarise(
      anInput({
        current: [province('01', aRollup('c', [2, 3]), aRollup('relapses', [4]))],
        previous: before,
        lastYear: [],
      }),
    );
    expect(indicatorOf(content, 'c')).toMatchObject({ changeFromPrevious: 33.34, changeFromLastYear: null });
    expect(indicatorOf(content, 'relapses')).toMatchObject({ changeFromPrevious: -5 });
  });

  it('gives the same bytes whatever order provinces and categories come in', () => {
    const rollup = aRollup('b', [6, 12, 1, 2, 2, 4, 3, 6]);
    const turned = { ...rollup, breakdown: Object.fromEntries(Object.entries(rollup.breakdown).reverse()) };
    const one = summarise(anInput({ current: [province('01', rollup), province('15', rollup)] }));
    const other = summarise(anInput({ current: [province('15', turned), province('01', turned)] }));
    expect(toExactJson(other)).toBe(toExactJson(one));
  });
});

describe('targets', () => {
  it('lists a province under its target with the percentage of the categories that the target looks at', () => {
    // Hà Nội's e looks at public_rehab and health_station: 1 of 4, though all facilities together reach 71 %.
    const current = [province('01', aRollup('e', [10, 14, 1, 2, 0, 2, 9, 10]))];
    const { behind } = summarise(anInput({ current }));
    expect(behind.underTarget).toEqual([
      expect.objectContaining({ unit: '01', indicator: 'e', percent: 25, attained: false }),
    ]);
  });

  it('holds a target of growth against the whole year before', () => {
    const input = anInput({
      current: [province('01', aRollup('h', [5])), province('15', aRollup('h', [6]))],
      yearBefore: [province('01', aRollup('h', [5])), province('15', aRollup('h', [5]))],
    });
    const content = summarise(input);
    expect(indicatorOf(content, 'h')).toMatchObject({ provincesWithTarget: 2, provincesAttained: 1 });
    expect(content.behind.underTarget).toEqual([
      expect.objectContaining({ unit: '01', indicator: 'h', value: 5, valueYearBefore: 5 }),
    ]);
  });

  it('counts what cannot be said neither for a province nor against it', () => {
    const { behind, indicators: items } = summarise(anInput({ current: [province('01', aRollup('h', [5]))] }));
    expect(behind.underTarget).toEqual([]);
    expect(behind.undecided).toContainEqual(expect.objectContaining({ unit: '01', indicator: 'h', attained: null }));
    expect(items.find(({ indicator }) => indicator === 'g')).toMatchObject({ provincesWithTarget: 0 });
  });

  it("shows a plan's own note", () => {
    const { notes } = summarise(anInput()).behind;
    expect(notes.filter(({ indicator }) => indicator === 'd').map(({ unit }) => unit)).toEqual(['01', '15']);
  });
});

const everyone = (unit: Unit, completedAt: number) =>
  Object.fromEntries(
    reportersOf(unit).map(({ code, level }) => [
      code,
      [expectedIndicators(level as 'commune' | 'province'), completedAt] as const,
    ]),
  );

describe('completeness', () => {
  const lateReport = deadlineOf(march, 'province') / 1000 + 10;
  const reportsOf: SummaryInput['reportsOf'] = (code, month) => {
    if (code === '01') return everyone(unitOf('01') as Unit, deadlineOf(month, 'commune') / 1000 - 86_400);
    return code === '15' && month === march ? everyone(unitOf('15') as Unit, lateReport) : undefined;
  };

  it('adds up over the provinces, and names the units to ask by province', () => {
    const { completeness, completenessTotal, behind } = summarise(anInput({ reportsOf }));
    expect(completeness.find(({ unit }) => unit === '01')).toMatchObject({ expected: 381, complete: 381, onTime: 381 });
    expect(completeness.find(({ unit }) => unit === '15')).toMatchObject({ expected: 300, late: 100, missing: 200 });
    expect(completenessTotal).toMatchObject({ expected: 3355 * 3, reported: 481, missing: 3355 * 3 - 481 });
    expect(behind.missing['01']).toBeUndefined();
    expect(behind.missing['15']).toHaveLength(childrenOf('15').length + 1);
  });

  it('proposes a province that is complete, punctual and at every target, and no other', () => {
    const reached = [
      aRollup('a', [1, 1]),
      aRollup('b', [1, 2]),
      aRollup('c', [2, 5]),
      aRollup('d', [4, 5]),
      aRollup('dd', [2, 5]),
      aRollup('e', [2, 2, 1, 1, 1, 1]),
      aRollup('h', [6]),
    ];
    const yearBefore = [province('01', aRollup('h', [5])), province('15', aRollup('h', [5]))];
    const all = anInput({ reportsOf, yearBefore, current: [province('01', ...reached), province('15', ...reached)] });
    expect(summarise(all).commendations).toEqual([{ unit: '01', name: 'Hà Nội', reports: 381, targets: 7 }]);
    const equal = { ...all, yearBefore: [province('01', aRollup('h', [6]))] };
    expect(summarise(equal).commendations).toEqual([]);
  });
});

describe('revisions', () => {
  const first = summarise(anInput({ current: [province('01', aRollup('c', [1, 2]))] }));

  it('has the same fingerprint as long as nothing but the time has changed', () => {
    const later = anInput({
      cutOff: monthEnd(march) + 9e8,
      revision: 2,
      current: [province('01', aRollup('c', [1, 2]))],
    });
    expect(summaryFingerprint(summarise({ ...later, earlier: first }))).toBe(summaryFingerprint(first));
    const changed = summarise({ ...later, current: [province('01', aRollup('c', [2, 2]))] });
    expect(summaryFingerprint(changed)).not.toBe(summaryFingerprint(first));
  });

  it('says what changed against the revision before, read back from its JSON', () => {
    const earlier = fromExactJson(toExactJson(first)) as SummaryContent;
    const current = [province('01', aRollup('c', [2, 2]))];
    const { changesFromRevision } = summarise(anInput({ revision: 2, earlier, current }));
    expect(changesFromRevision?.map(({ unit, indicator }) => [unit, indicator])).toEqual([
      ['VN', 'c'],
      ['01', 'c'],
    ]);
    expect(changesFromRevision?.[1]).toMatchObject({ before: { numerator: 1, percent: 50 }, after: { numerator: 2 } });
    expect(
      summarise(anInput({ revision: 2, earlier, current: [province('01', aRollup('c', [1, 2]))] })).changesFromRevision,
    ).toEqual([]);
  });
});

describe('the schedule', () => {
  const due = (year: number, month: number) => ictMidnight(year, month, 22) + 7 * 3_600_000;

  it('gives the window that ends in the month a run was scheduled for', () => {
    expect(windowDueAt('month', due(2026, 1))).toBe(windowIndex('2026-01'));
    expect(windowDueAt('quarter', due(2026, 3))).toBe(windowIndex('2026-Q1'));
    expect(windowDueAt('half', due(2026, 12))).toBe(windowIndex('2026-H2'));
    expect(windowDueAt('nine_months', due(2026, 9))).toBe(windowIndex('2026-9M'));
    expect(windowDueAt('year', due(2026, 12))).toBe(windowIndex('2026'));
    expect(windowDueAt('quarter', due(2026, 4))).toBeUndefined();
  });

  it('runs in the months in which a window ends, on the 22nd at 07:00 in Vietnam', () => {
    expect(closingMonths('quarter')).toEqual([3, 6, 9, 12]);
    expect(closingMonths('half')).toEqual([6, 12]);
    expect(closingMonths('nine_months')).toEqual([9]);
    expect(ictInstant(summaryDueAt(window))).toBe('2026-03-22T07:00:00.000+07:00');
    expect(new Date(summaryDueAt(window)).toISOString()).toBe('2026-03-22T00:00:00.000Z');
  });

  it('knows a window as begun from the first day of its first period in Vietnam on', () => {
    const begins = ictMidnight(2026, 3, 15);
    for (const code of ['2026-04', '2026-Q2']) {
      expect(windowHasBegun(windowIndex(code) as number, begins - 1)).toBe(false);
      expect(windowHasBegun(windowIndex(code) as number, begins)).toBe(true);
    }
    expect(windowHasBegun(windowIndex('2026') as number, ictMidnight(2025, 12, 15))).toBe(true);
    expect(windowHasBegun(windowIndex('2030') as number, due(2026, 3))).toBe(false);
  });

  it('claims a window once, and asks only for what was claimed', () => {
    const summary = 'VN-2026-Q1-r2';
    expect(scheduleStep(undefined)).toBe('claim');
    expect(scheduleStep({ summary, isAsked: false })).toBe('ask');
    expect(scheduleStep({ summary, isAsked: true })).toBe('nothing');
    expect(scheduleStep({ summary })).toBe('nothing');
  });

  it('lists what came due after one instant and until another', () => {
    const codes = (after: number, until: number) => windowsDue(after, until);
    expect(codes(due(2026, 3) - 1, due(2026, 3))).toEqual([windowIndex('2026-03'), windowIndex('2026-Q1')]);
    expect(codes(due(2026, 3), due(2026, 4) - 1)).toEqual([]);
    expect(codes(due(2026, 11), due(2026, 12))).toHaveLength(4);
  });
});
