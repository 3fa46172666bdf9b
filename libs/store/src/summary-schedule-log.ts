/**
 * Which scheduled windows are claimed, for which summary, and since when this installation keeps the schedule.
 *
 * Windows that came due before the first start are not made up for. A window is claimed, by its name, before its summary is asked for,
 * and the claim says which one: of all who come for a window one decides, and a crash between the two leaves enough to go on from.
 */
import type { Connection } from 'mongoose';
import type { ScheduleClaim, TopicOffsets } from '#domain';
import { scheduledSummaryModel } from './summary.schemas.js';
import { unavailable } from './unavailable.js';

/** A window that was claimed, and what is to be asked for. */
export interface ClaimedWindow extends ScheduleClaim {
  readonly window: string;
  readonly at: Date;
  readonly asked: TopicOffsets;
}

const FIRST_START = 'first-start';
const durable = { writeConcern: { w: 'majority', journal: true } } as const;

export class SummaryScheduleLog {
  constructor(private readonly connection: Connection) {}

  /** When the schedule was first kept; `now` if that is now. */
  async firstStart(now: Date): Promise<Date> {
    await this.setOnce(FIRST_START, { at: now });
    const found = await this.model.findById(FIRST_START).lean().exec().catch(unavailable);
    return found?.at ?? now;
  }

  /** What was claimed of some windows. */
  async claims(windows: readonly string[]): Promise<ReadonlyMap<string, ClaimedWindow>> {
    if (windows.length === 0) return new Map();
    const found = await this.find({ _id: { $in: [...windows] } });
    return new Map(found.map((claim) => [claim.window, claim]));
  }

  /** Windows that were claimed and not asked for yet. */
  unfinished(): Promise<ClaimedWindow[]> {
    return this.find({ isAsked: false });
  }

  /** Claims a window for a summary that is still to be asked for; the claim that stands, which may be another's. */
  async claim(window: string, summary: string, asked: TopicOffsets, at: Date): Promise<ClaimedWindow> {
    await this.setOnce(window, { summary, asked, at, isAsked: false });
    const standing = (await this.claims([window])).get(window);
    return standing ?? { window, summary, asked, at, isAsked: false };
  }

  /** The summary that a window was claimed for stands. */
  async noteAsked(window: string): Promise<void> {
    await this.model.collection
      .updateOne({ _id: window as never }, { $set: { isAsked: true } }, durable)
      .catch(unavailable);
  }

  private async find(filter: Readonly<Record<string, unknown>>): Promise<ClaimedWindow[]> {
    const found = await this.model.find(filter).lean().exec().catch(unavailable);
    return found.map(({ _id, at, summary = '', asked = {}, isAsked }) => ({
      window: _id,
      at,
      summary,
      asked,
      isAsked,
    }));
  }

  private get model() {
    return scheduledSummaryModel(this.connection);
  }

  private async setOnce(id: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    await this.model.collection
      .updateOne({ _id: id as never }, { $setOnInsert: fields as never }, { upsert: true, ...durable })
      .catch((error: unknown) => {
        // Two who insert at once: the other one's stands.
        if ((error as { code?: unknown }).code !== 11000) unavailable(error);
      });
  }
}
