/** Something of each province, made when it is first asked for. It is asked for by unit at every change of a cell. */
import { provinceOf, reportingUnits } from '../reference/unit.js';

export class ByProvince<T> {
  private readonly byCode = new Map<string, T>();
  private readonly byUnit = new Array<T | undefined>(reportingUnits.length);

  constructor(private readonly make: (province: string) => T) {}

  /** Of the province that a reporting unit's figures go to. @param unit index among the reporting units */
  of(unit: number): T {
    return (this.byUnit[unit] ??= this.ofProvince(provinceOf(reportingUnits[unit])));
  }

  /** Of a province, where it was ever asked for. */
  known(province: string): T | undefined {
    return this.byCode.get(province);
  }

  /** Of every province for which it was asked. */
  [Symbol.iterator](): IterableIterator<[province: string, of: T]> {
    return this.byCode.entries();
  }

  private ofProvince(province: string): T {
    let held = this.byCode.get(province);
    if (held === undefined) this.byCode.set(province, (held = this.make(province)));
    return held;
  }
}
