/**
 * A record of the event topic as the check stage is handed it, and what is said of it: the one judge for the stage, for `verify` and
 * for whoever else reads the topic.
 *
 * Besides events there stand records for batches that cannot be read, and records that an operator has set aside.
 */
import { refused, type Accepted, type Refusal } from '#domain';
import { judgeRecord, type EventRecord } from './event-record.js';
import { headersOf, type Received } from './rejection.js';

export interface TopicRecord extends EventRecord {
  readonly offset: string;
  /** In the place of all records of a batch that cannot be read. */
  readonly unreadable?: { readonly detail: string; readonly firstOffset: string; readonly bytes: Buffer };
  /** Passed over at an operator's word; its value then stands here. */
  readonly setAside?: { readonly value: Buffer | null };
}

/**
 * What a record says, or why it is refused.
 *
 * @param province the only one whose events its topic admits (`admittedProvince`)
 */
export const judgeTopicRecord = (record: TopicRecord, province?: string): Accepted | Refusal => {
  const { unreadable, setAside } = record;
  if (unreadable !== undefined)
    return refused('UNREADABLE_BATCH', '', `the batch cannot be read: ${unreadable.detail}`);
  return setAside === undefined ? judgeRecord(record, province) : refused('SET_ASIDE', '', 'set aside by an operator');
};

/** The offset by which a refusal names a record: of a batch that cannot be read the first one. */
export const placeOf = ({ offset, unreadable }: TopicRecord): string => unreadable?.firstOffset ?? offset;

/** What a refusal keeps of a record, or of a batch that cannot be read. */
export const receivedOf = (topic: string, partition: number, record: TopicRecord): Received => {
  const { value, key, headers = {}, timestamp, unreadable, setAside } = record;
  return {
    origin: { topic, partition, offset: placeOf(record) },
    receivedAt: Number(timestamp),
    bytes: unreadable?.bytes ?? setAside?.value ?? value,
    key,
    headers: headersOf(headers),
  };
};
