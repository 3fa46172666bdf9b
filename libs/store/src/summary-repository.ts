/**
 * Summaries: asked for once, issued once, never changed after.
 *
 * A revision is one document. Its id is made of the window and the revision, so two who ask at once meet in a duplicate key.
 * What a pending revision claims is raised, and its making begins, only where the claim is still the one that was read. Issuing
 * applies to a pending revision only, so one document stands however many workers make it.
 */
import type { Connection } from 'mongoose';
import { COUNTRY, type TopicOffsets } from '#domain';
import { summaryModel, type SummaryDocument } from './summary.schemas.js';
import { unavailable } from './unavailable.js';

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

/** What the claim was when it was read. */
interface SeenClaim {
  readonly claim: number | null;
  readonly isBeingMade: boolean | null;
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

  /** The latest revision of a window. */
  async latest(window: string): Promise<SummaryRecord | undefined> {
    const [latest] = await this.find({ window }, { revision: -1 }, 1);
    return latest;
  }

  /**
   * Asks for a revision that has to have in it what was before some offsets; false where that revision stands already.
   *
   * @param asOf as of which instant it is made
   */
  async ask(window: string, revision: number, asked: TopicOffsets, now: Date, asOf = now): Promise<boolean> {
    try {
      const fresh: SummaryDocument = {
        _id: summaryId(window, revision),
        unit: COUNTRY,
        window,
        revision,
        status: 'pending',
        requestedAt: now,
        asked,
        asOf,
        claim: 1,
        isBeingMade: false,
      };
      await this.model.collection.insertOne(fresh as never, durable);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
      return unavailable(error);
    }
  }

  /** Makes a pending revision take in more; false where it is being made, is not pending any more, or was raised by another. */
  raise({ id, claim, isBeingMade }: SummaryRecord, asked: TopicOffsets, now: Date): Promise<boolean> {
    const fresh = { isBeingMade: false, closing: null, followed: null, waiting: null };
    const set = { asked, asOf: now, claim: (claim ?? 0) + 1, ...fresh };
    return this.change(id, { claim: claim ?? null, isBeingMade: isBeingMade ?? null }, set);
  }

  /** Notes where the topics ended once the brokers' clocks had passed its instant; false where the claim is another by now. */
  noteClosing({ id, claim }: SummaryRecord, closing: TopicOffsets): Promise<boolean> {
    return this.change(id, { claim: claim ?? null }, { closing });
  }

  /** Notes how far the pipeline is with what was claimed; false where the claim is another by now. */
  note({ id, claim }: SummaryRecord, followed: string, waiting: SummaryDocument['waiting']): Promise<boolean> {
    return this.change(id, { claim: claim ?? null }, { followed, waiting });
  }

  /** Notes what a pending revision waits for, whatever it claims. */
  noteWaiting(id: string, waiting: SummaryDocument['waiting']): Promise<boolean> {
    return this.change(id, {}, { waiting });
  }

  /** From here on the claim is not raised any more; false where it was raised already. */
  beginMaking({ id, claim }: SummaryRecord): Promise<boolean> {
    return this.change(id, { claim: claim ?? null }, { isBeingMade: true, waiting: null });
  }

  /** Issues a pending summary; false where it is not pending any more, and then nothing has changed. */
  issue(id: string, issued: IssuedSummary): Promise<boolean> {
    return this.change(id, {}, { ...issued, status: 'issued' });
  }

  /** Gives a pending summary up; false where it is not pending any more. */
  fail(id: string, error: string): Promise<boolean> {
    return this.change(id, {}, { error, status: 'failed' });
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

  /** Whether a revision of a window below another is still to be issued. */
  async isPendingBefore(window: string, revision: number): Promise<boolean> {
    const found = await this.find({ window, status: 'pending', revision: { $lt: revision } }, { revision: 1 }, 1);
    return found.length > 0;
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

  /** Changes a pending revision where it is as it was read; null in `as` stands for a field that is not there. */
  private async change(id: string, as: Partial<SeenClaim>, set: Partial<SummaryDocument>): Promise<boolean> {
    const { matchedCount } = await this.model.collection
      .updateOne({ _id: id as never, status: 'pending', ...as }, { $set: set as never }, durable)
      .catch(unavailable);
    return matchedCount === 1;
  }
}
