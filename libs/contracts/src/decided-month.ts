/**
 * In commune-rollups, beside the units' months: all that was decided of a month of a province.
 *
 * A record has a bound and decisions have none: more than may stand in one go on in records of the keys that follow. Decisions are never
 * taken away, so no record of a month is ever left over.
 */
import { type DecidedMonth, type Decision } from '#domain';
import { DECIDED_PREFIX } from './accounts.js';
import { carriedOf, decisionOf, type CarriedDecision } from './decision-record.js';
import { RECORD_VERSION } from './record-version.js';
import { decode } from './record.js';

interface DecidedRecord {
  readonly v: number;
  readonly g: number;
  readonly province: string;
  readonly month: string;
  /** Which of the month's records it is, from 0; 0 where it is missing. */
  readonly part?: number;
  readonly decisions: readonly CarriedDecision[];
}

/** So many decisions stand in a record; with the longest reasons they are 2 MB. */
const DECISIONS_IN_RECORD = 1_000;

export interface DecidedPart {
  readonly key: string;
  readonly value: string;
}

/** The records of a month of which something was decided. */
export const encodeDecided = (g: number, { province, month, decisions }: DecidedMonth): DecidedPart[] => {
  const parts: DecidedPart[] = [];
  for (let from = 0; from < decisions.all.length; from += DECISIONS_IN_RECORD) {
    const carried = decisions.all.slice(from, from + DECISIONS_IN_RECORD).map(carriedOf);
    const part = parts.length;
    const record = { v: RECORD_VERSION, g, province, month, ...(part === 0 ? {} : { part }), decisions: carried };
    const key = `${DECIDED_PREFIX}${province}|${month}${part === 0 ? '' : `|${part}`}`;
    parts.push({ key, value: JSON.stringify(record satisfies DecidedRecord) });
  }
  return parts;
};

/** Undefined for what is none, or of another generation. Throws `NewerRecord`. */
export const decodeDecided = (value: Buffer, generation: number): DecidedRecordRead | undefined => {
  const record = decode<DecidedRecord>(value.toString(), generation);
  if (record === undefined || !Array.isArray(record.decisions)) return undefined;
  const { province, month, part = 0 } = record;
  return { province, month, part, decisions: record.decisions.flatMap((carried) => decisionOf(carried) ?? []) };
};

export interface DecidedRecordRead {
  readonly province: string;
  readonly month: string;
  readonly part: number;
  readonly decisions: readonly Decision[];
}
