/**
 * The words of a unit's month from its documents: what stands in the document of its year, and in overflows beside.
 *
 * An overflow is written before the month that counts it and never changes, so a reader finds all that the month it has read left there, if with
 * some words that were hidden since: where there are overflows, words are merged into skylines.
 */
import type { Connection } from 'mongoose';
import { readUnitMonth } from '#contracts';
import { AppError, skylinesOf, type Report } from '#domain';
import { bytesOf, known, monthOverflowModel, type MonthOverflowDocument, type UnitHistoryDocument } from './schemas.js';
import { unavailable } from './unavailable.js';

/** By id. */
export type MonthOverflows = ReadonlyMap<string, MonthOverflowDocument>;

type Year = Pick<UnitHistoryDocument, 'unit' | 'months'> & { readonly _id: string };

/** A document that a month counts is not there: it was removed. `npm run verify -- --repair` writes it again. */
class OverflowMissing extends AppError {
  readonly code = 'OVERFLOW_MISSING';
  readonly retryable = false;
}

/** Those of some units' years, without which nothing is asked of MongoDB. Throws `StoreUnavailable`. */
export const monthOverflows = async (
  connection: Connection,
  generation: number,
  years: readonly Year[],
): Promise<MonthOverflows> => {
  const ids = years.flatMap((year) => Object.keys(year.months ?? {}).flatMap((month) => overflowIds(year, month)));
  if (ids.length === 0) return new Map();
  const found = await monthOverflowModel(connection, generation)
    .find({ _id: { $in: ids } })
    .lean<MonthOverflowDocument[]>()
    .exec()
    .catch(unavailable);
  return new Map(found.map(known).map((document) => [document._id, document]));
};

/** @param month `03` */
const overflowIds = ({ _id, unit, months }: Year, month: string): string[] => {
  const period = `${_id.slice(_id.indexOf('|') + 1)}-${month}`;
  return Array.from({ length: months[month].overflows ?? 0 }, (_, number) => `${unit}|${period}|${number}`);
};

/**
 * Undefined where the unit has never reported of the month.
 *
 * @param period `2026-03`
 */
export const wordsOfMonth = (
  year: Year,
  period: string,
  generation: number,
  overflows: MonthOverflows,
): readonly Report[] | undefined => {
  const month = period.slice(5);
  const stored = year.months?.[month];
  const own = stored && readUnitMonth(bytesOf(stored.record), generation, stored.writtenAt);
  const ids = stored === undefined ? [] : overflowIds(year, month);
  if (own === undefined || ids.length === 0) return own;
  const all = [...own];
  for (const id of ids) {
    const overflow = overflows.get(id);
    if (overflow === undefined) throw new OverflowMissing(`${id} is not stored`);
    all.push(...(readUnitMonth(bytesOf(overflow.record), generation, overflow.writtenAt) ?? []));
  }
  return [...skylinesOf(all).values()].flat();
};
