/**
 * The version of a record, and what a reader makes of one that is not its own.
 *
 * What is no record at all is passed over: garbage never stops a stream. A well-formed record of a newer version is never passed
 * over: something that counts stands in it. The reader stops in front of it and tries again, until a worker of the newer version
 * takes its place (docs/adr/0021). Every version says `v` and `g`; a record of another generation is passed over.
 */
import { AppError } from '#domain';

/** What is written. */
export const RECORD_VERSION = 3;
/** What is still read: records stand in compacted topics until a rebuild. */
const OLDEST_VERSION = 1;

export interface Versioned {
  readonly v: number;
  readonly g: number;
}

export class NewerRecord extends AppError {
  readonly code = 'NEWER_RECORD';
  readonly retryable = true;
}

/**
 * The record if it is one of a version that is known, and of the generation where one is given; else undefined.
 *
 * Throws `NewerRecord` for a well-formed one of a newer version.
 */
export const ofKnownVersion = <T extends Versioned>(record: unknown, generation?: number): T | undefined => {
  if (typeof record !== 'object' || record === null) return undefined;
  const { v, g } = record as Partial<T>;
  if (generation !== undefined && g !== generation) return undefined;
  if (!isWhole(v) || !isWhole(g)) return undefined;
  if (v > RECORD_VERSION)
    throw new NewerRecord(`a record of version ${v}: this version knows ${RECORD_VERSION}`, { v, g });
  return v >= OLDEST_VERSION ? (record as T) : undefined;
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
