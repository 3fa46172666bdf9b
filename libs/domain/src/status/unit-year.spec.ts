import { aReport, type ReportFields } from '../../../../test/kit/builders.js';
import type { Decision } from '../decision/decision.js';
import { MonthDecisions } from '../decision/month-decisions.js';
import { indicatorIndex, indicators } from '../reference/catalogue.js';
import { unitOf, type Unit } from '../reference/unit.js';
import { monthIndex, windowIndex } from '../window/period.js';
import { unitYear } from './unit-year.js';

const march = monthIndex('2026-03') as number;
const unit = unitOf('00004') as Unit;
const NOW_MS = Date.parse('2026-04-20T00:00:00Z');

const yearOf = (fields: readonly ReportFields[], ...decided: readonly Partial<Decision>[]) => {
  const words = fields.map((each) => aReport(each));
  const by = { id: 'a', name: 'A' };
  const all = decided.map((one, order) => ({ order, receivedAt: order, province: '01', month: march, by, ...one }));
  const decisions = MonthDecisions.of(all as Decision[]);
  const known = {
    words: [{ unit: aReport().unit, month: march, words, decisions }],
    decisions: new Map([[march, decisions]]),
    reportsOf: (_: string, month: number) => (month === march ? ({ '00004': [3, 0] } as const) : undefined),
  };
  return unitYear(unit, windowIndex('2026') as number, known, NOW_MS);
};
const cellOf = (year: ReturnType<typeof yearOf>, code: string) =>
  year[2].cells.find(({ indicator }) => indicator === indicatorIndex(code));
const stateOf = (code: string, ...fields: readonly ReportFields[]) => cellOf(yearOf(fields), code)?.state;

describe("a unit's year", () => {
  it('has every month, with how its report stands and its deadline', () => {
    const year = yearOf([{}]);
    expect(year.map(({ status }) => status)).toEqual([
      ...['missing', 'missing', 'partial', 'missing', 'missing'],
      ...Array(7).fill('ahead'),
    ]);
    expect(new Date(year[2].deadline).toISOString()).toMatch(/^2026-03-\d\dT16:59:59/);
    expect(year[2].cells).toHaveLength(indicators.filter(({ reported_by }) => reported_by.includes('commune')).length);
  });

  it('tells what was reported from what was corrected, taken back, and never said', () => {
    const again = { revision: 2, receivedAt: 1_773_480_700_000, id: 'event-2' };
    expect(stateOf('c', {})).toBe('reported');
    expect(stateOf('c', { revision: 7 })).toBe('reported');
    expect(stateOf('c', {}, { ...again, figure: [13, 30] })).toBe('corrected');
    expect(stateOf('c', {}, { ...again, figure: null })).toBe('takenBack');
    expect(stateOf('d', {})).toBe('missing');
  });

  it('tells zeros of a month in which nothing arose from a zero that was reported', () => {
    const zero = (indicator: string, id: string) => ({ indicator, id, figure: [0] });
    expect(stateOf('jobs', zero('jobs', 'x'), zero('loans', 'x'))).toBe('nothingArose');
    expect(stateOf('jobs', zero('jobs', 'x'), zero('loans', 'y'))).toBe('reported');
    expect(stateOf('jobs', { ...zero('jobs', 'x'), figure: [5] }, zero('loans', 'x'))).toBe('reported');
  });

  it('shows of a locked month what it says, and beside it the correction that waits', () => {
    const later = { revision: 2, receivedAt: 40, id: 'event-2', figure: [13, 30] };
    const lock = { type: 'month.locked', cutOff: 20, receivedAt: 30, figures: '' } as const;
    const year = yearOf([{ receivedAt: 10 }, later], lock);
    expect(year.map(({ isLocked }) => isLocked).indexOf(true)).toBe(2);
    expect(cellOf(year, 'c')).toMatchObject({
      state: 'reported',
      word: { figure: [12, 30] },
      held: { figure: [13, 30] },
    });
    expect(cellOf(yearOf([{ receivedAt: 10 }], lock), 'c')?.held).toBeUndefined();
  });
});
