/**
 * Repair: documents written whole from the newest records, in place of whatever stands there.
 *
 * The version guard cannot be used as it is: a document that was altered may say the right version, or one that no record has.
 * A write applies only where the document still says the version that was found with the fault; if the projection has
 * written in between, its write stands. The new version is that of the newest record, so later writes apply as ever.
 */
import type { Connection, Model } from 'mongoose';
import {
  accountsModel,
  decidedMonthModel,
  DOCUMENT_VERSION,
  monthOverflowModel,
  rejectionModel,
  unitHistoryModel,
  unitYearModel,
  windowModel,
  type RejectionDocument,
} from './schemas.js';
import {
  decidedMonthWrites,
  overflowWrites,
  unitHistoryWrites,
  unitYearWrites,
  windowWrites,
  type DecidedMonthWrite,
  type MonthOverflowWrite,
  type UnitMonthWrite,
  type WindowWrite,
} from './rollup-writer.js';

interface Whole {
  readonly id: string;
  readonly version: number;
  readonly set: Readonly<Record<string, unknown>>;
}

const durable = { writeConcern: { w: 'majority', journal: true } } as const;

export class DocumentRepair {
  constructor(
    private readonly connection: Connection,
    private readonly generation: number,
  ) {}

  /** Each returns how many documents were written. */
  windows(writes: readonly WindowWrite[]): Promise<number> {
    return replaceWhole(windowModel(this.connection, this.generation), windowWrites(writes));
  }

  /** @param months every month of the units' years concerned, in the order of their versions */
  async unitYears(months: readonly UnitMonthWrite[]): Promise<number> {
    const { connection, generation } = this;
    await replaceWhole(unitHistoryModel(connection, generation), unitHistoryWrites(months));
    return replaceWhole(unitYearModel(connection, generation), unitYearWrites(months));
  }

  overflows(writes: readonly MonthOverflowWrite[]): Promise<number> {
    return replaceWhole(monthOverflowModel(this.connection, this.generation), overflowWrites(writes));
  }

  decided(writes: readonly DecidedMonthWrite[]): Promise<number> {
    return replaceWhole(decidedMonthModel(this.connection, this.generation), decidedMonthWrites(writes));
  }

  accounts(partition: number, version: number, accounts: unknown): Promise<number> {
    const whole = { id: String(partition), version, set: { accounts } };
    return replaceWhole(accountsModel(this.connection, this.generation), [whole]);
  }

  rejections(rejections: readonly RejectionDocument[]): Promise<number> {
    const wholes = rejections.map(({ _id, ...set }) => ({ id: _id, version: 1, set }));
    return replaceWhole(rejectionModel(this.connection), wholes);
  }
}

const replaceWhole = async <T>(model: Model<T>, wholes: readonly Whole[]): Promise<number> => {
  let written = 0;
  for (const { id, version, set } of wholes) {
    const document = { _id: id, v: DOCUMENT_VERSION, ...nested(set), version };
    const held = await model.collection.findOne({ _id: id as never }, { projection: { version: 1 } });
    written += await (held === null ? insert(model, document) : replace(model, document, held.version));
  }
  return written;
};

const insert = async <T>(model: Model<T>, document: object): Promise<number> => {
  try {
    await model.collection.insertOne(document as never, durable);
    return 1;
  } catch (error) {
    // The projection was quicker: what it wrote stands.
    if ((error as { code?: unknown }).code === 11000) return 0;
    throw error;
  }
};

const replace = async <T>(model: Model<T>, document: { readonly _id: string }, held: unknown): Promise<number> => {
  const filter = { _id: document._id, version: held === undefined ? { $exists: false } : held };
  const { modifiedCount } = await model.collection.replaceOne(filter as never, document as never, durable);
  return modifiedCount;
};

/** Members with dotted names, as `$set` takes them, as the members that they mean. */
const nested = (set: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const document: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(set)) {
    const [outer, inner] = name.split('.');
    if (inner === undefined) document[outer] = value;
    else document[outer] = { ...(document[outer] as object | undefined), [inner]: value };
  }
  return document;
};
