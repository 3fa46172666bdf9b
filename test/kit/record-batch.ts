/**
 * Record batches as any client writes them (message format v2, KIP-98), written by hand: for reading them back, and for breaking them.
 */
import { crc32c } from '@node-rs/crc32';
import { compressFrameSync } from 'lz4-napi';
import { gzipSync } from 'node:zlib';
import { compressSync } from 'snappy';

export interface PlainRecord {
  readonly key?: Buffer | null;
  readonly value?: Buffer | null;
  readonly headers?: readonly (readonly [string, Buffer | null])[];
  readonly timestampDelta?: number;
  readonly offsetDelta?: number;
}

export interface BatchOptions {
  readonly firstOffset?: bigint;
  readonly codec?: number;
  readonly pack?: (plain: Buffer) => Buffer;
  readonly count?: number;
  readonly lastOffsetDelta?: number;
  readonly attributes?: number;
}

const varint = (number: number): Buffer => {
  const bytes: number[] = [];
  let left = number < 0 ? -2 * number - 1 : 2 * number;
  while (left >= 0x80) {
    bytes.push((left % 128) | 0x80);
    left = Math.floor(left / 128);
  }
  return Buffer.from([...bytes, left]);
};

const content = (bytes: Buffer | null | undefined): Buffer[] =>
  bytes === null || bytes === undefined ? [varint(-1)] : [varint(bytes.length), bytes];

const recordBytes = (
  { key, value, headers = [], timestampDelta = 0, offsetDelta }: PlainRecord,
  index: number,
): Buffer => {
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(timestampDelta),
    varint(offsetDelta ?? index),
    ...content(key),
    ...content(value),
    varint(headers.length),
    ...headers.flatMap(([name, held]) => [...content(Buffer.from(name)), ...content(held)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
};

/** The sizes of blocks in Java's framing of snappy. */
const xerial = (plain: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let at = 0; at < plain.length; at += 32_768) {
    const block = compressSync(plain.subarray(at, at + 32_768));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(block.length);
    blocks.push(size, block);
  }
  return Buffer.concat([Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]), ...blocks]);
};

/** A zstd frame of stored blocks: valid zstd that needs no compressor. */
const zstdStored = (plain: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let at = 0; at === 0 || at < plain.length; at += 131_072) {
    const part = plain.subarray(at, at + 131_072);
    const head = Buffer.alloc(3);
    head.writeUIntLE((part.length << 3) | Number(at + 131_072 >= plain.length), 0, 3);
    blocks.push(head, part);
  }
  // The magic; a window of 2^20 bytes, no content size.
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x50]), ...blocks]);
};

/** A zstd frame of so many blocks of 128 kB that stand in four bytes each. */
export const zstdBomb = (blocks: number): Buffer => {
  const parts = Array.from({ length: blocks }, (_, n) => {
    const block = Buffer.alloc(4);
    block.writeUIntLE((131_072 << 3) | 2 | Number(n === blocks - 1), 0, 3);
    return block;
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x50]), ...parts]);
};

/** Kafka's codecs by name: the number in a batch's attributes, and how its records are packed. */
export const codecs: Readonly<Record<string, readonly [number, (plain: Buffer) => Buffer]>> = {
  none: [0, (plain) => plain],
  gzip: [1, (plain) => gzipSync(plain)],
  snappy: [2, (plain) => compressSync(plain)],
  'snappy of Java': [2, xerial],
  lz4: [3, (plain) => compressFrameSync(plain)],
  zstd: [4, zstdStored],
};

export const batchBytes = (records: readonly PlainRecord[], options: BatchOptions = {}): Buffer => {
  const { firstOffset = 0n, codec = 0, pack = (plain) => plain, count, lastOffsetDelta, attributes = 0 } = options;
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(firstOffset, 0);
  head[16] = 2;
  head.writeInt16BE(attributes | codec, 21);
  head.writeInt32BE(lastOffsetDelta ?? Math.max(0, records.length - 1), 23);
  head.writeBigInt64BE(1_700_000_000_000n, 27);
  head.writeBigInt64BE(1_700_000_000_999n, 35);
  head.writeBigInt64BE(-1n, 43);
  head.writeInt16BE(-1, 51);
  head.writeInt32BE(-1, 53);
  head.writeInt32BE(count ?? records.length, 57);
  const bytes = Buffer.concat([head, pack(Buffer.concat(records.map(recordBytes)))]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
  return bytes;
};
