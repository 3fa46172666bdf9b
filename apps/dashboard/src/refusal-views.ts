/** Refusals as they are shown: each with whether it was mended since, or those of a unit's cells that were not. */
import { Injectable } from '@nestjs/common';
import {
  COUNTRY,
  indicatorIndex,
  mendedAt,
  monthCode,
  monthIndex,
  monthsOfWindow,
  provinceOf,
  reportingUnitIndex,
  reportingUnits,
  windowIndex,
  type MonthWords,
  type RefusedPlace,
  type Unit,
} from '#domain';
import { HistoryReader, RollupReader, type RejectionDocument } from '#store';

/** The newest refusal of a cell that nothing was reported of since. */
interface WaitingRefusal extends Pick<RejectionDocument, 'code' | 'pointer'> {
  readonly at: string;
}
/** By `indicator|month`, their indexes. */
export type WaitingRefusals = ReadonlyMap<string, WaitingRefusal>;

@Injectable()
export class RefusalViews {
  constructor(
    private readonly reader: RollupReader,
    private readonly history: HistoryReader,
  ) {}

  /** The newest of a unit and of those under it. Of the whole country it is not looked up what was mended: that is every province's year. */
  async newest(unit: Unit | undefined, limit: number): Promise<object[]> {
    const found = await this.reader.rejections(unit, limit);
    const places = found.map(placeOf);
    const isOneProvince = unit !== undefined && unit.code !== COUNTRY;
    const months = isOneProvince ? await this.months(places.filter((place) => place !== undefined)) : [];
    return found.map(({ _id, v: _v, version: _version, receivedAt, ...rejection }, n) => {
      const place = places[n];
      const at = place && mendedAt(place, months);
      const mended = at === undefined ? {} : { mendedAt: new Date(at).toISOString() };
      return { ...rejection, ...mended, receivedAt: receivedAt.toISOString() };
    });
  }

  /** A unit's own of a window that nothing was reported since: of each cell the newest. @param words of the window's months */
  async waiting(unit: Unit, window: number, words: readonly MonthWords[]): Promise<WaitingRefusals> {
    const waiting = new Map<string, WaitingRefusal>();
    const months = monthsOfWindow(window).map(monthCode);
    for (const rejection of await this.reader.newestRejections(unit.code, months)) {
      const place = placeOf(rejection);
      if (place === undefined || mendedAt(place, words) !== undefined) continue;
      const { code, pointer, receivedAt } = rejection;
      waiting.set(`${place.indicator}|${place.month}`, { code, pointer, at: receivedAt.toISOString() });
    }
    return waiting;
  }

  /** The words of the months that are asked for, province by province and month by month: a refusal is seldom of many. */
  private async months(places: readonly RefusedPlace[]): Promise<MonthWords[]> {
    const byMonth = new Map<string, Set<number>>();
    for (const { unit, month } of places) {
      const key = `${provinceOf(reportingUnits[unit])}|${month}`;
      byMonth.set(key, (byMonth.get(key) ?? new Set()).add(unit));
    }
    const found: MonthWords[] = [];
    for (const [key, units] of byMonth) {
      const window = windowOfMonth(Number(key.split('|')[1]));
      found.push(
        ...(await this.history.months(
          [...units].map((unit) => reportingUnits[unit]),
          window,
        )),
      );
    }
    return found;
  }
}

const windowOfMonth = (month: number): number => windowIndex(monthCode(month)) as number;

const placeOf = ({
  unit,
  indicator,
  period,
  receivedAt,
}: Pick<RejectionDocument, 'unit' | 'indicator' | 'period' | 'receivedAt'>): RefusedPlace | undefined => {
  if (unit === undefined || indicator === undefined || period === undefined) return undefined;
  const [of, cell, month] = [reportingUnitIndex(unit), indicatorIndex(indicator), monthIndex(period)];
  if (of === undefined || cell === undefined || month === undefined) return undefined;
  return { unit: of, indicator: cell, month, at: receivedAt.getTime() };
};
