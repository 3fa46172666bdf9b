/**
 * The audit trail: written by the audit service, from the chain; read newest first, in pages.
 */
import type { Connection } from 'mongoose';
import { decodeChained, type AuditEntry, type ChainedEntry, type SignedDigest } from '#contracts';
import { auditDigestModel, auditModel, type AuditDocument } from './audit.schemas.js';
import { StoreUnavailable, writeGuarded } from './guarded-writes.js';

export interface ChainedText {
  readonly partition: number;
  readonly chained: ChainedEntry;
  readonly text: string;
}

export interface TrailFilter {
  /** Codes of the units that may be seen; undefined: all, and what is about none. */
  readonly units?: readonly string[];
  readonly what?: string;
  readonly who?: string;
  /** At this moment or later. */
  readonly from?: Date;
  /** Before this one. */
  readonly before?: Date;
  /** From a page's `next`. */
  readonly cursor?: TrailCursor;
  readonly limit: number;
}

export interface TrailCursor {
  readonly at: Date;
  readonly id: string;
}

export class AuditTrail {
  constructor(private readonly connection: Connection) {}

  /** The trail, its collections and indexes made where they are missing. */
  static readonly prepared = async (connection: Connection): Promise<AuditTrail> => {
    for (const model of [auditModel(connection), auditDigestModel(connection)]) {
      await model.createCollection();
      await model.createIndexes();
    }
    return new AuditTrail(connection);
  };

  /** Each entry once, however often it is written. Throws `StoreUnavailable`. */
  async write(entries: readonly ChainedText[]): Promise<void> {
    await writeGuarded(auditModel(this.connection), entries.map(toWrite));
  }

  /** @returns false where the day has its digest */
  async keepDigest(day: string, { text, signature }: SignedDigest): Promise<boolean> {
    const found = await auditDigestModel(this.connection)
      .updateOne({ _id: day }, { $setOnInsert: { text, signature } }, { upsert: true, writeConcern: { w: 'majority' } })
      .exec();
    return found.upsertedCount > 0;
  }

  async hasDigest(day: string): Promise<boolean> {
    return (await auditDigestModel(this.connection).exists({ _id: day })) !== null;
  }

  async page({ units, what, who, from, before, cursor, limit }: TrailFilter): Promise<{
    items: AuditEntry[];
    next?: TrailCursor;
  }> {
    const period = { ...(from && { $gte: from }), ...(before && { $lt: before }) };
    const filter = {
      ...(units === undefined ? {} : { unit: { $in: units } }),
      ...(what === undefined ? {} : { what }),
      ...(who === undefined ? {} : { who }),
      ...(Object.keys(period).length === 0 ? {} : { at: period }),
      ...(cursor === undefined
        ? {}
        : { $or: [{ at: { $lt: cursor.at } }, { at: cursor.at, _id: { $lt: cursor.id } }] }),
    };
    const found = await auditModel(this.connection)
      .find(filter)
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean<AuditDocument[]>()
      .exec()
      .catch((cause: unknown) => {
        throw new StoreUnavailable('MongoDB does not answer', {}, { cause });
      });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.flatMap(({ text }) => decodeChained(text)?.entry ?? []),
      ...(last === undefined ? {} : { next: { at: last.at, id: last._id } }),
    };
  }
}

const toWrite = ({ partition, chained, text }: ChainedText) => {
  const { n, entry } = chained;
  const { at, what, who, unit } = entry;
  const about = { ...(who === null ? {} : { who: who.id }), ...(unit === null ? {} : { unit }) };
  return { id: auditId(partition, n), version: n, set: { partition, at: new Date(at), what, ...about, text } };
};

export const auditId = (partition: number, n: number): string => `${partition}|${n}`;
