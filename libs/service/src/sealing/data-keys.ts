/**
 * Data keys: each seals what one process refuses of one month, and stands, sealed with the installation's sealing key, in the compacted topic
 * `PREFIX.sealing-keys.v1`. Destroying it, by a record without a value, makes all that it sealed unreadable at once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage, OutRecord } from '#kafka';
import { boundsOf, readTopic } from '#stream';
import { KEY_BYTES, openBytes, sealBytes } from './envelope.js';

export interface DataKey {
  /** `2026-11/…`: its month, and a random part. */
  readonly id: string;
  readonly key: Buffer;
}

export const newDataKey = (month: string): DataKey => ({ id: `${month}/${randomUUID()}`, key: randomBytes(KEY_BYTES) });

const monthOfKey = (id: string): string => id.slice(0, 7);

/** The record that keeps a data key. */
export const keyRecord = (topic: string, sealingKey: Buffer, { id, key }: DataKey): OutRecord => ({
  topic,
  partition: 0,
  key: id,
  value: JSON.stringify({ v: 1, wrapped: sealBytes(sealingKey, key, id).toString('base64') }),
});

/** The key that a record keeps; undefined where it is of another sealing key. */
export const keyOf = (sealingKey: Buffer, id: string, value: string): DataKey | undefined => {
  const { wrapped } = JSON.parse(value) as { wrapped: string };
  const key = openBytes(sealingKey, Buffer.from(wrapped, 'base64'), id);
  return key === undefined ? undefined : { id, key };
};

/** Every data key that is kept, with its record's value. Destroyed ones are not among them. */
export const keptKeys = async (kafka: Kafka, topic: string): Promise<ReadonlyMap<string, string>> => {
  const kept = new Map<string, string>();
  await readTopic(kafka, topic, await boundsOf(kafka, topic), (_, record) => note(kept, record));
  return kept;
};

const note = (kept: Map<string, string>, { key, value }: KafkaMessage): void => {
  const id = String(key);
  if (value === null) kept.delete(id);
  else kept.set(id, String(value));
};

/** Records that destroy the keys of the months before the one given. */
export const destroyBefore = (topic: string, ids: Iterable<string>, month: string): OutRecord[] =>
  [...ids].filter((id) => monthOfKey(id) < month).map((id) => ({ topic, partition: 0, key: id, value: null }));

/** The first month that is still kept, `2026-05`: so many months before the one of the instant. */
export const firstKeptMonth = (now: number, months: number): string => {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
};
