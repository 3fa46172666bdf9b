/** The decisions of the months of provinces, by province and month. */
import { provinceOf, provinces, reportingUnits } from '../reference/unit.js';
import { MONTHS } from '../window/period.js';
import type { Decision } from './decision.js';
import { MonthDecisions } from './month-decisions.js';

const provinceIndex = new Map(provinces.map(({ code }, index) => [code, index]));
const provinceOfUnit = reportingUnits.map((unit) => provinceIndex.get(provinceOf(unit)) as number);

export class Decisions {
  private readonly months = new Map<number, MonthDecisions>();

  /** Takes a decision in; false where it was known. */
  add(decision: Decision): boolean {
    const { province, month } = decision;
    const held = this.ofMonth(province, month);
    const next = held.with(decision);
    if (next === held) return false;
    this.months.set((provinceIndex.get(province) as number) * MONTHS + month, next);
    return true;
  }

  ofMonth(province: string, month: number): MonthDecisions {
    return this.months.get((provinceIndex.get(province) as number) * MONTHS + month) ?? MonthDecisions.none;
  }

  /** Those that a unit's month is under. */
  ofUnit(unit: number, month: number): MonthDecisions {
    if (this.months.size === 0) return MonthDecisions.none;
    return this.months.get(provinceOfUnit[unit] * MONTHS + month) ?? MonthDecisions.none;
  }
}
