/**
 * Reads ready-made rollups of the generation that readers see. No query scans events.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import {
  COUNTRY,
  FIRST_YEAR,
  monthCode,
  monthsOfWindow,
  provinceOf,
  provinces,
  reportersOf,
  unitRollups,
  windowCode,
  windowYear,
  YEARS,
  type MonthCells,
  type Rollup,
  type Unit,
  type UnitReports,
} from '#domain';
import { unavailable } from './unavailable.js';
import {
  accountsModel,
  GENERATION_ID,
  known,
  metaModel,
  rejectionModel,
  storedCells,
  storedItems,
  storedReports,
  unitYearModel,
  windowModel,
  type AccountsDocument,
  type RejectionDocument,
  type UnitYearDocument,
} from './schemas.js';

export interface StoredRollup extends Rollup {
  readonly updatedAt: string;
}

export interface StoredWindow {
  readonly unit: string;
  readonly window: string;
  /** Which record it reflects (versions.ts). */
  readonly version: number;
  readonly items: readonly StoredRollup[];
  readonly reports?: UnitReports;
  readonly updatedAt: string;
}

const GENERATION_CACHE_MS = 500;

export class RollupReader {
  private known = 0;
  private knownUntil = 0;

  constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
  ) {}

  /** The generation that readers see; 1 until a rebuild is complete. */
  async generation(): Promise<number> {
    if (this.now() < this.knownUntil) return this.known;
    const meta = await metaModel(this.connection).findById(GENERATION_ID).lean().exec().catch(unavailable);
    this.known = meta?.current ?? 1;
    this.knownUntil = this.now() + GENERATION_CACHE_MS;
    return this.known;
  }

  /** Makes readers see a generation, all at once, and forgets the older ones when no reader can still be at them. */
  async changeOver(generation: number): Promise<void> {
    await metaModel(this.connection)
      .updateOne(
        { _id: GENERATION_ID },
        { $set: { current: generation } },
        { upsert: true, writeConcern: { w: 'majority', j: true } },
      )
      .exec()
      .catch(unavailable);
    this.knownUntil = 0;
    await sleep(4 * GENERATION_CACHE_MS);
    const collections = (await this.connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
    for (const { name } of collections) {
      const match =
        /^(?:window_rollups|unit_years|unit_histories|month_overflows|decided_months|accounts)_g(\d+)$/.exec(name);
      if (match !== null && Number(match[1]) < generation) await this.connection.db?.dropCollection(name);
    }
  }

  /** The windows of some units, those that exist. */
  async windows(units: readonly string[], windows: readonly string[]): Promise<StoredWindow[]> {
    const ids = units.flatMap((unit) => windows.map((window) => `${unit}|${window}`));
    const model = windowModel(this.connection, await this.generation());
    const found = await model
      .find({ _id: { $in: ids } })
      .lean()
      .exec()
      .catch(unavailable);
    return found.map(known).map((document) => {
      const { unit, window, version } = document;
      const at = document.updatedAt.toISOString();
      const rollups = storedItems(document).map((item) => ({ ...item, updatedAt: at }));
      const reports = storedReports(document);
      return { unit, window, version, items: rollups, ...(reports ? { reports } : {}), updatedAt: at };
    });
  }

  /** Rollups of any unit for a window. A commune's are made from its year, a province's and the country's stand ready. */
  async rollups(unit: Unit, window: number): Promise<readonly StoredRollup[]> {
    if (unit.level === 'commune') return (await this.communeRollups([unit], window)).get(unit.code) ?? [];
    const [found] = await this.windows([unit.code], [windowCode(window)]);
    return found?.items ?? [];
  }

  /** Rollups of communes for a window, by code; of one indicator where it is named. */
  async communeRollups(
    units: readonly Unit[],
    window: number,
    only?: string,
  ): Promise<ReadonlyMap<string, readonly StoredRollup[]>> {
    const year = windowYear(window);
    const model = unitYearModel(this.connection, await this.generation());
    const ids = units.map(({ code }) => `${code}|${year}`);
    const wanted = Object.fromEntries(monthsOfWindow(window).map((month) => [`months.${monthOfYear(month)}`, 1]));
    const found = await model
      .find({ _id: { $in: ids } }, { v: 1, unit: 1, ...wanted })
      .lean()
      .exec()
      .catch(unavailable);
    const documents = new Map(found.map(known).map((document) => [document.unit, document as UnitYearDocument]));
    return new Map(units.map((unit) => [unit.code, storedUnitRollups(unit, window, documents.get(unit.code), only)]));
  }

  /** What the units of a province reported, by province and month of a window. */
  async reports(unit: Unit, window: number): Promise<(province: string, month: number) => UnitReports | undefined> {
    const codes = unit.level === 'country' ? provinces.map(({ code }) => code) : [provinceOf(unit)];
    const months = monthsOfWindow(window).map(monthCode);
    const ids = codes.flatMap((code) => months.map((month) => `${code}|${month}`));
    const model = windowModel(this.connection, await this.generation());
    const found = await model
      .find({ _id: { $in: ids } }, { v: 1, reports: 1 })
      .lean()
      .exec()
      .catch(unavailable);
    const byId = new Map(found.map(known).map((document) => [document._id, storedReports(document)]));
    return (province, month) => byId.get(`${province}|${monthCode(month)}`);
  }

  /** Every year of a unit, with its live cells by month. */
  async unitYears(unit: string): Promise<UnitYearDocument[]> {
    const model = unitYearModel(this.connection, await this.generation());
    const ids = Array.from({ length: YEARS }, (_, n) => `${unit}|${FIRST_YEAR + n}`);
    const found = await model
      .find({ _id: { $in: ids } })
      .lean<UnitYearDocument[]>()
      .exec()
      .catch(unavailable);
    return found.map(known);
  }

  async rejections(unit: Unit | undefined, limit: number): Promise<RejectionDocument[]> {
    const isEverything = unit === undefined || unit.code === COUNTRY;
    const filter = isEverything ? {} : { unit: { $in: reportersOf(unit).map(({ code }) => code) } };
    const found = await rejectionModel(this.connection)
      .find(filter)
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean<RejectionDocument[]>()
      .exec()
      .catch(unavailable);
    return found.map(known);
  }

  async accounts(): Promise<AccountsDocument[]> {
    const model = accountsModel(this.connection, await this.generation());
    const found = await model.find().lean<AccountsDocument[]>().exec().catch(unavailable);
    return found.map(known);
  }
}

/** `03` */
const monthOfYear = (month: number): string => monthCode(month).slice(5);

const storedUnitRollups = (
  unit: Unit,
  window: number,
  document: Pick<UnitYearDocument, 'months'> | undefined,
  only?: string,
): StoredRollup[] => {
  // None of the months that were asked for is there.
  if (document?.months === undefined) return [];
  const held = document.months;
  const monthOf = (month: string): MonthCells | undefined => {
    const stored = held[month.slice(5)];
    return stored && storedCells(stored);
  };
  const months = monthsOfWindow(window).map((month) => held[monthOfYear(month)]);
  const latest = Math.max(...months.map((month) => month?.updatedAt.getTime() ?? 0));
  const updatedAt = new Date(latest).toISOString();
  return unitRollups(unit, window, monthOf, only).map((rollup) => ({ ...rollup, updatedAt }));
};
