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
  windowIndex,
  windowYear,
  YEARS,
  type MonthCells,
  type Rollup,
  type Unit,
  type UnitReports,
} from '#domain';
import { KeptDocuments } from './kept-documents.js';
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
  type StoredMonth,
  type UnitYearDocument,
  type WindowDocument,
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

/** Why, and of which cell. */
type NewestRejection = Pick<RejectionDocument, 'unit' | 'indicator' | 'period' | 'code' | 'pointer' | 'receivedAt'>;

const GENERATION_CACHE_MS = 500;
/** A year of every province, and of the country; some 30 kilobytes each. */
const MOST_WINDOWS = 600;
/** A year of every unit; some 15 kilobytes each. */
const MOST_YEARS = 3_500;

export class RollupReader {
  private known = 0;
  private knownUntil = 0;
  private readonly keptWindows: KeptDocuments<WindowDocument, StoredWindow>;
  private readonly keptReports: KeptDocuments<WindowDocument, UnitReports | undefined>;
  private readonly keptYears: KeptDocuments<UnitYearDocument, StoredYear>;

  constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
  ) {
    this.keptWindows = new KeptDocuments({
      fields: ['v', 'unit', 'window', 'items', 'reports', 'updatedAt'],
      parse: (document) => new ReadWindow(known(document)),
      most: MOST_WINDOWS,
      now,
    });
    this.keptReports = new KeptDocuments({
      fields: ['v', 'reports'],
      parse: (document) => storedReports(known(document)),
      most: MOST_WINDOWS,
      now,
    });
    this.keptYears = new KeptDocuments({
      fields: ['v', 'months'],
      parse: (document) => new StoredYear(known(document)),
      most: MOST_YEARS,
      now,
    });
  }

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
    return [...(await this.keptWindows.read(model, ids)).values()];
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
    const years = await this.years(units, new Set([year]));
    return new Map(
      units.map((unit) => [unit.code, storedUnitRollups(unit, window, years.get(`${unit.code}|${year}`), only)]),
    );
  }

  /** Rollups of a unit for each of some months, those that exist. */
  async monthly(unit: Unit, months: readonly number[]): Promise<readonly (StoredRollup & { window: string })[]> {
    const codes = months.map(monthCode);
    if (unit.level !== 'commune') {
      const found = new Map((await this.windows([unit.code], codes)).map((each) => [each.window, each.items]));
      return codes.flatMap((window) => (found.get(window) ?? []).map((item) => ({ window, ...item })));
    }
    const years = await this.years([unit], new Set(codes.map((code) => Number(code.slice(0, 4)))));
    return codes.flatMap((window) =>
      storedUnitRollups(unit, windowIndex(window) as number, years.get(`${unit.code}|${window.slice(0, 4)}`)).map(
        (item) => ({ window, ...item }),
      ),
    );
  }

  /** What the live cells of a reporting unit are in a month, by its index, of some years. */
  async cells(
    units: readonly Unit[],
    years: readonly number[],
  ): Promise<(unit: Unit, month: number) => MonthCells | undefined> {
    const found = await this.years(units, new Set(years));
    return (unit, month) => {
      // Before the first month there is none.
      const code = month < 0 ? undefined : monthCode(month);
      return code === undefined ? undefined : found.get(`${unit.code}|${code.slice(0, 4)}`)?.cells(code);
    };
  }

  private async years(units: readonly Unit[], years: ReadonlySet<number>): Promise<ReadonlyMap<string, StoredYear>> {
    const model = unitYearModel(this.connection, await this.generation());
    const ids = units.flatMap(({ code }) => Array.from(years, (year) => `${code}|${year}`));
    return this.keptYears.read(model, ids);
  }

  /** What the units of a province reported, by province and month of a window. */
  async reports(unit: Unit, window: number): Promise<(province: string, month: number) => UnitReports | undefined> {
    const codes = unit.level === 'country' ? provinces.map(({ code }) => code) : [provinceOf(unit)];
    const months = monthsOfWindow(window).map(monthCode);
    const ids = codes.flatMap((code) => months.map((month) => `${code}|${month}`));
    const model = windowModel(this.connection, await this.generation());
    const byId = await this.keptReports.read(model, ids);
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

  /** The newest of each of a unit's own cells in some months, however many there are of others. */
  async newestRejections(unit: string, months: readonly string[]): Promise<NewestRejection[]> {
    const first = (field: string) => ({ $first: `$${field}` });
    return rejectionModel(this.connection)
      .aggregate<NewestRejection>([
        { $match: { unit, period: { $in: months } } },
        { $sort: { receivedAt: -1, _id: -1 } },
        {
          $group: {
            _id: { indicator: '$indicator', period: '$period' },
            ...{ unit: first('unit'), indicator: first('indicator'), period: first('period') },
            ...{ code: first('code'), pointer: first('pointer'), receivedAt: first('receivedAt') },
          },
        },
      ])
      .exec()
      .catch(unavailable);
  }

  async accounts(): Promise<AccountsDocument[]> {
    const model = accountsModel(this.connection, await this.generation());
    const found = await model.find().lean<AccountsDocument[]>().exec().catch(unavailable);
    return found.map(known);
  }
}

/** What is looked at of a window is parsed then, once. */
class ReadWindow implements StoredWindow {
  readonly unit: string;
  readonly window: string;
  readonly version: number;
  readonly updatedAt: string;
  private parsedItems?: readonly StoredRollup[];
  private parsedReports?: UnitReports;

  constructor(private readonly document: WindowDocument) {
    const { unit, window, version, updatedAt } = document;
    this.unit = unit;
    this.window = window;
    this.version = version;
    this.updatedAt = updatedAt.toISOString();
  }

  get items(): readonly StoredRollup[] {
    const { updatedAt, document } = this;
    return (this.parsedItems ??= storedItems(document).map((item) => ({ ...item, updatedAt })));
  }

  get reports(): UnitReports | undefined {
    return (this.parsedReports ??= storedReports(this.document));
  }
}

/** A unit's year; a month is parsed when it is looked at, once. */
class StoredYear {
  private readonly parsed = new Map<string, MonthCells | undefined>();

  constructor(private readonly document: Pick<UnitYearDocument, 'months'>) {}

  /** @param month `2026-03`, of this year */
  cells(month: string): MonthCells | undefined {
    if (!this.parsed.has(month)) {
      const stored = this.month(month);
      this.parsed.set(month, stored && storedCells(stored));
    }
    return this.parsed.get(month);
  }

  /** Milliseconds since the epoch; 0 where nothing was written of the month. */
  updatedAt(month: string): number {
    return this.month(month)?.updatedAt.getTime() ?? 0;
  }

  private month(month: string): StoredMonth | undefined {
    return this.document.months[month.slice(5)];
  }
}

const storedUnitRollups = (unit: Unit, window: number, year: StoredYear | undefined, only?: string): StoredRollup[] => {
  if (year === undefined) return [];
  const latest = Math.max(...monthsOfWindow(window).map((month) => year.updatedAt(monthCode(month))));
  const updatedAt = new Date(latest).toISOString();
  return unitRollups(unit, window, (month) => year.cells(month), only).map((rollup) => ({ ...rollup, updatedAt }));
};
