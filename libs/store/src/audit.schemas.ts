/**
 * The audit trail in MongoDB: a document an entry of the chain, as text, with what is looked for beside it; and the days' signed digests.
 */
import { Schema, type Connection, type Model } from 'mongoose';

export interface AuditDocument {
  /** `partition|number`. */
  readonly _id: string;
  readonly v?: number;
  readonly version: number;
  readonly partition: number;
  readonly at: Date;
  readonly what: string;
  /** Id of the principal; absent where it is not known. */
  readonly who?: string;
  readonly unit?: string;
  /** The chained entry (`ChainedEntry`) as it stands in the topic. */
  readonly text: string;
}

export interface AuditDigestDocument {
  /** The day. */
  readonly _id: string;
  readonly text: string;
  readonly signature: string;
}

const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;

const auditSchema = new Schema<AuditDocument>(
  {
    _id: String,
    v: Number,
    version: Number,
    partition: Number,
    at: Date,
    what: String,
    who: String,
    unit: String,
    text: String,
  },
  options,
)
  .index({ at: -1, _id: -1 })
  .index({ unit: 1, at: -1 })
  .index({ who: 1, at: -1 });

const digestSchema = new Schema<AuditDigestDocument>({ _id: String, text: String, signature: String }, options);

export const auditModel = (connection: Connection): Model<AuditDocument> =>
  (connection.models.audit as Model<AuditDocument> | undefined) ??
  connection.model<AuditDocument>('audit', auditSchema, 'audit');

export const auditDigestModel = (connection: Connection): Model<AuditDigestDocument> =>
  (connection.models.audit_digests as Model<AuditDigestDocument> | undefined) ??
  connection.model<AuditDigestDocument>('audit_digests', digestSchema, 'audit_digests');
