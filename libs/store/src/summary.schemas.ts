/**
 * Documents of national summaries. They are not derived anew by a rebuild, so they belong to no generation.
 */
import { Schema, type Connection, type Model } from 'mongoose';
import type { TopicOffsets } from '#domain';

type SummaryStatus = 'pending' | 'issued' | 'failed';

export interface SummaryDocument {
  /** `VN-2026-Q1-r1` */
  readonly _id: string;
  readonly unit: string;
  readonly window: string;
  readonly revision: number;
  readonly status: SummaryStatus;
  readonly requestedAt: Date;
  /** Offsets of the event topic, by partition: everything before them is in it. */
  readonly asked?: TopicOffsets;
  /** The instant as of which it is made: when it was asked for, or when a scheduled one was due. */
  readonly asOf?: Date;
  /** Where the event topics ended when the brokers' clocks had passed that: everything received by then is before these. */
  readonly closing?: TopicOffsets | null;
  /** How often that was claimed: a claim that was raised meanwhile is not the one that was looked after. */
  readonly claim?: number;
  /** Everything has been taken in and the figures are being read: the claim stays as it is. */
  readonly isBeingMade?: boolean;
  /** How far the pipeline was at the last look (`Followed`), as JSON text: its names hold dots. */
  readonly followed?: string | null;
  readonly waiting?: { readonly for: string; readonly left: number | null } | null;
  /** SHA-256 of the content without cut-off and revision, once it is issued. */
  readonly fingerprint?: string;
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

/** A scheduled window and the summary that it was claimed for; `_id` is the window, or `first-start` with no summary. */
export interface ScheduledSummaryDocument {
  readonly _id: string;
  readonly at: Date;
  readonly summary?: string;
  /** What is to be asked for, until it is. */
  readonly asked?: TopicOffsets;
  readonly isAsked?: boolean;
}

const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;

const mixed = Schema.Types.Mixed;

const summarySchema = new Schema<SummaryDocument>(
  {
    _id: String,
    unit: String,
    window: String,
    revision: Number,
    status: String,
    requestedAt: Date,
    asked: mixed,
    asOf: Date,
    closing: mixed,
    claim: Number,
    isBeingMade: Boolean,
    followed: String,
    waiting: mixed,
    fingerprint: String,
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
  { _id: String, at: Date, summary: String, asked: mixed, isAsked: Boolean },
  options,
);

const modelOf = <T>(connection: Connection, name: string, schema: Schema<T>): Model<T> =>
  (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema, name);

export const summaryModel = (c: Connection) => modelOf(c, 'summaries', summarySchema);
export const scheduledSummaryModel = (c: Connection) => modelOf(c, 'scheduled_summaries', scheduledSummarySchema);
