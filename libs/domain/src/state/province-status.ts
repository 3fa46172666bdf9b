/** The status of a province partition: how far each unit has come with each month. */
import type { CellTable } from '../cell/cell-table.js';
import { provinceOf, reportingUnits } from '../reference/unit.js';
import { MonthReports } from '../status/unit-reports.js';
import { WINDOWS_PER_YEAR } from '../window/period.js';
import { ByProvince } from './by-province.js';
import type { CellObserver } from './cell-observer.js';

export class ProvinceStatus implements CellObserver {
  /** By month; one of which nothing has changed here is not there. */
  private readonly months = new ByProvince<MonthReports[]>(() => []);

  constructor(private readonly table: CellTable) {}

  changed(row: number): void {
    const month = this.table.monthOf(row);
    const index = this.table.unitOf(row);
    const unit = reportingUnits[index];
    const months = this.months.of(index);
    (months[month] ??= new MonthReports(provinceOf(unit), month, this.table)).touch(unit.code);
  }

  /** A province's month, whether something of it has changed or not; undefined for a longer window. */
  whole(province: string, window: number): MonthReports | undefined {
    const shape = window % WINDOWS_PER_YEAR;
    const month = Math.floor(window / WINDOWS_PER_YEAR) * 12 + shape;
    return shape < 12 ? (this.of(province, window) ?? new MonthReports(province, month, this.table)) : undefined;
  }

  /** A province's month, where something of it has changed; undefined for a longer window. */
  of(province: string, window: number): MonthReports | undefined {
    const shape = window % WINDOWS_PER_YEAR;
    const month = Math.floor(window / WINDOWS_PER_YEAR) * 12 + shape;
    return shape < 12 ? this.months.known(province)?.[month] : undefined;
  }
}
