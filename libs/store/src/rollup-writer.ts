/**
 * Writes the rollups of one generation, by newest version, acknowledged by a majority with the journal.
 */
import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { writeGuarded, type GuardedWrite } from './guarded-writes.js';
import {
  accountsModel,
  decidedMonthModel,
  GENERATION_ID,
  metaModel,
  monthOverflowModel,
  rejectionModel,
  unitHistoryModel,
  unitYearModel,
  windowModel,
  type RejectionDocument,
} from './schemas.js';

export interface WindowWrite {
  readonly unit: string;
  readonly window: string;
  readonly version: number;
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
  /** `UnitReports` as JSON text. */
  readonly reports?: string;
  readonly updatedAt: Date;
}

export interface UnitMonthWrite {
  readonly unit: string;
  readonly province: string;
  /** `2026-03` */
  readonly month: string;
  readonly version: number;
  /** `MonthCells` as JSON text. */
  readonly cells: string;
  /** The record that it is from, whole. */
  readonly record: Buffer;
  /** How many overflows hold more of it. */
  readonly overflows?: number;
  readonly updatedAt: Date;
}

export interface MonthOverflowWrite {
  /** unit|month|number */
  readonly id: string;
  readonly version: number;
  /** The record that it is from, whole. */
  readonly record: Buffer;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
}

export interface DecidedMonthWrite {
  readonly province: string;
  /** `2026-03` */
  readonly month: string;
  /** Of the month's records, from 0. */
  readonly part: number;
  readonly version: number;
  /** The record that it is from, whole. */
  readonly record: string;
  readonly updatedAt: Date;
}

export class RollupWriter {
  constructor(
    private readonly connection: Connection,
    private readonly generation: number,
  ) {}

  /** Makes indexes; in a database that knows no generation yet, readers see this one. */
  async prepare(): Promise<void> {
    const { connection, generation } = this;
    await metaModel(connection).updateOne(
      { _id: GENERATION_ID },
      { $setOnInsert: { current: generation } },
      { upsert: true, writeConcern: { w: 'majority', j: true } },
    );
    for (const model of [
      windowModel(connection, generation),
      unitYearModel(connection, generation),
      unitHistoryModel(connection, generation),
      decidedMonthModel(connection, generation),
      rejectionModel(connection),
    ]) {
      await model.createIndexes();
    }
  }

  /** Windows of provinces and the country; of several writes to a document only the newest is sent. */
  async writeWindows(writes: readonly WindowWrite[]): Promise<number> {
    return writeGuarded(windowModel(this.connection, this.generation), windowWrites(writes));
  }

  /** Months of units, each into the document of the unit's year. The writes of a unit come in the order of their versions. */
  async writeUnitMonths(writes: readonly UnitMonthWrite[]): Promise<number> {
    const { connection, generation } = this;
    // One after the other: two large writes at once leave those who read no core.
    const turnedAway = await writeGuarded(unitYearModel(connection, generation), unitYearWrites(writes));
    await writeGuarded(unitHistoryModel(connection, generation), unitHistoryWrites(writes));
    return turnedAway;
  }

  /** Before the months that they are of: who reads a month finds its overflows. */
  async writeOverflows(writes: readonly MonthOverflowWrite[]): Promise<number> {
    return writeGuarded(monthOverflowModel(this.connection, this.generation), overflowWrites(writes));
  }

  /** What was decided of months of provinces. */
  async writeDecidedMonths(writes: readonly DecidedMonthWrite[]): Promise<number> {
    return writeGuarded(decidedMonthModel(this.connection, this.generation), decidedMonthWrites(writes));
  }

  async writeAccounts(partition: number, version: number, accounts: unknown): Promise<void> {
    const write = { id: String(partition), version, set: { accounts } };
    await writeGuarded(accountsModel(this.connection, this.generation), [write]);
  }

  async writeRejections(rejections: readonly RejectionDocument[]): Promise<void> {
    const writes = rejections.map(({ _id, ...set }) => ({ id: _id, version: 1, set }));
    await writeGuarded(rejectionModel(this.connection), writes);
  }
}

/** What is written of windows, to a document the newest only. */
export const windowWrites = (writes: readonly WindowWrite[]): GuardedWrite[] => {
  const newest = new Map<string, GuardedWrite>();
  for (const { unit, window, version, items, reports, updatedAt } of writes) {
    const id = `${unit}|${window}`;
    if ((newest.get(id)?.version ?? -1) >= version) continue;
    const inside = reports === undefined ? { items } : { items, reports };
    newest.set(id, { id, version, set: { unit, window, ...inside, updatedAt } });
  }
  return [...newest.values()];
};

/** What is written of decided months; each comes once. */
export const decidedMonthWrites = (writes: readonly DecidedMonthWrite[]): GuardedWrite[] =>
  writes.map(({ version, part, ...set }) => {
    const first = `${set.province}|${set.month}`;
    return { id: part === 0 ? first : `${first}|${part}`, version, set };
  });

/** What is written of overflows; each comes once. */
export const overflowWrites = (writes: readonly MonthOverflowWrite[]): GuardedWrite[] =>
  writes.map(({ id, version, ...set }) => ({ id, version, set }));

/** What is written of units' months, by the document of the unit's year. */
export const unitYearWrites = (writes: readonly UnitMonthWrite[]): GuardedWrite[] =>
  byYear(writes, ({ cells, updatedAt }) => ({ cells, updatedAt }));

/** The same of what was ever known of them. */
export const unitHistoryWrites = (writes: readonly UnitMonthWrite[]): GuardedWrite[] =>
  byYear(writes, ({ record, updatedAt, overflows }) => {
    const written = { record, writtenAt: updatedAt.getTime() };
    return overflows === undefined ? written : { ...written, overflows };
  });

const byYear = (writes: readonly UnitMonthWrite[], inside: (write: UnitMonthWrite) => object): GuardedWrite[] => {
  const years = new Map<string, { version: number; set: Record<string, unknown> }>();
  for (const write of writes) {
    const { unit, province, month, version, updatedAt } = write;
    const year = month.slice(0, 4);
    const id = `${unit}|${year}`;
    const held = years.get(id) ?? { version, set: { unit, province, year: Number(year) } };
    held.set[`months.${month.slice(5)}`] = inside(write);
    held.set.updatedAt = updatedAt;
    held.version = Math.max(held.version, version);
    years.set(id, held);
  }
  return [...years].map(([id, { version, set }]) => ({ id, version, set }));
};

/** SHA-256 of bytes or text, in hexadecimal. */
export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
