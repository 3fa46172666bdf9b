/**
 * Claims of what is typed into the page's form: who is next to say something of a unit's month.
 *
 * Two who type at once read the same revision, and the events of both would take the next: one would be lost without a word. So whoever sends
 * claims the next revisions first, against the claim that he has read, and the second is told. A claim outlives an answer that was not seen:
 * what is sent again then has the same ids, and a report that comes twice is one. Not derived from events, of no generation.
 */
import { Schema, type Connection, type Model } from 'mongoose';
import { unavailable } from './unavailable.js';

export interface EntryClaim {
  /** Counts the claims of this unit's month. */
  readonly n: number;
  /** What the ids of the events begin with. */
  readonly id: string;
  /** Of the events: ISO 8601. */
  readonly time: string;
  /** SHA-256 of who sends what. */
  readonly content: string;
  /** Id of the principal. */
  readonly by: string;
  /** Whether the intake has said that it took them. */
  readonly isTaken: boolean;
  /** The revisions that are claimed, by indicator. */
  readonly revisions: Readonly<Record<string, number>>;
  /** It counts no longer, and MongoDB deletes it. */
  readonly until: Date;
}
type ClaimDocument = EntryClaim & { readonly _id: string };

const claimSchema = new Schema<ClaimDocument>(
  {
    _id: String,
    n: Number,
    id: String,
    time: String,
    content: String,
    by: String,
    isTaken: Boolean,
    revisions: Schema.Types.Mixed,
    until: Date,
  },
  { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false },
).index({ until: 1 }, { expireAfterSeconds: 0 });

const claimModel = (connection: Connection): Model<ClaimDocument> =>
  (connection.models.entryClaims as Model<ClaimDocument> | undefined) ??
  connection.model<ClaimDocument>('entryClaims', claimSchema, 'entryClaims');

const DUPLICATE_KEY = 11000;
const durable = { writeConcern: { w: 'majority', journal: true } } as const;

export class EntryClaims {
  private constructor(private readonly connection: Connection) {}

  /** With its index made where it is missing. */
  static readonly prepared = async (connection: Connection): Promise<EntryClaims> => {
    await claimModel(connection).createIndexes().catch(unavailable);
    return new EntryClaims(connection);
  };

  /** @param place `00004|2026-03` */
  async get(place: string): Promise<EntryClaim | undefined> {
    const found = await claimModel(this.connection).findById(place).lean<ClaimDocument>().exec().catch(unavailable);
    if (found === null) return undefined;
    const { _id, ...claim } = found;
    return claim;
  }

  /**
   * Claims, or changes one's own claim. Throws `StoreUnavailable`.
   *
   * @param seen the claim's number that was read; 0: there was none
   * @returns false where another has claimed since
   */
  async put(place: string, seen: number, claim: EntryClaim): Promise<boolean> {
    const { collection } = claimModel(this.connection);
    try {
      if (seen === 0) {
        await collection.insertOne({ _id: place, ...claim } as never, durable);
        return true;
      }
      const filter = { _id: place as never, n: seen };
      return (await collection.updateOne(filter, { $set: claim as never }, durable)).matchedCount === 1;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
      return unavailable(error);
    }
  }

  /** Nothing was sent: it is as if nobody had claimed. */
  async release(place: string, n: number): Promise<void> {
    await claimModel(this.connection)
      .collection.deleteOne({ _id: place as never, n }, durable)
      .catch(unavailable);
  }
}
