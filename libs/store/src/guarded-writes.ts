/**
 * Guarded writes: a late writer cannot undo a newer one.
 *
 * Every document carries the version that it reflects, the offset of the record it comes from, and a write applies only to a
 * lower one. When the guard holds, the upsert finds no document to match and fails to insert a second one under the same id:
 * that duplicate key is the guard at work, not a fault.
 */
import type { Model } from 'mongoose';
import { AppError } from '#domain';
import { DOCUMENT_VERSION } from './schemas.js';

export interface GuardedWrite {
  readonly id: string;
  readonly version: number;
  /** Fields to set; a dotted name sets one member. */
  readonly set: Readonly<Record<string, unknown>>;
}

export class StoreUnavailable extends AppError {
  readonly code = 'STORE_UNAVAILABLE';
  readonly retryable = true;
}

const DUPLICATE_KEY = 11000;

/** Writes what is newer than what is stored; returns how many writes the guard turned away. Throws `StoreUnavailable`. */
export const writeGuarded = async <T>(model: Model<T>, writes: readonly GuardedWrite[]): Promise<number> => {
  if (writes.length === 0) return 0;
  const operations = writes.map(({ id, version, set }) => ({
    updateOne: {
      filter: { _id: id, version: { $lt: version } },
      update: { $set: { ...set, v: DOCUMENT_VERSION, version } },
      upsert: true,
    },
  }));
  try {
    await model.collection.bulkWrite(operations as never, {
      ordered: false,
      writeConcern: { w: 'majority', journal: true },
    });
    return 0;
  } catch (error) {
    return duplicateKeys(error);
  }
};

/** How many writes failed, if a duplicate key is all that is wrong with them. */
const duplicateKeys = (error: unknown): number => {
  const { writeErrors, result } = error as { writeErrors?: unknown; result?: { getWriteConcernError?: () => unknown } };
  const errors = (Array.isArray(writeErrors) ? writeErrors : writeErrors === undefined ? [] : [writeErrors]) as {
    code?: number;
  }[];
  const isGuard = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
  if (!isGuard || result?.getWriteConcernError?.() !== undefined) {
    throw new StoreUnavailable('MongoDB did not take the writes', {}, { cause: error });
  }
  return errors.length;
};
