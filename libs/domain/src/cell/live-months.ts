/** Which months of a year a unit has a live figure in, for each indicator: January as bit 0. */
import { indicators } from '../reference/catalogue.js';
import { YEARS } from '../window/period.js';

export class LiveMonths {
  private readonly ofUnit: Record<number, Uint16Array> = {};

  /** The months of the year that a month is in. */
  of(unit: number, month: number, indicator: number): number {
    return this.unit(unit)[Math.floor(month / 12) * indicators.length + indicator];
  }

  set(unit: number, month: number, indicator: number, isLive: boolean): void {
    const years = this.unit(unit);
    const at = Math.floor(month / 12) * indicators.length + indicator;
    years[at] = withMonth(years[at], month, isLive);
  }

  private unit(unit: number): Uint16Array {
    return (this.ofUnit[unit] ??= new Uint16Array(YEARS * indicators.length));
  }
}

/** Live months of a year with one of them live, or not. */
export const withMonth = (months: number, month: number, isLive: boolean): number => {
  const bit = 1 << (month % 12);
  return isLive ? months | bit : months & ~bit;
};
