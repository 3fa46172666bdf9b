/**
 * Which codec each record's batch is in on the topic: what a client was asked to do is no proof that it did it.
 *
 * Asks the broker for the batches as they lie there (Fetch, version 4) and looks at their heads only. Written by hand, because no client
 * hands a batch's codec on, and because the reading that is under test should not be its own witness.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ReadRecord } from '../kit/topic.js';

const FETCH = 1;
const VERSION = 4;
const MAX_BYTES = 16 * 1_048_576;
const names = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

interface Batch {
  readonly first: number;
  readonly last: number;
  readonly codec: string;
}

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const string = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);

const request = (topic: string, partition: number, offset: number): Buffer => {
  const head = [int16(FETCH), int16(VERSION), int32(0), string('test')];
  // No replica, 100 ms at most, at least a byte, everything that is there; one topic, one partition.
  const limits = [int32(-1), int32(100), int32(1), int32(MAX_BYTES), Buffer.from([0])];
  const place = [int32(1), string(topic), int32(1), int32(partition), int64(offset), int32(MAX_BYTES)];
  const body = Buffer.concat([...head, ...limits, ...place]);
  return Buffer.concat([int32(body.length), body]);
};

const answer = async (socket: Socket, bytes: Buffer): Promise<Buffer> => {
  socket.write(bytes);
  let held = Buffer.alloc(0);
  while (held.length < 4 || held.length < 4 + held.readInt32BE(0)) {
    const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(20_000) })) as [Buffer];
    held = Buffer.concat([held, chunk]);
  }
  return held.subarray(4);
};

/** The high watermark and the batches of an answer about one partition. */
const partOf = (bytes: Buffer): { end: number; batches: Buffer } => {
  // Correlation id, throttle time, one topic, its name; one partition, its number.
  const partition = 12 + 2 + bytes.readInt16BE(12) + 8;
  const error = bytes.readInt16BE(partition);
  if (error !== 0) throw new Error(`the broker answers a fetch with error ${error}`);
  const end = Number(bytes.readBigInt64BE(partition + 2));
  const aborted = Math.max(0, bytes.readInt32BE(partition + 18));
  return { end, batches: bytes.subarray(partition + 22 + 16 * aborted + 4) };
};

const headsOf = (bytes: Buffer): Batch[] => {
  const batches: Batch[] = [];
  for (let at = 0; at + 61 <= bytes.length; at += 12 + bytes.readInt32BE(at + 8)) {
    const first = Number(bytes.readBigInt64BE(at));
    const last = first + bytes.readInt32BE(at + 23);
    batches.push({ first, last, codec: names[bytes.readInt16BE(at + 21) & 7] });
  }
  return batches;
};

/** The batches of a partition from its beginning to its end, as the broker at `address` holds them. */
const batchesOf = async (address: string, topic: string, partition: number): Promise<readonly Batch[]> => {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  const batches: Batch[] = [];
  try {
    for (let next = 0; ; next = (batches.at(-1)?.last ?? next) + 1) {
      const { end, batches: bytes } = partOf(await answer(socket, request(topic, partition, next)));
      if (next >= end) return batches;
      batches.push(...headsOf(bytes));
    }
  } finally {
    socket.destroy();
  }
};

/** The codecs that each event came in, by its id: an event that is sent again may come in two. */
export const codecsByEvent = async (
  address: string,
  topic: string,
  records: readonly ReadRecord[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const partitions = [...new Set(records.map(({ partition }) => partition))];
  const batches = new Map<number, readonly Batch[]>();
  for (const partition of partitions) batches.set(partition, await batchesOf(address, topic, partition));
  const found = new Map<string, Set<string>>();
  for (const record of records) {
    const [id, at] = [idOf(record), Number(record.offset)];
    const batch = batches.get(record.partition)?.find(({ first, last }) => first <= at && at <= last);
    found.set(id, (found.get(id) ?? new Set()).add(batch?.codec ?? 'no batch'));
  }
  return found;
};

/** From the header in binary mode, from the value in structured mode. */
const idOf = ({ headers, value }: ReadRecord): string =>
  headers?.ce_id === undefined ? (JSON.parse(String(value)) as { id: string }).id : String(headers.ce_id);
