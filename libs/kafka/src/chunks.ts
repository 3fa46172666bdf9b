/**
 * Chunks: records of one topic-partition in portions that a broker takes in one batch.
 *
 * kafkajs puts everything that one call sends to a partition into one record batch, and the broker limits a batch's size
 * (`max.message.bytes`, 1 MiB unless set otherwise).
 */
import type { TraceHeaders } from '#tracing';

const CHUNK_BYTES = 900_000;
/** kafkajs groups the records of a call by partition in quadratic time: hundreds cost nothing, thousands seconds. */
const CHUNK_RECORDS = 500;
const RECORD_OVERHEAD = 40;
/** Of a `traceparent`, and the name of a `tracestate`. */
const HEADERS_BYTES = 80;

export interface OutRecord {
  readonly topic: string;
  readonly partition?: number;
  readonly key: string | null;
  /** Null takes the key out of a compacted topic. */
  readonly value: string | Buffer | null;
  /** Of the trace that led to it. */
  readonly headers?: TraceHeaders;
}

/** As kafkajs has it. */
type Message = Omit<OutRecord, 'topic' | 'headers'> & { readonly headers?: Record<string, string> };

/** Splits records so that no portion carries more than about 900 kB, or 500 records. Order within a portion and of portions is kept. */
export const chunked = (records: readonly OutRecord[]): OutRecord[][] => {
  const chunks: OutRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = Buffer.byteLength(record.value ?? '') + Buffer.byteLength(record.key ?? '') + overheadOf(record);
    if (bytes + size > CHUNK_BYTES || (chunks.at(-1)?.length ?? 0) >= CHUNK_RECORDS) {
      chunks.push([]);
      bytes = 0;
    }
    (chunks.at(-1) as OutRecord[]).push(record);
    bytes += size;
  }
  return chunks;
};

const overheadOf = ({ headers }: OutRecord): number =>
  RECORD_OVERHEAD + (headers === undefined ? 0 : HEADERS_BYTES + (headers.tracestate?.length ?? 0));

/**
 * Puts what led to a portion of records on the first of each partition. All that a portion brings to a partition is one record batch there,
 * which is read whole, so that every record is read together with one that says where it came from.
 */
export const tracedFirst = (records: readonly OutRecord[], headers: TraceHeaders | undefined): readonly OutRecord[] => {
  if (headers === undefined) return records;
  const seen = new Set<string>();
  return records.map((record) => {
    const place = `${record.topic}/${record.partition}`;
    if (seen.has(place)) return record;
    seen.add(place);
    return { ...record, headers };
  });
};

/** Records as kafkajs takes them, by topic. */
export const byTopic = (records: readonly OutRecord[]) => {
  const topics = new Map<string, Message[]>();
  for (const { topic, ...message } of records as readonly (OutRecord & Message)[]) {
    const messages = topics.get(topic);
    if (messages === undefined) topics.set(topic, [message]);
    else messages.push(message);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
};
