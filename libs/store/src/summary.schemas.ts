/**
 * Documents of national summaries. They are not derived anew by a rebuild, so they belong to no generation.
 */
import { Schema, type Connection, type Model } from 'mongoose';

export type SummaryStatus = 'pending' | 'issued' | 'failed';

export interface SummaryDocument {
  /** `VN-2026-Q1-r1` */
  readonly _id: string;
  readonly unit: string;
  readonly window: string;
  readonly revision: number;
  readonly status: SummaryStatus;
  /** SHA-256 of the content without cut-off and revision: of what was asked for, then of what was issued. */
  readonly fingerprint: string;
  readonly requestedAt: Date;
  readonly issuedAt?: Date;
  readonly cutOff?: Date;
  /** SHA-256 of `json`. */
  readonly checksum?: string;
  /** The exact bytes. */
  readonly json?: Buffer;
  readonly docx?: Buffer;
  /** Why it failed. */
  readonly error?: string;
}

/** A scheduled window and the summary that came of it; `_id` is the window, or `first-start` with no summary. */
export interface ScheduledSummaryDocument {
  readonly _id: string;
  readonly at: Date;
  readonly summary?: string;
}

const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;

const summarySchema = new Schema<SummaryDocument>(
  {
    _id: String,
    unit: String,
    window: String,
    revision: Number,
    status: String,
    fingerprint: String,
    requestedAt: Date,
    issuedAt: Date,
    cutOff: Date,
    checksum: String,
    json: Buffer,
    docx: Buffer,
    error: String,
  },
  options,
)
  .index({ window: 1, revision: 1 }, { unique: true })
  .index({ status: 1 })
  .index({ requestedAt: -1 });

const scheduledSummarySchema = new Schema<ScheduledSummaryDocument>(
  { _id: String, at: Date, summary: String },
  options,
);

const modelOf = <T>(connection: Connection, name: string, schema: Schema<T>): Model<T> =>
  (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema, name);

export const summaryModel = (c: Connection) => modelOf(c, 'summaries', summarySchema);
export const scheduledSummaryModel = (c: Connection) => modelOf(c, 'scheduled_summaries', scheduledSummarySchema);
