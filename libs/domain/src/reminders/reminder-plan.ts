/**
 * The plan of reminders: its steps, the days that are worked, and the hours in which something may be sent. Data; an installation may have its own.
 */
export interface ReminderStep {
  /** Counted from the communes' deadline: below 0 before it, above 0 after it. */
  readonly workingDays: number;
  /** Who is reminded: the commune itself, or its province, with a list of those that it has to ask. */
  readonly to: 'commune' | 'province';
}

interface DayOff {
  /** `YYYY-MM-DD`, as are all days. */
  readonly day: string;
  readonly name: string;
}

export interface ReminderPlan {
  readonly version: string;
  readonly source: string;
  /** Up to here the days off are as they were announced; later ones are by the rule. */
  readonly announcedThrough: string;
  readonly steps: readonly ReminderStep[];
  /** `HH:MM` in Asia/Ho_Chi_Minh, the end not included; 24:00 is the end of the day. */
  readonly hours: { readonly from: string; readonly to: string };
  /** Days of the week that are worked: 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  /** `MM-DD`. */
  readonly everyYear: readonly string[];
  readonly daysOff: readonly DayOff[];
  /** Days that are worked though their day of the week is not. */
  readonly workedDays: readonly string[];
}

/** How a step is called in causes, in the API and on the page: `before-3`, `after-1`, `escalation-3`. */
export const stepCode = ({ workingDays, to }: ReminderStep): string =>
  `${to === 'province' ? 'escalation' : workingDays < 0 ? 'before' : 'after'}-${Math.abs(workingDays)}`;

const MOST_WORKING_DAYS = 10;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const YEARLY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** What is wrong with a plan, each fault in a sentence; nothing is what is hoped for. Takes anything: a file may hold what it likes. */
export const planFaultsOf = (given: unknown): string[] => {
  const plan = given as Partial<ReminderPlan> | null;
  const { steps, hours, weekdays, everyYear, daysOff, workedDays } = plan ?? {};
  if (![steps, weekdays, everyYear, daysOff, workedDays].every(Array.isArray) || hours === undefined)
    return ['the plan of reminders lacks steps, hours, weekdays, everyYear, daysOff or workedDays'];
  return [...stepFaults(steps ?? []), ...dayFaults(plan as ReminderPlan)];
};

const stepFaults = (steps: readonly ReminderStep[]): string[] => {
  const codes = steps.map(stepCode);
  return [
    ...steps.flatMap(({ workingDays, to }) => [
      ...(Number.isInteger(workingDays) && workingDays !== 0 && Math.abs(workingDays) <= MOST_WORKING_DAYS
        ? []
        : [`a step is ${workingDays} working days from the deadline: 1 to ${MOST_WORKING_DAYS} before or after`]),
      ...(to === 'commune' || (to === 'province' && workingDays > 0)
        ? []
        : [`a step reminds ${to}: a commune, or after the deadline its province`]),
    ]),
    ...codes.filter((code, n) => codes.indexOf(code) !== n).map((code) => `the step ${code} stands twice`),
  ];
};

const dayFaults = ({ hours, weekdays, everyYear, daysOff, workedDays }: ReminderPlan): string[] => [
  ...(TIME.test(hours.from) && TIME.test(hours.to) && hours.from < hours.to
    ? []
    : [`the hours of reminders are no times in order: ${hours.from}, ${hours.to}`]),
  ...(weekdays.length > 0 && weekdays.every((each) => [1, 2, 3, 4, 5, 6, 7].includes(each))
    ? []
    : ['the weekdays that are worked are some of 1 (Monday) to 7 (Sunday)']),
  ...everyYear.filter((each) => !YEARLY.test(each)).map((each) => `${each} is no day of every year`),
  ...[...daysOff.map(({ day }) => day), ...workedDays]
    .filter((each) => !DAY.test(each))
    .map((each) => `${each} is no day off and no day that is worked`),
];
