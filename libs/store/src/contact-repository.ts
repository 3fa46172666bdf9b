/** Contacts of units. Whoever changes them names the revision that he saw: of two who change them at once, one is told. */
import type { Connection } from 'mongoose';
import { contactsModel, type ContactsDocument } from './reminder.schemas.js';
import { unavailable } from './unavailable.js';

export type Contacts = Omit<ContactsDocument, '_id'> & { readonly unit: string };

/** What a webhook's secret is sealed for. */
export const webhookPlace = (unit: string): string => `webhook|${unit}`;

const DUPLICATE_KEY = 11000;
const durable = { writeConcern: { w: 'majority', journal: true } } as const;

export class ContactRepository {
  constructor(private readonly connection: Connection) {}

  async get(unit: string): Promise<Contacts | undefined> {
    return (await this.of([unit])).get(unit);
  }

  /** Of the units that have any, by code. */
  async of(units: readonly string[]): Promise<ReadonlyMap<string, Contacts>> {
    const found = await contactsModel(this.connection)
      .find({ _id: { $in: [...units] } })
      .lean<ContactsDocument[]>()
      .exec()
      .catch(unavailable);
    return new Map(found.map(({ _id, ...contacts }) => [_id, { unit: _id, ...contacts }]));
  }

  /** @returns false where they are others than those of the revision by now */
  async put(unit: string, seen: number, contacts: Omit<ContactsDocument, '_id' | 'revision'>): Promise<boolean> {
    const { collection } = contactsModel(this.connection);
    const next = { ...contacts, revision: seen + 1 };
    try {
      if (seen === 0) {
        await collection.insertOne({ _id: unit, ...next } as never, durable);
        return true;
      }
      const filter = { _id: unit as never, revision: seen };
      return (await collection.updateOne(filter, { $set: next as never }, durable)).matchedCount === 1;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
      return unavailable(error);
    }
  }
}
