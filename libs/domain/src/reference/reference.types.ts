/** What the reference data is made of. */
import type { ReminderPlan } from '../reminders/reminder-plan.js';

export type Level = 'commune' | 'province';
export type Kind = 'ratio' | 'count' | 'amount';
export type Field = 'numerator' | 'denominator' | 'value';

export interface Indicator {
  readonly code: string;
  /** Letter of the target in the plans (a, b, c, d, đ, e, g, h); null for an activity. */
  readonly letter: string | null;
  readonly name_vi: string;
  readonly name_en: string;
  readonly group: 'target' | 'activity';
  readonly kind: Kind;
  /** How months make a longer window: the latest month's figure, or the months added up. */
  readonly over_time: 'last' | 'sum';
  readonly reported_by: readonly Level[];
  readonly unit: string;
  readonly source: string;
  readonly numerator_vi?: string;
  readonly denominator_vi?: string;
  readonly breakdown?: readonly string[];
  /** 1 for yes-or-no facts, so that a sum counts communes. */
  readonly max_per_unit?: number;
}

type Op = '>=' | '>';
export interface Threshold {
  readonly op: Op;
  readonly percent: number;
}

export interface PlanTarget {
  readonly yearly?: Readonly<Record<string, Threshold>>;
  readonly by_end?: Threshold;
  /** Categories of the breakdown that the target looks at; all of the figure where absent. */
  readonly scope?: readonly string[];
  readonly trend?: 'increase_year_on_year';
  readonly note?: string;
}

export interface Plan {
  readonly unit: string;
  readonly name: string;
  readonly issued: string;
  readonly from_year: number;
  readonly to_year: number;
  readonly standing_agency: string;
  readonly targets: Readonly<Record<string, PlanTarget>>;
}

interface CalendarMonth {
  /** `YYYY-MM`, as are all months. */
  readonly month: string;
  /** The last day (`YYYY-MM-DD`, in Asia/Ho_Chi_Minh) on which a commune's report is on time. */
  readonly commune: string;
  /** The same of a province's own. */
  readonly province: string;
}

export interface Calendar {
  readonly version: string;
  readonly source: string;
  readonly months: readonly CalendarMonth[];
}

export interface ReferenceData {
  readonly catalogue: {
    readonly version: string;
    readonly source: string;
    readonly indicators: readonly Indicator[];
  };
  readonly plans: { readonly version: string; readonly plans: readonly Plan[] };
  readonly units: {
    readonly version: string;
    /** [code, name, full name, level, parent, unit type] */
    readonly rows: readonly (readonly string[])[];
    /** [code, full name, unit type, from day] */
    readonly changes: readonly (readonly string[])[];
  };
  readonly calendar: Calendar;
  readonly reminders: ReminderPlan;
}
