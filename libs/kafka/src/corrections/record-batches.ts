/**
 * Record batches (Kafka's message format v2, KIP-98) from what a broker answers to a fetch.
 *
 * In place of kafkajs' own reading, because here the bytes are strangers': every codec is unpacked, every checksum is looked at, work and
 * memory grow with the bytes and no faster, and a batch that cannot be read stands as one record that says so (`unreadable`), at the
 * batch's last offset, so that its consumer goes on behind it and can say where it was.
 */
import { crc32c } from '@node-rs/crc32';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { decoders, UnpackedTooLarge } from './codecs.js';

/** What could not be read, and why. */
export interface UnreadableBatch {
  readonly why: 'UNKNOWN_CODEC' | 'CORRUPT' | 'TOO_LARGE';
  readonly detail: string;
  readonly firstOffset: string;
  readonly lastOffset: string;
  /** The batch as the broker sent it. */
  readonly bytes: Buffer;
}

/** A record as kafkajs hands it on, or the place of a batch that cannot be read. */
export type FetchedRecord = KafkaMessage & {
  readonly isControlRecord: boolean;
  /** What kafkajs tells aborted transactions by. */
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
  readonly unreadable?: UnreadableBatch;
};

/** A batch may unpack to so much, */
const MAX_UNPACKED_BYTES = 64 * 1_048_576;
/** and hold so many records. */
const MAX_RECORDS = 250_000;
/** With so much read of a partition the rest waits for the next fetch: thousands of bombs in one answer would fill the memory. */
const ENOUGH_BYTES = 16 * 1_048_576;
const ENOUGH_RECORDS = 50_000;

/** Offset of the first record, length, leader epoch, magic, checksum. */
const LENGTH_AT = 8;
const MAGIC_AT = 16;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
const LAST_DELTA_AT = 23;
const FIRST_TIMESTAMP_AT = 27;
const MAX_TIMESTAMP_AT = 35;
const PRODUCER_ID_AT = 43;
const COUNT_AT = 57;
const RECORDS_AT = 61;
/** Bytes before what `length` counts. */
const PREFIX_BYTES = 12;
const MAGIC = 2;

const CODEC = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** A record of nothing: its length, attributes, two deltas, no key, no value, no headers. */
const LEAST_RECORD_BYTES = 7;

class Corrupt extends Error {}

/** Every record of a partition's answer, in order; a batch that is cut off at the end, as maxBytes may do, comes with the next fetch. */
export const readBatches = async (bytes: Buffer): Promise<FetchedRecord[]> => {
  const records: FetchedRecord[] = [];
  let unpacked = 0;
  for (let at = 0; at + RECORDS_AT <= bytes.length;) {
    const end = at + PREFIX_BYTES + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length || end < at + RECORDS_AT) break;
    const batch = new RecordBatch(bytes.subarray(at, end));
    unpacked += await batch.readInto(records);
    if (unpacked > ENOUGH_BYTES || records.length > ENOUGH_RECORDS) break;
    at = end;
  }
  return records;
};

class RecordBatch {
  private readonly attributes: number;
  private readonly first: bigint;
  private readonly lastDelta: number;
  private readonly context: FetchedRecord['batchContext'];
  private readonly isControlRecord: boolean;

  constructor(private readonly bytes: Buffer) {
    this.attributes = bytes.readInt16BE(ATTRIBUTES_AT);
    this.first = bytes.readBigInt64BE(0);
    this.lastDelta = bytes.readInt32BE(LAST_DELTA_AT);
    this.isControlRecord = (this.attributes & CONTROL) > 0;
    const producerId = String(bytes.readBigInt64BE(PRODUCER_ID_AT));
    this.context = { producerId, inTransaction: (this.attributes & TRANSACTIONAL) > 0 };
  }

  /** Appends the batch's records; returns how many bytes they were unpacked. */
  async readInto(records: FetchedRecord[]): Promise<number> {
    const before = records.length;
    try {
      this.requireIntact();
      const codec = this.attributes & CODEC;
      const body = this.bytes.subarray(RECORDS_AT);
      const plain = codec === 0 ? body : await this.unpack(codec, body);
      this.readRecords(plain, records);
      this.holdLastOffset(records, before);
      return plain.length;
    } catch (error) {
      records.length = before;
      records.push(this.unreadable(error));
      return this.bytes.length;
    }
  }

  private requireIntact(): void {
    if (this.bytes[MAGIC_AT] !== MAGIC) throw new Corrupt(`a batch of format ${this.bytes[MAGIC_AT]}`);
    if (crc32c(this.bytes.subarray(ATTRIBUTES_AT)) !== this.bytes.readUInt32BE(CRC_AT))
      throw new Corrupt('the checksum does not match');
  }

  private unpack(codec: number, body: Buffer): Promise<Buffer> {
    const decoder = decoders[codec];
    if (decoder === undefined) throw new UnknownCodec(`no codec has the number ${codec}`);
    return decoder(body, MAX_UNPACKED_BYTES);
  }

  private readRecords(plain: Buffer, records: FetchedRecord[]): void {
    const count = this.bytes.readInt32BE(COUNT_AT);
    if (count < 0 || count * LEAST_RECORD_BYTES > plain.length)
      throw new Corrupt(`${count} records in ${plain.length} bytes`);
    if (count > MAX_RECORDS) throw new TooMany(`more than ${MAX_RECORDS} records`);
    const reader = new RecordReader(plain);
    const isAppendTime = (this.attributes & LOG_APPEND_TIME) > 0;
    const appended = String(this.bytes.readBigInt64BE(MAX_TIMESTAMP_AT));
    const firstTimestamp = Number(this.bytes.readBigInt64BE(FIRST_TIMESTAMP_AT));
    for (let n = 0; n < count; n += 1) {
      const { attributes, timestampDelta, offsetDelta, key, value, headers } = reader.next();
      records.push({
        attributes,
        timestamp: isAppendTime ? appended : String(firstTimestamp + timestampDelta),
        offset: this.offset(offsetDelta),
        key,
        value,
        headers,
        isControlRecord: this.isControlRecord,
        batchContext: this.context,
      } as FetchedRecord);
    }
  }

  private offset(delta: number): string {
    const first = Number(this.first);
    return first < 2 ** 52 ? String(first + delta) : String(this.first + BigInt(delta));
  }

  /** Compaction leaves batches whose last records are gone: a consumer that did not see the last offset would ask for the batch again. */
  private holdLastOffset(records: FetchedRecord[], before: number): void {
    const last = this.offset(this.lastDelta);
    if (records.length > before && records[records.length - 1].offset === last) return;
    records.push({ ...this.nothing(last), isControlRecord: true } as FetchedRecord);
  }

  private nothing(offset: string) {
    const timestamp = String(this.bytes.readBigInt64BE(MAX_TIMESTAMP_AT));
    const batchContext = { producerId: '-1', inTransaction: false };
    return { attributes: 0, timestamp, offset, key: null, value: null, headers: {}, batchContext };
  }

  private unreadable(error: unknown): FetchedRecord {
    const lastOffset = this.offset(Math.max(0, this.lastDelta));
    const unreadable: UnreadableBatch = {
      why: whyOf(error),
      detail: error instanceof Error ? error.message : String(error),
      firstOffset: this.offset(0),
      lastOffset,
      bytes: this.bytes,
    };
    return { ...this.nothing(lastOffset), isControlRecord: false, unreadable } as unknown as FetchedRecord;
  }
}

class UnknownCodec extends Error {}
class TooMany extends Error {}

const whyOf = (error: unknown): UnreadableBatch['why'] => {
  if (error instanceof UnknownCodec) return 'UNKNOWN_CODEC';
  return error instanceof UnpackedTooLarge || error instanceof TooMany ? 'TOO_LARGE' : 'CORRUPT';
};

const noHeaders: IHeaders = Object.freeze({});

/** A cursor over unpacked records. Throws `Corrupt` where they are not what they say. */
class RecordReader {
  private at = 0;
  private end = 0;

  constructor(private readonly bytes: Buffer) {}

  next() {
    this.end = this.bytes.length;
    const size = this.varint();
    const end = this.at + size;
    if (size < 0 || end > this.bytes.length) throw new Corrupt('a record that is cut off');
    this.end = end;
    const attributes = this.bytes[this.at];
    this.at += 1;
    const timestampDelta = this.varint();
    const offsetDelta = this.varint();
    const key = this.content();
    const value = this.content();
    const headers = this.headers();
    this.at = end;
    return { attributes, timestampDelta, offsetDelta, key, value, headers };
  }

  private headers(): IHeaders {
    const count = this.varint();
    if (count === 0) return noHeaders;
    // A name of no bytes and a value of none take two.
    if (count < 0 || 2 * count > this.end - this.at) throw new Corrupt('headers that are cut off');
    const headers = Object.create(null) as IHeaders;
    for (let n = 0; n < count; n += 1) {
      const name = String(this.content() ?? '');
      const value = this.content() ?? undefined;
      const held = headers[name];
      if (!(name in headers)) headers[name] = value;
      else if (Array.isArray(held)) held.push(value as Buffer);
      else headers[name] = [held, value] as Buffer[];
    }
    return headers;
  }

  /** A length and so many bytes; null where the length is -1. */
  private content(): Buffer | null {
    const size = this.varint();
    if (size === -1) return null;
    const from = this.at;
    if (size < 0 || from + size > this.end) throw new Corrupt('a key, value or header that is cut off');
    this.at = from + size;
    return this.bytes.subarray(from, this.at);
  }

  /** Zigzag, seven bits a byte, at most ten bytes; exact up to 2^53. */
  private varint(): number {
    let number = 0;
    let scale = 1;
    for (let n = 0; n < 10; n += 1) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at];
      this.at += 1;
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
      scale *= 128;
    }
    throw new Corrupt('a number that does not end');
  }
}
