/**
 * Seals the bytes of refused events in a process.
 *
 * `prepare` is awaited before anything is sealed: a data key is acknowledged by Kafka before a record that needs it is sent. What was received
 * longer ago than bytes are kept (a rebuild refuses old events again) is sealed with a key that is kept nowhere: it is gone at once.
 */
import type { Seal } from '#contracts';
import type { OutRecord } from '#kafka';
import { firstKeptMonth, keyRecord, newDataKey, type DataKey } from './data-keys.js';
import { sealBytes } from './envelope.js';

export interface SealingSettings {
  readonly sealingKey: Buffer;
  /** `PREFIX.sealing-keys.v1`. */
  readonly topic: string;
  /** How many months before the present one bytes stay readable. */
  readonly months: number;
  readonly now: () => number;
}

export class Sealer {
  private readonly keys = new Map<string, DataKey>();

  constructor(readonly settings: SealingSettings) {}

  /** Makes the keys for what was received at these times, in milliseconds. @param send resolves when every replica has the records */
  async prepare(times: Iterable<number>, send: (records: readonly OutRecord[]) => Promise<void>): Promise<void> {
    const missing = new Set([...times].map(monthOf));
    for (const month of this.keys.keys()) missing.delete(month);
    if (missing.size === 0) return;
    const { topic, sealingKey, months, now } = this.settings;
    const made = [...missing].map((month): [string, DataKey] => [month, newDataKey(month)]);
    const first = firstKeptMonth(now(), months);
    const kept = made.filter(([month]) => month >= first).map(([, key]) => keyRecord(topic, sealingKey, key));
    if (kept.length > 0) await send(kept);
    for (const [month, key] of made) if (!this.keys.has(month)) this.keys.set(month, key);
  }

  /** Throws where its month was not prepared: a fault of ours. */
  readonly seal: Seal = (content, about, receivedAt) => {
    const key = this.keys.get(monthOf(receivedAt));
    if (key === undefined) throw new Error('no data key was made for the month');
    return { sealed: key.id, bytes: sealBytes(key.key, content, about) };
  };
}

/** What is out of all bounds is as old as can be. */
const monthOf = (time: number): string => {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString().slice(0, 7) : '1970-01';
};
