/**
 * What is wrong with a set of reference data, each fault in a sentence; nothing is what is hoped for.
 *
 * Rules count on it: codes are unique, what one part names stands in another, months are all there and in order.
 */
import { planFaultsOf } from '../reminders/reminder-plan.js';
import type { Calendar, Indicator, ReferenceData } from './reference.types.js';

export const referenceFaults = (data: ReferenceData): string[] => [
  ...catalogueFaults(data.catalogue.indicators),
  ...unitFaults(data.units),
  ...planFaults(data),
  ...calendarFaults(data.calendar),
  ...planFaultsOf(data.reminders),
];

const repeated = (codes: readonly string[]): string[] => codes.filter((code, n) => codes.indexOf(code) !== n);

const catalogueFaults = (indicators: readonly Indicator[]): string[] => [
  ...repeated(indicators.map(({ code }) => code)).map((code) => `indicator ${code} stands twice`),
  ...indicators.flatMap(({ code, kind, over_time, reported_by, breakdown = [] }) => [
    ...(['ratio', 'count', 'amount'].includes(kind) ? [] : [`indicator ${code} is of no known kind: ${kind}`]),
    ...(['last', 'sum'].includes(over_time)
      ? []
      : [`indicator ${code} adds up over time in no known way: ${over_time}`]),
    ...(reported_by.length > 0 ? [] : [`indicator ${code} is reported by nobody`]),
    ...repeated(breakdown).map((category) => `indicator ${code} has the category ${category} twice`),
  ]),
];

const unitFaults = ({ rows, changes }: ReferenceData['units']): string[] => {
  const levels = new Map(rows.map(([code, , , level]) => [code, level]));
  const above: Readonly<Record<string, string>> = { commune: 'province', province: 'country' };
  return [
    ...(levels.size === rows.length ? [] : ['a unit stands twice']),
    ...rows.flatMap(([code, , , level, parent]) =>
      level === 'country' || (level in above && levels.get(parent) === above[level])
        ? []
        : [`unit ${code} (${level}) stands under ${parent}`],
    ),
    ...changes.flatMap(([code]) => (levels.has(code) ? [] : [`a change names ${code}, which is no unit`])),
  ];
};

const planFaults = ({ catalogue, plans, units }: ReferenceData): string[] => {
  const indicators = new Set(catalogue.indicators.map(({ code }) => code));
  const provinces = new Set(units.rows.filter(([, , , level]) => level === 'province').map(([code]) => code));
  return [
    ...repeated(plans.plans.map(({ unit }) => unit)).map((unit) => `province ${unit} has two plans`),
    ...plans.plans.flatMap(({ unit, targets }) => [
      ...(provinces.has(unit) ? [] : [`a plan is of ${unit}, which is no province`]),
      ...Object.keys(targets).flatMap((code) =>
        indicators.has(code) ? [] : [`the plan of ${unit} has a target for ${code}, which is no indicator`],
      ),
    ]),
  ];
};

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const calendarFaults = ({ months }: Calendar): string[] =>
  months.flatMap(({ month, commune, province }, n) => [
    ...(MONTH.test(month) && (n === 0 || month === monthAfter(months[n - 1].month))
      ? []
      : [`month ${month} of the calendar does not follow the one before`]),
    ...(DAY.test(commune) && DAY.test(province) && commune <= province
      ? []
      : [`the deadlines of ${month} are no days in order: ${commune}, ${province}`]),
  ]);

const monthAfter = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
