/**
 * Reads a request's body into memory, as far as there is room.
 *
 * What has arrived counts, not what was announced: a sender that announces much and sends nothing must not keep others out. What
 * finds no room is read to its end and thrown away: a sender that is still sending would not hear the answer.
 */
import type { Readable } from 'node:stream';
import { AppError } from '#domain';
import { RequestTooLarge, UnreadableBody } from './intake-errors.js';
import type { Room } from './room.js';

/**
 * @param announced Content-Length; undefined where the sender did not say
 * @param limit bytes that a body may have
 */
export const readBody = async (
  room: Room,
  body: Readable,
  announced: number | undefined,
  limit: number,
): Promise<Buffer> => {
  if (announced !== undefined && announced > limit) throw tooLarge(limit);
  const portion = room.open();
  const kept: Buffer[] = [];
  let received = 0;
  let refusal = attempt(() => portion.requireRoom(announced ?? 0));
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > limit) throw tooLarge(limit);
      refusal ??= attempt(() => portion.grow(chunk.length));
      if (refusal === undefined) kept.push(chunk);
      else {
        kept.length = 0;
        portion.release();
      }
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : new UnreadableBody('the body did not arrive', {}, { cause });
  } finally {
    portion.release();
  }
  if (refusal !== undefined) throw refusal;
  return Buffer.concat(kept, received);
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
