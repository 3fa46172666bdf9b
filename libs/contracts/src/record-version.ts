/**
 * The version of a record, and what a reader makes of one that is not its own.
 *
 * What is no record at all is passed over: garbage never stops a stream. A well-formed record of a newer version is never passed
 * over: something that counts stands in it. The reader stops in front of it and tries again, until a worker of the newer version
 * takes its place (docs/adr/0021). Every version says `v` and `g`; a record of another generation is nobody's business.
 */
import { AppError } from '#domain';

export const RECORD_VERSION = 1;

export interface Versioned {
  readonly v: number;
  readonly g: number;
}

export class NewerRecord extends AppError {
  readonly code = 'NEWER_RECORD';
  readonly retryable = true;
}

/**
 * The record if it is one of this version, and of the generation where one is given; else undefined.
 *
 * Throws `NewerRecord` for a well-formed one of a newer version.
 */
export const ofThisVersion = <T extends Versioned>(record: unknown, generation?: number): T | undefined => {
  if (typeof record !== 'object' || record === null) return undefined;
  const { v, g } = record as Partial<T>;
  if (generation !== undefined && g !== generation) return undefined;
  if (v === RECORD_VERSION) return record as T;
  const isNewer = isWhole(v) && v > RECORD_VERSION && isWhole(g);
  if (isNewer) throw new NewerRecord(`a record of version ${v}: this version knows ${RECORD_VERSION}`, { v, g });
  return undefined;
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
