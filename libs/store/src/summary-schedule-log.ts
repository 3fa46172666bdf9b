/**
 * Which scheduled windows have been seen to, and since when this installation keeps the schedule.
 *
 * Windows that came due before the first start are nobody's debt. A window is noted after its summary is asked for: a crash
 * between the two leads to asking again, which finds the same summary.
 */
import type { Connection } from 'mongoose';
import { StoreUnavailable } from './guarded-writes.js';
import { scheduledSummaryModel } from './summary.schemas.js';

const FIRST_START = 'first-start';
const durable = { upsert: true, writeConcern: { w: 'majority', journal: true } } as const;

export class SummaryScheduleLog {
  constructor(private readonly connection: Connection) {}

  /** When the schedule was first kept; `now` if that is now. */
  async firstStart(now: Date): Promise<Date> {
    await this.setOnce(FIRST_START, { at: now });
    const found = await this.model.findById(FIRST_START).lean().exec().catch(unavailable);
    return found?.at ?? now;
  }

  /** Which of some windows have been seen to. */
  async seenTo(windows: readonly string[]): Promise<ReadonlySet<string>> {
    if (windows.length === 0) return new Set();
    const found = await this.model
      .find({ _id: { $in: [...windows] } })
      .lean()
      .exec()
      .catch(unavailable);
    return new Set(found.map(({ _id }) => _id));
  }

  note(window: string, summary: string, now: Date): Promise<void> {
    return this.setOnce(window, { summary, at: now });
  }

  private get model() {
    return scheduledSummaryModel(this.connection);
  }

  private async setOnce(id: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    await this.model.collection
      .updateOne({ _id: id as never }, { $setOnInsert: fields as never }, durable)
      .catch((error: unknown) => {
        // Two who insert at once: the other one's stands.
        if ((error as { code?: unknown }).code !== 11000) unavailable(error);
      });
  }
}

const unavailable = (cause: unknown): never => {
  throw new StoreUnavailable('MongoDB did not answer', {}, { cause });
};
