/**
 * From a record of a rollup topic to what is written of it to MongoDB.
 *
 * One way from record to document, for the projection and for a repair: a document that was damaged is made again exactly as it
 * was.
 */
import { decodeDecided, OVERFLOW_PREFIX, readCommuneRollup, readWindowRollups } from '#contracts';
import { monthIndex, provinceOf, unitOf, windowIndex } from '#domain';
import type { DecidedMonthWrite, MonthOverflowWrite, UnitMonthWrite, WindowWrite } from './rollup-writer.js';
import { versionOf } from './versions.js';

/** What is needed of a record of a rollup topic. */
export interface RollupRecord {
  readonly value: Buffer | null;
  readonly offset: string;
  /** Milliseconds since the epoch, in digits. */
  readonly timestamp: string;
}

const timeOf = ({ timestamp }: RollupRecord) => new Date(Number(timestamp));

/** A province's or the country's window; undefined where the record is none of this generation. */
export const windowWrite = (record: RollupRecord, generation: number): WindowWrite | undefined => {
  const rollups = readWindowRollups(String(record.value), generation);
  if (rollups === undefined || windowIndex(rollups.window) === undefined) return undefined;
  const { g, unit, window, items, reports } = rollups;
  const extra = reports === undefined ? {} : { reports };
  return { unit, window, items, ...extra, version: versionOf(g, record.offset), updatedAt: timeOf(record) };
};

/** A unit's month, and whether a newer record of it is likely to follow soon. */
export interface UnitMonthRecord {
  readonly write: UnitMonthWrite;
  readonly more: boolean;
}

/** A unit's month; undefined where the record is none of this generation. */
export const unitMonthWrite = (record: RollupRecord, generation: number): UnitMonthRecord | undefined => {
  const rollup = readCommuneRollup(String(record.value), generation);
  if (rollup === undefined) return undefined;
  const { g, more, unit: code, month, figures, overflows } = rollup;
  const unit = unitOf(code);
  if (unit === undefined || monthIndex(month) === undefined) return undefined;
  const version = versionOf(g, record.offset);
  const place = { unit: code, province: provinceOf(unit), month };
  const counted = overflows === undefined ? {} : { overflows };
  const whole = { cells: figures, record: record.value as Buffer, ...counted, updatedAt: timeOf(record) };
  return { write: { ...place, version, ...whole }, more };
};

/** An overflow of a unit's month; undefined where the record is none of this generation. */
export const overflowWrite = (
  key: string,
  record: RollupRecord,
  generation: number,
): MonthOverflowWrite | undefined => {
  const rollup = readCommuneRollup(String(record.value), generation);
  if (rollup === undefined) return undefined;
  const version = versionOf(rollup.g, record.offset);
  const id = key.slice(OVERFLOW_PREFIX.length);
  return { id, version, record: record.value as Buffer, writtenAt: timeOf(record).getTime() };
};

/** What was decided of a province's month; undefined where the record is none of this generation. */
export const decidedMonthWrite = (record: RollupRecord, generation: number): DecidedMonthWrite | undefined => {
  const decided = record.value === null ? undefined : decodeDecided(record.value, generation);
  if (decided === undefined) return undefined;
  const { province, month, part } = decided;
  const version = versionOf(generation, record.offset);
  return { province, month, part, version, record: String(record.value), updatedAt: timeOf(record) };
};
