/** In commune-rollups, beside the units' months: all that was decided of a month of a province, whole. */
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
  readonly decisions: readonly CarriedDecision[];
}

export const decidedKey = ({ province, month }: Pick<DecidedMonth, 'province' | 'month'>): string =>
  `${DECIDED_PREFIX}${province}|${month}`;

export const encodeDecided = (g: number, { province, month, decisions }: DecidedMonth): string => {
  const carried = decisions.all.map(carriedOf);
  return JSON.stringify({ v: RECORD_VERSION, g, province, month, decisions: carried } satisfies DecidedRecord);
};

/** Undefined for what is none, or of another generation. Throws `NewerRecord`. */
export const decodeDecided = (
  value: Buffer,
  generation: number,
): { readonly province: string; readonly month: string; readonly decisions: readonly Decision[] } | undefined => {
  const record = decode<DecidedRecord>(value.toString(), generation);
  if (record === undefined || !Array.isArray(record.decisions)) return undefined;
  const { province, month } = record;
  return { province, month, decisions: record.decisions.flatMap((carried) => decisionOf(carried) ?? []) };
};
