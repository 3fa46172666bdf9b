/**
 * What a summary draws attention to: provinces under their targets, reports that are missing, and units to commend.
 *
 * Nothing is made up: a target of which it cannot be said whether it is attained counts neither for a province nor against
 * it, and a province without a plan has no targets, so it cannot be commended for reaching them.
 */
import type { Completeness } from '../status/completeness.js';
import { percentOf } from '../exact/figure.js';
import type { Rollup } from '../window/rollup.js';
import type {
  AppendixItem,
  AppendixProvince,
  Commendation,
  ProvinceRollups,
  SummaryBehind,
  TargetOutcome,
} from './summary.types.js';
import { scopedFigure } from '../target/target.js';
import type { Unit } from '../reference/unit.js';

export interface UnitCompleteness {
  readonly unit: Unit;
  readonly found: Completeness;
}

/** Every target of every province with what became of it. */
export const outcomesOf = (
  appendix: readonly AppendixProvince[],
  yearBefore: readonly ProvinceRollups[],
): TargetOutcome[] => {
  const before = new Map(yearBefore.map(({ unit, items }) => [unit, items]));
  return appendix.flatMap(({ unit, items }) =>
    items.flatMap((item) => {
      const held = before.get(unit)?.find(({ indicator }) => indicator === item.indicator);
      return outcomeOf(unit, item, held);
    }),
  );
};

const outcomeOf = (unit: string, item: AppendixItem, yearBefore: Rollup | undefined): TargetOutcome[] => {
  const { indicator, target, attained } = item;
  if (target === null) return [];
  if ('trend' in target) {
    const counts = {
      ...(item.value === null || item.value === undefined ? {} : { value: item.value }),
      ...(yearBefore?.value === undefined ? {} : { valueYearBefore: yearBefore.value }),
    };
    return [{ unit, indicator, percent: null, ...counts, target, attained }];
  }
  const isReported = item.numerator !== null && item.numerator !== undefined;
  const percent = isReported ? percentOf(scopedFigure(item as Rollup, target.scope)) : null;
  return [{ unit, indicator, percent, target, attained }];
};

export const behindOf = (
  outcomes: readonly TargetOutcome[],
  completeness: readonly UnitCompleteness[],
): SummaryBehind => ({
  underTarget: outcomes.filter(({ attained }) => attained === false),
  undecided: outcomes.filter(({ attained }) => attained === null),
  missing: unitsByProvince(completeness, 'missing'),
  partial: unitsByProvince(completeness, 'partial'),
  notes: outcomes.flatMap(({ unit, indicator, target: { note } }) =>
    note === undefined ? [] : [{ unit, indicator, note }],
  ),
});

/**
 * An object whose keys look like whole numbers lists those first, whatever the order of insertion: `10` to `96` before `01`
 * and `04`. The same every time, which is what matters here.
 */
const unitsByProvince = (completeness: readonly UnitCompleteness[], status: 'missing' | 'partial') =>
  Object.fromEntries(
    completeness.flatMap(({ unit, found }) =>
      found.units[status].length === 0 ? [] : [[unit.code, found.units[status]] as const],
    ),
  );

export const commendationsOf = (
  outcomes: readonly TargetOutcome[],
  completeness: readonly UnitCompleteness[],
): Commendation[] =>
  completeness.flatMap(({ unit, found }) => {
    const targets = outcomes.filter((outcome) => outcome.unit === unit.code);
    const isPunctual = found.expected > 0 && found.onTime === found.expected;
    const attainsAll = targets.length > 0 && targets.every(({ attained }) => attained === true);
    if (!isPunctual || !attainsAll) return [];
    return [{ unit: unit.code, name: unit.name, reports: found.expected, targets: targets.length }];
  });
