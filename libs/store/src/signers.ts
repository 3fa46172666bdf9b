/**
 * Who signs for a unit, as far as it has been seen: noted as they sign in and as they decide. Whether a unit has a second signer is asked of it.
 *
 * The OpenID provider knows roles and gives no list of who has one, so what is known is who came.
 */
import { Schema, type Connection, type Model } from 'mongoose';
import { unavailable } from './unavailable.js';

interface SignerDocument {
  /** unit|principal */
  readonly _id: string;
  readonly unit: string;
  /** Id of the principal. */
  readonly who: string;
  /** When he was last seen. */
  readonly at: Date;
}

const signerSchema = new Schema<SignerDocument>(
  { _id: String, unit: String, who: String, at: Date },
  { versionKey: false, strict: 'throw', autoCreate: false, autoIndex: false },
).index({ unit: 1, at: 1 });

const signerModel = (connection: Connection): Model<SignerDocument> =>
  (connection.models.signers as Model<SignerDocument> | undefined) ??
  connection.model<SignerDocument>('signers', signerSchema, 'signers');

export class Signers {
  constructor(private readonly connection: Connection) {}

  /** Throws `StoreUnavailable`. */
  async seen(unit: string, who: string, at: Date): Promise<void> {
    await signerModel(this.connection)
      .updateOne({ _id: `${unit}|${who}` }, { $set: { unit, who }, $max: { at } }, { upsert: true })
      .exec()
      .catch(unavailable);
  }

  /** Ids of those who signed in or decided for a unit since an instant. */
  async of(unit: string, since: Date): Promise<readonly string[]> {
    const found = await signerModel(this.connection)
      .find({ unit, at: { $gte: since } })
      .lean<SignerDocument[]>()
      .exec()
      .catch(unavailable);
    return found.map(({ who }) => who);
  }
}
