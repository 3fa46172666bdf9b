/**
 * Decoders of Kafka's compression codecs, each bounded: what a batch unpacks to never depends on the sender alone.
 *
 * kafkajs brings gzip only, and a batch in any other codec ends its consumer. Here are all four, as the clients write them: gzip; snappy
 * raw (librdkafka, Go) and in Java's xerial framing; LZ4 frames; zstd frames.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Decompress as ZstdDecompress } from 'fzstd';
import { decompressFrame } from 'lz4-napi';
import { uncompress } from 'snappy';

/** Unpacks bytes. Throws `UnpackedTooLarge` over the limit, any other error for bytes that are not of the codec. */
export type Decoder = (bytes: Buffer, limit: number) => Promise<Buffer>;

export class UnpackedTooLarge extends Error {
  constructor(limit: number) {
    super(`unpacks to more than ${limit} bytes`);
  }
}

const gunzipAll = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

const gzip: Decoder = async (bytes, limit) => {
  try {
    return await gunzipAll(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new UnpackedTooLarge(limit);
    throw error;
  }
};

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
/** The magic and two versions. */
const XERIAL_HEADER_BYTES = 16;

const snappy: Decoder = async (bytes, limit) => {
  const blocks = bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC) ? xerialBlocks(bytes) : [bytes];
  const sizes = blocks.map(unpackedSize);
  if (sizes.reduce((sum, size) => sum + size, 0) > limit) throw new UnpackedTooLarge(limit);
  return Buffer.concat(
    await Promise.all(blocks.map((block) => uncompress(block, { asBuffer: true }) as Promise<Buffer>)),
  );
};

const xerialBlocks = (bytes: Buffer): Buffer[] => {
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length;) {
    const size = bytes.readUInt32BE(at);
    if (size === 0 || size > bytes.length - at - 4) throw new Error('a snappy block that is cut off');
    blocks.push(bytes.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return blocks;
};

/** A raw snappy block begins with its unpacked size, seven bits a byte. */
const unpackedSize = (block: Buffer): number => {
  let size = 0;
  for (let n = 0; n < 5 && n < block.length; n += 1) {
    size += (block[n] & 0x7f) * 2 ** (7 * n);
    if (block[n] < 0x80) return size;
  }
  throw new Error('a snappy block without its size');
};

/** LZ4 unpacks to at most 255 times its size, which the topic's limit on a batch bounds already. */
const lz4: Decoder = async (bytes, limit) => {
  const unpacked = await decompressFrame(bytes);
  if (unpacked.length > limit) throw new UnpackedTooLarge(limit);
  return unpacked;
};

const zstd: Decoder = (bytes, limit) => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const unpacking = new ZstdDecompress((part) => {
    size += part.length;
    if (size > limit) throw new UnpackedTooLarge(limit);
    parts.push(part);
  });
  return new Promise((resolve) => {
    unpacking.push(bytes, true);
    resolve(Buffer.concat(parts, size));
  });
};

/** By the number in a batch's attributes; 0 is none. */
export const decoders: Readonly<Record<number, Decoder | undefined>> = { 1: gzip, 2: snappy, 3: lz4, 4: zstd };
