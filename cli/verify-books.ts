/**
 * The books: whether every event read is accounted for, and whether every refused event stands among the refusals.
 *
 * `read` of an event partition may pass the number of its events, because what is read again is counted again; less means that
 * events were left out.
 */
import {
  emptyAccount,
  eventPartitionName,
  receivedOf,
  refusedCell,
  refusedUnit,
  type Account,
  type Origin,
} from '#contracts';
import { isRefusal } from '#domain';
import { rejectionModel, RollupReader, type Connection, type RejectionDocument } from '#store';
import type { ReadEvent } from './event-log.js';
import type { Difference } from './verification.js';

/** Compares the accounts with how many events of each partition were read for the recomputation. */
export const compareAccounts = async (
  connection: Connection,
  events: ReadonlyMap<number, number>,
): Promise<Difference[]> => {
  const totals = await totalAccounts(connection);
  return [...events].flatMap(([partition, count]) => {
    const account = totals.get(String(partition)) ?? emptyAccount;
    const { read, won, superseded, repeated, refused } = account;
    const isBalanced = won + superseded + repeated + refused === read;
    if (isBalanced && read >= count) return [];
    const expected = isBalanced ? `read >= ${count}` : 'read = won + superseded + repeated + refused';
    const found = JSON.stringify(account);
    return [
      { unit: 'accounts', window: `partition ${eventPartitionName(partition)}`, indicator: 'read', expected, found },
    ];
  });
};

/** The accounts of all state partitions added up, by partition of the event topics. */
const totalAccounts = async (connection: Connection): Promise<Map<string, Account>> => {
  const totals = new Map<string, Account>();
  const outcomes = Object.keys(emptyAccount) as (keyof Account)[];
  for (const { accounts } of await new RollupReader(connection, Date.now).accounts()) {
    for (const [partition, account] of Object.entries(accounts)) {
      const held = totals.get(partition) ?? emptyAccount;
      const sums = outcomes.map((outcome) => [outcome, held[outcome] + (account[outcome] ?? 0)] as const);
      totals.set(partition, Object.fromEntries(sums) as unknown as Account);
    }
  }
  return totals;
};

export type Refused = Omit<RejectionDocument, 'version'>;

/** The refusal of an event as it ought to stand in MongoDB; undefined where the event is not refused. */
export const refusalOf = ({ topic, partition, message, outcome }: ReadEvent): Refused | undefined => {
  if (!isRefusal(outcome)) return undefined;
  const { code, pointer, detail } = outcome;
  const { origin, bytes, key, receivedAt } = receivedOf(topic, partition, message);
  const unit = refusedUnit(bytes, key);
  const _id = `${topic}|${partition}|${(origin as Exclude<Origin, 'http'>).offset}`;
  return {
    _id,
    ...(unit === undefined ? {} : { unit }),
    ...refusedCell(bytes),
    code,
    pointer,
    detail,
    receivedAt: new Date(receivedAt),
    origin,
  };
};

const AT_ONCE = 1_000;

/** Refusals that do not stand in MongoDB, or say another unit or code there. */
export const missingRefusals = async (connection: Connection, refused: readonly Refused[]): Promise<Refused[]> => {
  const missing: Refused[] = [];
  for (let from = 0; from < refused.length; from += AT_ONCE) {
    const portion = refused.slice(from, from + AT_ONCE);
    const found = await rejectionModel(connection)
      .find({ _id: { $in: portion.map(({ _id }) => _id) } }, { code: 1, unit: 1, pointer: 1, receivedAt: 1 })
      .lean<RejectionDocument[]>()
      .exec();
    const byId = new Map(found.map((document) => [document._id, document]));
    missing.push(...portion.filter((expected) => !isSame(expected, byId.get(expected._id))));
  }
  return missing;
};

const isSame = (expected: Refused, found: RejectionDocument | undefined): boolean =>
  found !== undefined &&
  expected.code === found.code &&
  expected.unit === found.unit &&
  isSamePointer(expected.pointer, found.pointer) &&
  expected.receivedAt.getTime() === found.receivedAt?.getTime();

/** Versions before named fields of the sender's own making too. */
const isSamePointer = (expected: string, found: string): boolean =>
  found === expected || found.startsWith(`${expected}/`);

export const refusalDifference = ({ _id, unit, code }: Refused): Difference => ({
  unit: unit ?? '-',
  window: _id,
  indicator: 'refusal',
  expected: code,
});
