/**
 * The national summary of a window: pure, from ready-made rollups of the provinces.
 *
 * National figures are added up here from the very province figures that stand in the appendix, so the appendix always adds
 * up to them. The same input gives the same bytes (`toExactJson` of the content): units in the order of their codes,
 * indicators in catalogue order, and nothing that depends on when a rollup was written.
 */
import { catalogue, fieldsOf, indicators, type Indicator } from '../reference/catalogue.js';
import { completenessOf, countsTogether, type Completeness } from '../status/completeness.js';
import { toExactJson } from '../exact/exact-json.js';
import type { Figure, Whole } from '../exact/figure.js';
import { ictDay, monthEnd, monthsOfWindow, monthStart, windowCode, windowYear } from '../window/period.js';
import type { Rollup } from '../window/rollup.js';
import { sumRollups } from '../window/rollup-sums.js';
import { behindOf, commendationsOf, outcomesOf } from './summary-behind.js';
import { changesBetween } from './summary-changes.js';
import { ictInstant } from './summary-schedule.js';
import type {
  AppendixItem,
  AppendixProvince,
  ProvinceRollups,
  SummaryCompleteness,
  SummaryContent,
  SummaryFigure,
  SummaryIndicator,
  SummaryInput,
} from './summary.types.js';
import { attains, targetOf } from '../target/target.js';
import { COUNTRY, expectedReporters, provinces, unitOf, type Unit } from '../reference/unit.js';

const country = unitOf(COUNTRY) as Unit;

/** Makes the content of a summary. Equal input gives equal content, key order included. */
export const summarise = (input: SummaryInput): SummaryContent => {
  const { window, revision, cutOff, earlier } = input;
  const completeness = provinces.map((unit) => ({
    unit,
    found: completenessOf(unit, window, input.reportsOf, cutOff, input.calendar),
  }));
  const appendix = appendixOf(input);
  const outcomes = outcomesOf(appendix, input.yearBefore);
  const months = monthsOfWindow(window);
  const content = {
    unit: COUNTRY,
    window: windowCode(window),
    revision,
    cutOff: ictInstant(cutOff),
    period: { from: ictDay(monthStart(months[0])), to: ictDay(monthEnd(months[months.length - 1]) - 1) },
    catalogueVersion: catalogue.version,
    completeness: completeness.map(({ unit, found }) => ({ unit: unit.code, name: unit.name, ...countsOf(found) })),
    completenessTotal: countsTogether(completeness.map(({ found }) => found)),
    indicators: nationalIndicators(input, appendix),
    behind: behindOf(outcomes, completeness),
    commendations: commendationsOf(outcomes, completeness),
    appendix,
  } as const;
  const changesFromRevision = earlier === undefined ? null : changesBetween(earlier, content);
  return { ...content, changesFromRevision };
};

/**
 * What a summary says apart from when it was made: equal texts mean that nothing has changed. For hashing.
 */
export const summaryFingerprint = (content: SummaryContent): string => {
  const { cutOff: _cutOff, revision: _revision, changesFromRevision: _changes, ...rest } = content;
  return toExactJson(rest);
};

const nationalIndicators = (input: SummaryInput, appendix: readonly AppendixProvince[]): SummaryIndicator[] => {
  const [current, previous, lastYear] = [input.current, input.previous, input.lastYear].map(nationalRollups);
  return indicators.map((indicator, index) => {
    const now = current.get(indicator.code);
    const items = appendix.map((province) => province.items[index]);
    return {
      indicator: indicator.code,
      name: indicator.name_vi,
      kind: indicator.kind,
      ...figureOf(country, indicator, now),
      provincesWithTarget: items.filter(({ target }) => target !== null).length,
      provincesAttained: items.filter(({ attained }) => attained === true).length,
      changeFromPrevious: change(indicator, now, previous.get(indicator.code)),
      changeFromLastYear: change(indicator, now, lastYear.get(indicator.code)),
    };
  });
};

const nationalRollups = (windows: readonly ProvinceRollups[]): ReadonlyMap<string, Rollup> => {
  const byUnit = new Map(windows.map(({ unit, items }) => [unit, items]));
  const sums = sumRollups(
    country,
    provinces.map(({ code }) => byUnit.get(code) ?? []),
  );
  return new Map(sums.map((rollup) => [rollup.indicator, rollup]));
};

const appendixOf = (input: SummaryInput): AppendixProvince[] => {
  const current = byUnitAndIndicator(input.current);
  const yearBefore = byUnitAndIndicator(input.yearBefore);
  const year = windowYear(input.window);
  return provinces.map((unit) => ({
    unit: unit.code,
    name: unit.name,
    items: indicators.map((indicator): AppendixItem => {
      const rollup = current.get(unit.code)?.get(indicator.code);
      const target = targetOf(unit.code, indicator.code, year);
      const attained = attains(target, rollup, yearBefore.get(unit.code)?.get(indicator.code));
      return { indicator: indicator.code, ...figureOf(unit, indicator, rollup), target, attained };
    }),
  }));
};

const byUnitAndIndicator = (windows: readonly ProvinceRollups[]): ReadonlyMap<string, ReadonlyMap<string, Rollup>> =>
  new Map(windows.map(({ unit, items }) => [unit, new Map(items.map((item) => [item.indicator, item]))]));

/** The figure in the fixed order of its members, whatever order it was stored in. */
const figureOf = (unit: Unit, indicator: Indicator, rollup: Rollup | undefined): SummaryFigure => {
  const members = (figure: Figure | undefined) =>
    Object.fromEntries(fieldsOf(indicator).map((field) => [field, figure?.[field] ?? null]));
  const categories = (indicator.breakdown ?? []).filter((category) => rollup?.breakdown[category] !== undefined);
  return {
    ...members(rollup),
    percent: rollup?.percent ?? null,
    breakdown: Object.fromEntries(
      categories.map((category) => [category, members(rollup?.breakdown[category]) as Figure]),
    ),
    reporting: {
      expected: expectedReporters(unit, indicator),
      reported: rollup?.reporting.reported ?? 0,
      current: rollup?.reporting.current ?? 0,
    },
  };
};

/** Percentages are compared as shown, in hundredths: 47.37 after 46.12 is 1.25 whatever lies behind the second decimal. */
const change = (indicator: Indicator, now: Rollup | undefined, before: Rollup | undefined): Whole | null => {
  if (now === undefined || before === undefined) return null;
  if (indicator.kind !== 'ratio') return exactDifference(now.value ?? 0, before.value ?? 0);
  if (now.percent === null || before.percent === null) return null;
  return (Math.round(now.percent * 100) - Math.round(before.percent * 100)) / 100;
};

const exactDifference = (a: Whole, b: Whole): Whole => {
  const difference = BigInt(a) - BigInt(b);
  return Number.isSafeInteger(Number(difference)) ? Number(difference) : difference;
};

const countsOf = (found: Completeness): SummaryCompleteness => {
  const { expected, reported, complete, onTime, late, partial, missing } = found;
  return { expected, reported, complete, onTime, late, partial, missing };
};
