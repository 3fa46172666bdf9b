/**
 * What a national summary says, as JSON: names and order of the keys are what others read (contracts.md).
 *
 * Where nothing is reported, a figure is null and not 0: nobody said zero.
 */
import type { CompletenessCounts } from '../status/completeness.js';
import type { Kind } from '../reference/catalogue.js';
import type { Figure, Whole } from '../exact/figure.js';
import type { Calendar } from '../reference/calendar.js';
import type { UnitReports } from '../status/unit-reports.js';
import type { Reporting, Rollup } from '../window/rollup.js';
import type { Target } from '../target/target.js';

/** A province's rollups of one window. */
export interface ProvinceRollups {
  readonly unit: string;
  readonly items: readonly Rollup[];
}

export interface SummaryInput {
  /** Index of the window. */
  readonly window: number;
  readonly revision: number;
  /** Milliseconds since the epoch: what is asked for later is not expected yet. */
  readonly cutOff: number;
  /** The provinces' rollups of the window itself, of the window before, of the same window a year ago, of the year before. */
  readonly current: readonly ProvinceRollups[];
  readonly previous: readonly ProvinceRollups[];
  readonly lastYear: readonly ProvinceRollups[];
  readonly yearBefore: readonly ProvinceRollups[];
  readonly reportsOf: (province: string, month: number) => UnitReports | undefined;
  readonly calendar?: Calendar;
  /** The issued revision before this one, where there is one. */
  readonly earlier?: SummaryContent;
}

export type SummaryCompleteness = CompletenessCounts;

interface ProvinceCompleteness extends SummaryCompleteness {
  readonly unit: string;
  readonly name: string;
}

/** A figure with all its members, null where nothing is reported: a ratio has two numbers, the others one value. */
export interface SummaryFigure {
  readonly numerator?: Whole | null;
  readonly denominator?: Whole | null;
  readonly value?: Whole | null;
  readonly percent: number | null;
  readonly breakdown: Readonly<Record<string, Figure>>;
  readonly reporting: Reporting;
}

export interface SummaryIndicator extends SummaryFigure {
  readonly indicator: string;
  readonly name: string;
  readonly kind: Kind;
  readonly provincesWithTarget: number;
  readonly provincesAttained: number;
  /** Percentage points with two decimals for a ratio, the difference itself for the others; null where one is missing. */
  readonly changeFromPrevious: Whole | null;
  readonly changeFromLastYear: Whole | null;
}

export interface AppendixItem extends SummaryFigure {
  readonly indicator: string;
  readonly target: Target | null;
  readonly attained: boolean | null;
}
export interface AppendixProvince {
  readonly unit: string;
  readonly name: string;
  readonly items: readonly AppendixItem[];
}

/** A province against a target; `percent` is of the categories that the target looks at. */
export interface TargetOutcome {
  readonly unit: string;
  readonly indicator: string;
  readonly percent: number | null;
  /** For a target of growth: the year's count and that of the year before. */
  readonly value?: Whole;
  readonly valueYearBefore?: Whole;
  readonly target: Target;
  /** Null where it cannot be said: no figure, nothing to divide by, no year before. */
  readonly attained: boolean | null;
}

export interface SummaryBehind {
  readonly underTarget: readonly TargetOutcome[];
  /** Targets of which it cannot be said whether they are attained. */
  readonly undecided: readonly TargetOutcome[];
  /** Units with a month that is not reported, and with one that is not whole, by province; its own code for its own report. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
  readonly partial: Readonly<Record<string, readonly string[]>>;
  /** What a plan itself says about a target. */
  readonly notes: readonly { readonly unit: string; readonly indicator: string; readonly note: string }[];
}

/** A province whose every report is whole and in time, and whose every target is attained. */
export interface Commendation {
  readonly unit: string;
  readonly name: string;
  readonly reports: number;
  readonly targets: number;
}

/** What differs from the revision before: an indicator's entry, or the completeness (indicator null) of a unit. */
export interface SummaryChange {
  readonly unit: string;
  readonly indicator: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export interface SummaryContent {
  readonly unit: 'VN';
  readonly window: string;
  readonly revision: number;
  /** ISO 8601 with +07:00. */
  readonly cutOff: string;
  /** First and last day. */
  readonly period: { readonly from: string; readonly to: string };
  readonly catalogueVersion: string;
  readonly completeness: readonly ProvinceCompleteness[];
  readonly completenessTotal: SummaryCompleteness;
  readonly indicators: readonly SummaryIndicator[];
  readonly behind: SummaryBehind;
  readonly commendations: readonly Commendation[];
  readonly appendix: readonly AppendixProvince[];
  /** Null where no revision was issued before. */
  readonly changesFromRevision: readonly SummaryChange[] | null;
}
