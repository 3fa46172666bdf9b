/**
 * Which reminders are due at an instant, and to whom: pure, of a plan, the deadlines, and what has been reported.
 *
 * Of a month's steps to the same addressee one is in force at a time, the latest that has come: what an outage held up is not made up for by a
 * burst of reminders. A step before the deadline is in force until the deadline, one after it until the next month's period is over. A reminder
 * has a cause, `unit|period|step`, the same at whatever instant it is worked out: what has been sent for a cause is never sent again.
 */
import type { Calendar } from '../reference/calendar.js';
import { calendar as usualCalendar } from '../reference/calendar.js';
import { COUNTRY, provinceOf, unitOf, type Unit } from '../reference/unit.js';
import { completenessOf } from '../status/completeness.js';
import { deadlineOf } from '../status/deadline.js';
import type { UnitReports } from '../status/unit-reports.js';
import { ictDay, monthAt, monthCode, monthEnd, windowIndex } from '../window/period.js';
import { stepCode, type ReminderPlan, type ReminderStep } from './reminder-plan.js';
import { isWorkingDay, openingOf, workingDayFrom } from './working-time.js';

/** A step of a month that is in force. */
export interface StepInForce {
  /** The month's index. */
  readonly month: number;
  readonly to: ReminderStep['to'];
  /** `stepCode`. */
  readonly step: string;
  /** Milliseconds since the epoch; in force until just before `until`. */
  readonly dueAt: number;
  readonly until: number;
}

export type Lack = 'missing' | 'partial';

export interface ReminderDue {
  /** The unit that is reminded. */
  readonly unit: string;
  readonly period: string;
  readonly step: string;
  /** Communes that lack something, in order of their codes: itself, or the province's. */
  readonly about: readonly { readonly unit: string; readonly lack: Lack }[];
}

/** The same for a reminder however often it is worked out. */
export const causeOf = ({ unit, period, step }: Pick<ReminderDue, 'unit' | 'period' | 'step'>): string =>
  `${unit}|${period}|${step}`;

/**
 * When a step of a month comes: as the hours of its working day begin.
 *
 * Before a period is over everybody's month is missing: a step that would fall into it moves to the first working day after it, unless the
 * deadline leaves none.
 */
export const stepDueAt = (month: number, step: ReminderStep, plan: ReminderPlan, calendar = usualCalendar): number => {
  const deadline = calendar.months[month].commune;
  const day = workingDayFrom(deadline, step.workingDays, plan);
  const over = ictDay(monthEnd(month));
  if (day >= over) return openingOf(day, plan);
  const first = isWorkingDay(over, plan) ? over : workingDayFrom(over, 1, plan);
  return openingOf(first <= deadline ? first : day, plan);
};

/** How many months back a step may still be in force. */
const MONTHS_BACK = 2;

/** The steps that are in force at an instant, at most one for a month and addressee. */
export const stepsInForce = (
  at: number,
  plan: ReminderPlan,
  calendar: Calendar = usualCalendar,
): readonly StepInForce[] => {
  const last = monthAt(at);
  const months = Array.from({ length: MONTHS_BACK + 1 }, (_, back) => last - back).filter((month) => month >= 0);
  const found = months.flatMap((month) =>
    plan.steps.map((step): StepInForce => {
      const until = step.workingDays < 0 ? deadlineOf(month, 'commune', calendar) + 1 : monthEnd(month + 1);
      return { month, to: step.to, step: stepCode(step), dueAt: stepDueAt(month, step, plan, calendar), until };
    }),
  );
  const begun = found.filter(({ dueAt, until }) => dueAt <= at && at < until);
  return begun.filter((each, n) => !begun.some((other, m) => isAfter(other, m, each, n)));
};

/** Whether one step of a month takes the place of another: it came later, or stands later in the plan. */
const isAfter = (one: StepInForce, n: number, other: StepInForce, m: number): boolean =>
  one.month === other.month && one.to === other.to && (one.dueAt > other.dueAt || (one.dueAt === other.dueAt && n > m));

/** The communes under a unit whose report of a month is missing or partial at an instant. */
export const lacking = (
  unit: Unit,
  month: number,
  reportsOf: (province: string, month: number) => UnitReports | undefined,
  at: number,
): readonly { readonly unit: string; readonly lack: Lack }[] => {
  const window = windowIndex(monthCode(month)) as number;
  const { units } = completenessOf(unit, window, reportsOf, at);
  const of = (lack: Lack) => units[lack].filter(isCommune).map((code) => ({ unit: code, lack }));
  return [...of('missing'), ...of('partial')].sort((a, b) => (a.unit < b.unit ? -1 : 1));
};

const isCommune = (code: string): boolean => unitOf(code)?.level === 'commune';

/** The reminders of a step, in order of the units' codes: to those whose month lacks something, and to nobody else. */
export const remindersOf = (
  { month, to, step }: Pick<StepInForce, 'month' | 'to' | 'step'>,
  reportsOf: (province: string, month: number) => UnitReports | undefined,
  at: number,
): readonly ReminderDue[] => {
  const period = monthCode(month);
  const about = lacking(unitOf(COUNTRY) as Unit, month, reportsOf, at);
  if (to === 'commune') return about.map((each) => ({ unit: each.unit, period, step, about: [each] }));
  const byProvince = new Map<string, ReminderDue['about'][number][]>();
  for (const each of about) {
    const province = provinceOf(unitOf(each.unit) as Unit);
    byProvince.set(province, [...(byProvince.get(province) ?? []), each]);
  }
  return [...byProvince].sort(([a], [b]) => (a < b ? -1 : 1)).map(([unit, of]) => ({ unit, period, step, about: of }));
};
