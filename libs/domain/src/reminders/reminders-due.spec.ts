import fc from 'fast-check';
import { calendar } from '../reference/calendar.js';
import { childrenOf, provinces } from '../reference/unit.js';
import { expectedIndicators, type UnitReports } from '../status/unit-reports.js';
import { deadlineOf } from '../status/deadline.js';
import { monthEnd, monthIndex, monthStart } from '../window/period.js';
import { reminderPlan as plan } from './plan.js';
import { planFaultsOf, stepCode, type ReminderPlan } from './reminder-plan.js';
import { causeOf, remindersOf, stepDueAt, stepsInForce } from './reminders-due.js';
import { nextOpening } from './working-time.js';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const told = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16);
const dueOf = (month: string, code: string): string => {
  const step = plan.steps.find((each) => stepCode(each) === code);
  if (step === undefined) throw new Error(code);
  return told(stepDueAt(monthIndex(month) as number, step, plan));
};
const inForce = (text: string): string[] =>
  stepsInForce(at(text), plan).map(({ month, step }) => `${calendar.months[month].month} ${step}`);

describe('a step of the plan', () => {
  it.each([
    ['2026-06', 'before-1', '2026-06-16T08:00', 'the working day before the 17th'],
    ['2026-06', 'after-1', '2026-06-18T08:00', 'the one after it'],
    ['2026-06', 'escalation-3', '2026-06-22T08:00', 'the third after it, past a weekend'],
    ['2026-06', 'before-3', '2026-06-15T08:00', 'not before the period is over, when everybody’s month is missing'],
    ['2026-02', 'before-1', '2026-02-13T08:00', 'before that where Tết leaves no other day'],
    ['2026-02', 'after-1', '2026-02-23T08:00', 'after Tết'],
  ])('of %s, %s: comes at %s, %s', (month, code, expected) => expect(dueOf(month, code)).toBe(expected));

  it('comes within the hours of a working day, whatever the month', () => {
    for (let month = 0; month < calendar.months.length; month += 1)
      for (const step of plan.steps) {
        const dueAt = stepDueAt(month, step, plan);
        expect(nextOpening(dueAt, plan)).toBe(dueAt);
        expect(dueAt > deadlineOf(month, 'commune')).toBe(step.workingDays > 0);
      }
  });
});

describe('the steps in force', () => {
  it.each([
    ['2026-06-15T07:59', ['2026-05 after-1', '2026-05 escalation-3'].slice(2), 'none before the first hour'],
    ['2026-06-15T08:00', ['2026-06 before-3'], 'the first'],
    ['2026-06-16T08:00', ['2026-06 before-1'], 'the second in place of the first'],
    ['2026-06-17T23:59', ['2026-06 before-1'], 'up to the deadline'],
    ['2026-06-18T07:00', [], 'none between the deadline and the step after it'],
    ['2026-06-18T08:00', ['2026-06 after-1'], 'the one after the deadline'],
    ['2026-06-22T08:00', ['2026-06 after-1', '2026-06 escalation-3'], 'the province beside the commune'],
    ['2026-07-14T23:59', ['2026-06 after-1', '2026-06 escalation-3'], 'until the next period is over'],
    ['2026-07-15T07:00', [], 'and not longer'],
    ['2026-03-16T08:00', ['2026-03 before-1'], 'of two that come at once, the later one of the plan'],
  ])('at %s are %j: %s', (time, expected) => expect(inForce(time)).toEqual(expected));

  it('are of a month and addressee never two, and each is due and not over', () => {
    const times = fc.integer({ min: monthStart(3), max: monthEnd(60) });
    fc.assert(
      fc.property(times, (time) => {
        const found = stepsInForce(time, plan);
        const keys = found.map(({ month, to }) => `${month} ${to}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { dueAt, until, month, step } of found) {
          expect(dueAt <= time && time < until).toBe(true);
          if (step.startsWith('before')) expect(time <= deadlineOf(month, 'commune')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('reminders', () => {
  const march = monthIndex('2026-03') as number;
  const all = expectedIndicators('commune');
  const communes = provinces.flatMap(({ code }) => childrenOf(code).map((commune) => commune.code));
  /** Every commune complete but some. */
  const reportsWith = (lacking: Readonly<Record<string, number>>) => {
    const reportsOf = (province: string): UnitReports =>
      Object.fromEntries(
        childrenOf(province)
          .map(({ code }) => [code, lacking[code] ?? all] as const)
          .filter(([, live]) => live > 0)
          .map(([code, live]) => [code, [live, live < all ? 0 : 1] as const]),
      );
    const byProvince = new Map(provinces.map(({ code }) => [code, reportsOf(code)]));
    return (province: string, month: number) => (month === march ? byProvince.get(province) : undefined);
  };
  const reminded = (to: 'commune' | 'province', lacking: Readonly<Record<string, number>>) =>
    remindersOf({ month: march, to, step: 'x' }, reportsWith(lacking), at('2026-03-18T08:00'));

  it('go to the communes whose month is missing or partial, with which it is', () =>
    expect(reminded('commune', { '00004': 0, '00008': all - 1 })).toEqual([
      { unit: '00004', period: '2026-03', step: 'x', about: [{ unit: '00004', lack: 'missing' }] },
      { unit: '00008', period: '2026-03', step: 'x', about: [{ unit: '00008', lack: 'partial' }] },
    ]));

  it('go to a province with its communes that lack something, and to no other province', () =>
    expect(reminded('province', { '00004': 0, '00008': 1 })).toEqual([
      {
        unit: '01',
        period: '2026-03',
        step: 'x',
        about: [
          { unit: '00004', lack: 'missing' },
          { unit: '00008', lack: 'partial' },
        ],
      },
    ]));

  it('go to nobody where all is in, late or not', () => {
    expect(reminded('commune', {})).toEqual([]);
    expect(reminded('province', {})).toEqual([]);
  });

  it('go to exactly those that lack something, for any choice of them, each by a cause of its own', () => {
    const choice = fc.dictionary(fc.constantFrom(...communes), fc.integer({ min: 0, max: all - 1 }), { maxKeys: 12 });
    fc.assert(
      fc.property(choice, (lacking) => {
        const due = reminded('commune', lacking);
        expect(due.map(({ unit }) => unit)).toEqual(Object.keys(lacking).sort());
        expect(new Set(due.map(causeOf)).size).toBe(due.length);
        const listed = reminded('province', lacking).flatMap(({ about }) => about.map(({ unit }) => unit));
        expect(listed.sort()).toEqual(Object.keys(lacking).sort());
      }),
      { numRuns: 15 },
    );
  });
});

describe('a plan of reminders', () => {
  const faults = (change: (plan: { -readonly [K in keyof ReminderPlan]: unknown }) => void): string[] => {
    const changed = structuredClone(plan);
    change(changed);
    return planFaultsOf(changed);
  };

  it('as it comes with the project has no fault', () => expect(planFaultsOf(plan)).toEqual([]));

  it.each<[string, Parameters<typeof faults>[0], string]>([
    ['a step on the deadline itself', (it) => (it.steps = [{ workingDays: 0, to: 'commune' }]), 'working days from'],
    ['a province asked before it', (it) => (it.steps = [{ workingDays: -1, to: 'province' }]), 'after the deadline'],
    ['a step twice', (it) => (it.steps = [...plan.steps, plan.steps[0]]), 'stands twice'],
    ['hours that end first', (it) => (it.hours = { from: '17:00', to: '08:00' }), 'no times in order'],
    ['no weekday', (it) => (it.weekdays = []), 'weekdays'],
    ['a day that is none', (it) => (it.workedDays = ['tomorrow']), 'tomorrow'],
    ['something missing', (it) => delete it.hours, 'lacks steps, hours'],
  ])('says what is wrong: %s', (_what, change, said) => expect(faults(change).join()).toContain(said));

  it('that is no plan at all is one fault', () => expect(planFaultsOf(null)).toHaveLength(1));
});
