/**
 * Contacts of units, and what was sent to whom. Addresses are personal data of officials: they stand here and nowhere else, and a reminder is
 * forgotten a year after its month. Neither is derived from events, so they belong to no generation.
 */
import { Schema, type Connection, type Model } from 'mongoose';
import type { Channel, ReminderState } from '#domain';

export interface ContactsDocument {
  /** The unit. */
  readonly _id: string;
  readonly emails: readonly string[];
  readonly webhook?: StoredWebhook | null;
  readonly revision: number;
  readonly updatedAt: Date;
}

export interface StoredWebhook {
  readonly url: string;
  /** The secret, sealed where the installation has a sealing key (`SealedText`). */
  readonly secret: string;
}

export interface ReminderDocument {
  /** `unit|period|step|channel`: what was sent for a cause stands once. */
  readonly _id: string;
  readonly unit: string;
  readonly province: string;
  readonly period: string;
  readonly step: string;
  readonly channel: Channel;
  readonly state: ReminderState;
  readonly about: readonly string[];
  readonly plannedAt: Date;
  /** It is of no use from here on. */
  readonly until: Date;
  readonly attempts: number;
  /** Not tried again before. */
  readonly nextAt?: Date | null;
  /** Whose attempt is under way, or was the last. */
  readonly claim?: string | null;
  readonly to?: readonly string[];
  /** A webhook's bytes, the same at each attempt. */
  readonly body?: string;
  readonly reason?: string | null;
  readonly settledAt?: Date;
  /** MongoDB deletes it then. */
  readonly forgottenAt: Date;
}

const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;
const mixed = Schema.Types.Mixed;

const contactsSchema = new Schema<ContactsDocument>(
  { _id: String, emails: [String], webhook: mixed, revision: Number, updatedAt: Date },
  options,
);

const reminderSchema = new Schema<ReminderDocument>(
  {
    _id: String,
    unit: String,
    province: String,
    period: String,
    step: String,
    channel: String,
    state: String,
    about: [String],
    plannedAt: Date,
    until: Date,
    attempts: Number,
    nextAt: Date,
    claim: String,
    to: [String],
    body: String,
    reason: String,
    settledAt: Date,
    forgottenAt: Date,
  },
  options,
)
  .index({ province: 1, plannedAt: -1 })
  .index({ unit: 1, plannedAt: -1 })
  .index({ period: 1, step: 1 })
  .index({ state: 1 })
  .index({ forgottenAt: 1 }, { expireAfterSeconds: 0 });

const modelOf = <T>(connection: Connection, name: string, schema: Schema<T>): Model<T> =>
  (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema, name);

export const contactsModel = (c: Connection) => modelOf(c, 'contacts', contactsSchema);
export const reminderModel = (c: Connection) => modelOf(c, 'reminders', reminderSchema);
