/**
 * What is sent to whom: planned once for a cause and channel, claimed before anything is handed over, settled with what became of it.
 *
 * The id is the cause, so that two who plan at once, or again after a crash, meet in a duplicate key. A claim applies to the state that was read,
 * and a settlement to the claim that it is of: of two workers at the same reminder one sends, and none undoes what the other knows.
 */
import type { Connection } from 'mongoose';
import type { ReminderState } from '#domain';
import { reminderModel, type ReminderDocument } from './reminder.schemas.js';
import { unavailable } from './unavailable.js';

export type ReminderRecord = Omit<ReminderDocument, '_id'> & { readonly id: string };

export interface ReminderFilter {
  /** A unit and what is under it. */
  readonly unit: string;
  readonly level: 'country' | 'province' | 'commune';
  readonly period?: string;
  readonly limit: number;
}

const DUPLICATE_KEY = 11000;
const durable = { writeConcern: { w: 'majority', journal: true } } as const;
type Fields = Partial<ReminderDocument>;

export class ReminderRepository {
  constructor(private readonly connection: Connection) {}

  /** The repository, its indexes made where they are missing. */
  static readonly prepared = async (connection: Connection): Promise<ReminderRepository> => {
    await reminderModel(connection).createIndexes().catch(unavailable);
    return new ReminderRepository(connection);
  };

  /** Plans those that do not stand yet. */
  async plan(reminders: readonly ReminderRecord[]): Promise<void> {
    if (reminders.length === 0) return;
    const documents = reminders.map(({ id, ...rest }) => ({ _id: id, ...rest }));
    await this.collection.insertMany(documents as never, { ordered: false, ...durable }).catch(unlessDuplicates);
  }

  /** Ids of what stands for a step of a month, with their states. */
  async standing(period: string, step: string): Promise<ReadonlyMap<string, ReminderState>> {
    const found = await this.model
      .find({ period, step }, { state: 1 })
      .lean<Pick<ReminderDocument, '_id' | 'state'>[]>()
      .exec()
      .catch(unavailable);
    return new Map(found.map(({ _id, state }) => [_id, state]));
  }

  async get(id: string): Promise<ReminderRecord | undefined> {
    const [found] = await this.find({ _id: id }, 1);
    return found;
  }

  /** What is not settled, planned before a moment; oldest first. */
  unfinished(before: Date, limit = 5_000): Promise<ReminderRecord[]> {
    return this.find({ state: { $in: ['planned', 'sending'] }, plannedAt: { $lt: before } }, limit, 1);
  }

  /** Newest first. */
  list({ unit, level, period, limit }: ReminderFilter): Promise<ReminderRecord[]> {
    const within = level === 'country' ? {} : level === 'province' ? { province: unit } : { unit };
    return this.find({ ...within, ...(period === undefined ? {} : { period }) }, limit);
  }

  /** Takes an attempt for oneself, on what is as it was read; false: somebody else did. */
  claim({ id, state, claim, attempts }: ReminderRecord, own: string, set: Fields): Promise<boolean> {
    const as = { _id: id, state, claim: claim ?? null };
    return this.change(as, { ...set, state: 'sending', claim: own, attempts: attempts + 1 });
  }

  /** Writes what became of an attempt, whatever others made of it meanwhile; false where it was claimed anew. */
  settle(id: string, own: string, set: Fields): Promise<boolean> {
    return this.change({ _id: id, claim: own }, set);
  }

  /** Changes what is as it was read. */
  changeFrom({ id, state, claim }: ReminderRecord, set: Fields): Promise<boolean> {
    return this.change({ _id: id, state, claim: claim ?? null }, set);
  }

  /** Plans what could not be sent by its channel, now that it can. */
  revive(id: string): Promise<boolean> {
    return this.change({ _id: id, state: 'no-channel' }, { state: 'planned' });
  }

  /** Forgets that units had no contacts, once they have some. */
  async forgetNone(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const filter = { _id: { $in: [...ids] }, channel: 'none' };
    await this.collection.deleteMany(filter as never, durable).catch(unavailable);
  }

  private get model() {
    return reminderModel(this.connection);
  }

  private get collection() {
    return this.model.collection;
  }

  private async change(as: Fields, set: Fields): Promise<boolean> {
    const { matchedCount } = await this.collection
      .updateOne(as as never, { $set: set as never }, durable)
      .catch(unavailable);
    return matchedCount === 1;
  }

  private async find(filter: object, limit: number, order: 1 | -1 = -1): Promise<ReminderRecord[]> {
    const found = await this.model
      .find(filter)
      .sort({ plannedAt: order, _id: order })
      .limit(limit)
      .lean<ReminderDocument[]>()
      .exec()
      .catch(unavailable);
    return found.map(({ _id, ...record }) => ({ id: _id, ...record }));
  }
}

/** That some stand already is what the id is for. */
const unlessDuplicates = (error: unknown): undefined => {
  const { writeErrors, code } = error as { writeErrors?: unknown; code?: number };
  const errors = [writeErrors ?? []].flat() as { code?: number }[];
  const isDuplicate = errors.length > 0 ? errors.every((each) => each.code === DUPLICATE_KEY) : code === DUPLICATE_KEY;
  return isDuplicate ? undefined : unavailable(error);
};
