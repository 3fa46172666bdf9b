/**
 * Reads a request's body into memory, as far as there is room.
 *
 * What has arrived counts, not what was announced: a sender that announces much and sends nothing must not keep others out. Of a
 * packed body what it unpacks to counts, and it is unpacked no further than a body may be long. What finds no room is read to its end and
 * thrown away: a sender that is still sending would not hear the answer.
 */
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { AppError } from '#domain';
import { RequestTooLarge, UnreadableBody, UnsupportedType } from './intake-errors.js';
import type { Portion, Room } from './room.js';

export interface BodyHeaders {
  readonly 'content-length'?: string;
  readonly 'content-encoding'?: string;
}

/** @param limit bytes that a body may have, unpacked */
export const readBody = async (room: Room, body: Readable, headers: BodyHeaders, limit: number): Promise<Buffer> => {
  const announced = Number(headers['content-length'] ?? 0);
  const unpacking = unpackingOf(headers['content-encoding'], body);
  const portion = room.open();
  try {
    if (announced > limit) throw tooLarge(limit);
    return await take(portion, body, unpacking, { announced, limit });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const isPacked = String((cause as { code?: string }).code).startsWith('Z_');
    throw new UnreadableBody(isPacked ? 'the body is not whole gzip' : 'the body did not arrive', {}, { cause });
  } finally {
    portion.release();
    if (unpacking !== undefined) body.unpipe(unpacking);
    unpacking?.destroy();
  }
};

const take = async (
  portion: Portion,
  body: Readable,
  unpacking: Gunzip | undefined,
  { announced, limit }: { announced: number; limit: number },
): Promise<Buffer> => {
  const kept: Buffer[] = [];
  let received = 0;
  let refusal = attempt(() => portion.requireRoom(announced));
  const source = unpacking ?? body;
  for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > limit) throw tooLarge(limit);
    refusal ??= attempt(() => portion.grow(chunk.length));
    if (refusal === undefined) kept.push(chunk);
    else {
      kept.length = 0;
      portion.release();
      if (unpacking !== undefined) break;
    }
  }
  if (refusal === undefined) return Buffer.concat(kept, received);
  if (unpacking !== undefined) await throwAway(body, unpacking);
  throw refusal;
};

/** What is not kept is not unpacked either. */
const throwAway = async (body: Readable, unpacking: Gunzip): Promise<void> => {
  body.unpipe(unpacking);
  body.resume();
  await finished(body);
};

const UNPACKED_CHUNK = 65_536;

/** Throws `UnsupportedType` for an encoding that is not known here. */
const unpackingOf = (encoding: string | undefined, body: Readable): Gunzip | undefined => {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return undefined;
  if (name !== 'gzip' && name !== 'x-gzip') throw new UnsupportedType('Content-Encoding must be gzip, or none');
  const unpacking = createGunzip({ chunkSize: UNPACKED_CHUNK });
  body.once('error', (error) => unpacking.destroy(error));
  return body.pipe(unpacking);
};

const tooLarge = (limit: number): AppError => new RequestTooLarge(`a request carries at most ${limit} bytes`);

const attempt = (act: () => void): AppError | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};
