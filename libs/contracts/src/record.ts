/**
 * A record between the stages: absolute, versioned, compact.
 *
 * A record says what a key holds now, never by how much it changed, so reading one twice or late does no harm. `g` is the
 * generation: a rebuild starts a new one, and records of another generation are passed over. Codes, not indexes, stand in
 * records, so that services with different catalogues can share a topic. A record names the slots of its tuples since version 2
 * (record-slots.ts); one of version 1 has those of that version. Since version 3 reports carry their receipts. Where a new field goes: docs/architecture.md.
 */
import { membersOf } from './json-members.js';
import { ofKnownVersion, type Versioned } from './record-version.js';

/** Undefined for what cannot be read. */
export const readable = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/**
 * A record's content, or undefined if it is none, or of another generation than the one given: it is passed over. Throws
 * `NewerRecord`, as every reader of records does.
 */
export const decode = <T extends Versioned>(text: string, generation?: number): T | undefined =>
  ofKnownVersion<T>(
    readable<unknown>(() => JSON.parse(text)),
    generation,
  );

/** A stage's note to itself. */
export const decodeNote = <T extends Versioned>(text: string, generation?: number): T | undefined =>
  decode(text, generation);

/**
 * The members of a record as text, for one who carries some of them on; undefined for what is none, or of another generation.
 *
 * @param until the last that is wanted: they are written in an order that leaves what is long and not wanted to the end
 */
export const openRecord = (
  text: string,
  until: string,
  generation?: number,
): ReadonlyMap<string, string> | undefined => {
  const members = membersOf(text, until);
  const version = members && readable(() => valuesOf<Versioned>(members, ['v', 'g']));
  return ofKnownVersion(version, generation) && members;
};

/** Some members of a record, parsed. Throws where one is no JSON. */
export const valuesOf = <T>(members: ReadonlyMap<string, string>, names: readonly (keyof T & string)[]): T =>
  Object.fromEntries(names.map((name) => [name, JSON.parse(members.get(name) ?? 'null') as unknown])) as T;

/** Where a tuple of an older version has no receipt: it was received when its record was written, or before. */
export const RECEIPT_UNKNOWN = 0;

/** Seconds since the epoch; text, `"1773480600.25"`, where there are decimals of one. */
export type Time = number | string;

export const timeOf = ({ seconds, fraction }: { readonly seconds: number; readonly fraction: string }): Time =>
  fraction === '' ? seconds : `${seconds}.${fraction}`;

export const instantOf = (time: Time): { seconds: number; fraction: string } => {
  if (typeof time === 'number') return { seconds: time, fraction: '' };
  const [seconds, fraction] = time.split('.');
  return { seconds: Number(seconds), fraction };
};
