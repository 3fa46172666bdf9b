/**
 * Documents: few and whole. A unit's year is one document, a window of a province or the country is one document.
 *
 * What is inside one is JSON text: nobody asks the database for a part of it, and text is written several times faster than
 * nested documents and keeps whole numbers of any size. Rollups are derived, so their collections belong to a generation (`window_rollups_g1`): a rebuild fills new ones beside the
 * old, and readers change over at once.
 */
import { Schema, type Connection, type Model, type mongo } from 'mongoose';
import { AppError, rollupsFrom, unitOf, type MonthCells, type Rollup, type Unit, type UnitReports } from '#domain';

/** The version of what a document looks like; without one it is of the first. */
export const DOCUMENT_VERSION = 1;

/** A document that a newer version of the project wrote: what it means is not known here. */
class NewerDocument extends AppError {
  readonly code = 'NEWER_DOCUMENT';
  readonly retryable = true;
}

/** The document itself. Throws `NewerDocument` rather than show what may mean something else. */
export const known = <T extends { readonly _id: string; readonly v?: number }>(document: T): T => {
  const { _id, v = DOCUMENT_VERSION } = document;
  if (v <= DOCUMENT_VERSION) return document;
  throw new NewerDocument(`a document of version ${v}: this version knows ${DOCUMENT_VERSION}`, { _id, v });
};

export interface WindowDocument {
  /** unit|window */
  readonly _id: string;
  readonly v?: number;
  readonly unit: string;
  readonly window: string;
  readonly version: number;
  /** Its rollups as text (rollup-text.ts). */
  readonly items: string;
  /** For a province's month, its `UnitReports` as JSON text. */
  readonly reports?: string;
  readonly updatedAt: Date;
}

export interface UnitYearDocument {
  /** unit|year */
  readonly _id: string;
  readonly v?: number;
  readonly unit: string;
  readonly province: string;
  readonly year: number;
  readonly version: number;
  /** By month: `03`. */
  readonly months: Readonly<Record<string, StoredMonth>>;
  readonly updatedAt: Date;
}
export interface StoredMonth {
  /** Live cells by indicator (`MonthCells`), as JSON text: numbers in slot order, null for a category that was not given. */
  readonly cells: string;
  readonly updatedAt: Date;
}

/** Bytes, as the driver gives them: what is read by its bytes is not made text first, which would take most of the time. */
export type StoredBytes = Buffer | mongo.Binary;

export const bytesOf = (stored: StoredBytes): Buffer => {
  if (Buffer.isBuffer(stored)) return stored;
  const { buffer, byteOffset, byteLength } = stored.value();
  return Buffer.from(buffer, byteOffset, byteLength);
};

/** All that was ever known of a unit's year: beside the figures of now, so that what is read all day stays small. */
export interface UnitHistoryDocument extends Omit<UnitYearDocument, 'months'> {
  /** By month: `03`. */
  readonly months: Readonly<Record<string, StoredRecord>>;
}
interface StoredRecord {
  /** The month's record of commune-rollups, as it was written. */
  readonly record: StoredBytes;
  /** When it was. */
  readonly writtenAt: number;
  /** How many `MonthOverflowDocument`s hold more of it. */
  readonly overflows?: number;
}

/** More of what was ever known of a unit's month. */
export interface MonthOverflowDocument {
  /** unit|month|number */
  readonly _id: string;
  readonly v?: number;
  readonly version: number;
  /** Its record of commune-rollups, as it was written. */
  readonly record: StoredBytes;
  /** When it was. */
  readonly writtenAt: number;
}

/** What was decided of a province's month, or a part of it. */
export interface DecidedMonthDocument {
  /** province|month, of later parts province|month|part */
  readonly _id: string;
  readonly v?: number;
  readonly province: string;
  readonly month: string;
  readonly version: number;
  /** Its record of commune-rollups, as it was written. */
  readonly record: string;
  readonly updatedAt: Date;
}

export interface AccountsDocument {
  readonly _id: string;
  readonly v?: number;
  readonly version: number;
  readonly accounts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface RejectionDocument {
  /** Where the event came from, so that a refusal written twice is stored once. */
  readonly _id: string;
  readonly v?: number;
  readonly unit?: string;
  readonly indicator?: string;
  /** A month, `2026-03`. */
  readonly period?: string;
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
  readonly receivedAt: Date;
  readonly origin: unknown;
  readonly version?: number;
}

/** The document of `meta` that says which generation readers see. */
export const GENERATION_ID = 'generation';

export interface MetaDocument {
  readonly _id: string;
  readonly current: number;
}

export const storedItems = ({ unit, items }: Pick<WindowDocument, 'unit' | 'items'>): readonly Rollup[] =>
  rollupsFrom(unitOf(unit) as Unit, items);
export const storedReports = ({ reports }: Pick<WindowDocument, 'reports'>): UnitReports | undefined =>
  reports === undefined ? undefined : (JSON.parse(reports) as UnitReports);
export const storedCells = ({ cells }: StoredMonth): MonthCells => JSON.parse(cells) as MonthCells;

const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;
const mixed = Schema.Types.Mixed;

const windowSchema = new Schema<WindowDocument>(
  {
    _id: String,
    v: Number,
    unit: String,
    window: String,
    version: Number,
    items: String,
    reports: String,
    updatedAt: Date,
  },
  options,
).index({ window: 1, unit: 1 });

/** Of documents of a unit's year, whatever its months hold. */
const yearSchema = <T extends { readonly province: string; readonly year: number }>(): Schema<T> =>
  new Schema<T>(
    {
      _id: String,
      v: Number,
      unit: String,
      province: String,
      year: Number,
      version: Number,
      months: mixed,
      updatedAt: Date,
    } as never,
    options,
  ).index({ province: 1, year: 1 } as never) as Schema<T>;

const unitYearSchema = yearSchema<UnitYearDocument>();
const unitHistorySchema = yearSchema<UnitHistoryDocument>();

const decidedMonthSchema = new Schema<DecidedMonthDocument>(
  { _id: String, v: Number, province: String, month: String, version: Number, record: String, updatedAt: Date },
  options,
).index({ province: 1, month: 1 });

const monthOverflowSchema = new Schema<MonthOverflowDocument>(
  { _id: String, v: Number, version: Number, record: Buffer, writtenAt: Number },
  options,
);

const accountsSchema = new Schema<AccountsDocument>(
  { _id: String, v: Number, version: Number, accounts: mixed },
  options,
);

const rejectionSchema = new Schema<RejectionDocument>(
  {
    _id: String,
    v: Number,
    unit: String,
    indicator: String,
    period: String,
    code: String,
    pointer: String,
    detail: String,
    receivedAt: Date,
    origin: mixed,
  },
  options,
).index({ unit: 1, receivedAt: -1 });

const metaSchema = new Schema<MetaDocument>({ _id: String, current: Number }, options);

const modelOf = <T>(connection: Connection, name: string, schema: Schema<T>): Model<T> =>
  (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema, name);

export const windowModel = (c: Connection, g: number) => modelOf(c, `window_rollups_g${g}`, windowSchema);
export const unitYearModel = (c: Connection, g: number) => modelOf(c, `unit_years_g${g}`, unitYearSchema);
export const unitHistoryModel = (c: Connection, g: number) => modelOf(c, `unit_histories_g${g}`, unitHistorySchema);
export const monthOverflowModel = (c: Connection, g: number) =>
  modelOf(c, `month_overflows_g${g}`, monthOverflowSchema);
export const decidedMonthModel = (c: Connection, g: number) => modelOf(c, `decided_months_g${g}`, decidedMonthSchema);
export const accountsModel = (c: Connection, g: number) => modelOf(c, `accounts_g${g}`, accountsSchema);
export const rejectionModel = (c: Connection) => modelOf(c, 'rejections', rejectionSchema);
export const metaModel = (c: Connection) => modelOf(c, 'meta', metaSchema);
