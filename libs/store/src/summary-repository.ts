/**
 * Summaries: asked for once, issued once, never changed after.
 *
 * A revision is one document. Its id is made of the window and the revision, so two who ask at once meet in a duplicate key
 * and get the same id. Issuing applies to a pending revision only, so one document stands however many workers make it.
 */
import type { Connection } from 'mongoose';
import { COUNTRY } from '#domain';
import { StoreUnavailable } from './guarded-writes.js';
import { summaryModel, type SummaryDocument, type SummaryStatus } from './summary.schemas.js';

/** A summary without its documents. */
export type SummaryRecord = Omit<SummaryDocument, '_id' | 'json' | 'docx'> & { readonly id: string };

/** Forms that a summary is kept in. */
export type SummaryForm = 'json' | 'docx';

export interface IssuedSummary {
  readonly issuedAt: Date;
  readonly cutOff: Date;
  readonly fingerprint: string;
  readonly checksum: string;
  readonly json: Buffer;
  readonly docx: Buffer;
}

const DUPLICATE_KEY = 11000;
const durable = { writeConcern: { w: 'majority', journal: true } } as const;
const withoutDocuments = { json: 0, docx: 0 } as const;

export const summaryId = (window: string, revision: number): string => `${COUNTRY}-${window}-r${revision}`;

export class SummaryRepository {
  constructor(private readonly connection: Connection) {}

  async prepare(): Promise<void> {
    await this.model.createIndexes().catch(unavailable);
  }

  /**
   * Asks for a summary of a window; returns the id of the one to wait for. That is the latest revision where it is pending
   * or says the same (equal fingerprints), else a new one.
   */
  async request(window: string, fingerprint: string, now: Date): Promise<string> {
    for (;;) {
      const [latest] = await this.find({ window }, { revision: -1 }, 1);
      const isAnswered =
        latest?.status === 'pending' || (latest?.status === 'issued' && latest.fingerprint === fingerprint);
      if (isAnswered) return latest.id;
      const revision = (latest?.revision ?? 0) + 1;
      const id = summaryId(window, revision);
      const inserted = await this.insert({
        _id: id,
        unit: COUNTRY,
        window,
        revision,
        status: 'pending',
        fingerprint,
        requestedAt: now,
      });
      if (inserted) return id;
    }
  }

  /** Issues a pending summary; false where it is not pending any more, and then nothing has changed. */
  issue(id: string, issued: IssuedSummary): Promise<boolean> {
    return this.leavePending(id, { ...issued, status: 'issued' });
  }

  /** Gives a pending summary up; false where it is not pending any more. */
  fail(id: string, error: string): Promise<boolean> {
    return this.leavePending(id, { error, status: 'failed' });
  }

  async get(id: string): Promise<SummaryRecord | undefined> {
    const [found] = await this.find({ _id: id }, { _id: 1 }, 1);
    return found;
  }

  /** Newest request first. */
  list(limit = 200): Promise<SummaryRecord[]> {
    return this.find({}, { requestedAt: -1, _id: -1 }, limit);
  }

  pending(): Promise<SummaryRecord[]> {
    return this.find({ status: 'pending' }, { requestedAt: 1 }, 1000);
  }

  /** The latest issued revision of a window below a revision. */
  async issuedBefore(window: string, revision: number): Promise<SummaryRecord | undefined> {
    const [found] = await this.find({ window, status: 'issued', revision: { $lt: revision } }, { revision: -1 }, 1);
    return found;
  }

  /** The bytes of an issued summary in a form; undefined where there is none (yet). */
  async document(id: string, form: SummaryForm): Promise<Buffer | undefined> {
    const found = await this.model.collection
      .findOne({ _id: id as never, status: 'issued' }, { projection: { [form]: 1 }, promoteBuffers: true })
      .catch(unavailable);
    const bytes = found?.[form] as Uint8Array | undefined;
    return bytes === undefined ? undefined : Buffer.from(bytes);
  }

  private get model() {
    return summaryModel(this.connection);
  }

  private async find(
    filter: Readonly<Record<string, unknown>>,
    order: Record<string, 1 | -1>,
    limit: number,
  ): Promise<SummaryRecord[]> {
    const found = await this.model
      .find(filter, withoutDocuments)
      .sort(order)
      .limit(limit)
      .lean<SummaryDocument[]>()
      .exec()
      .catch(unavailable);
    return found.map(({ _id, ...record }) => ({ id: _id, ...record }));
  }

  private async insert(document: SummaryDocument): Promise<boolean> {
    try {
      await this.model.collection.insertOne(document as never, durable);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
      return unavailable(error);
    }
  }

  private async leavePending(id: string, set: { status: SummaryStatus } & Partial<SummaryDocument>): Promise<boolean> {
    const { matchedCount } = await this.model.collection
      .updateOne({ _id: id as never, status: 'pending' }, { $set: set as never }, durable)
      .catch(unavailable);
    return matchedCount === 1;
  }
}

const unavailable = (cause: unknown): never => {
  throw new StoreUnavailable('MongoDB did not answer', {}, { cause });
};
