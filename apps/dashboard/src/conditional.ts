/** Answers that are the same until something changes: with a weak ETag, and 304 to whoever has it already. */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toExactJson } from '#domain';
import { awaitedLater, SharedReadings } from '#promises';

const NOT_MODIFIED = 304;
/** For the API's description. */
export const notModified = {
  status: NOT_MODIFIED,
  description: 'Nothing changed since the answer whose ETag If-None-Match names',
};

/** Weak, because what is sent may be compressed. */
export const tagOf = (text: string): string =>
  `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** Whether an `If-None-Match` names the tag; compared weakly (RFC 9110, 13.1.2). */
export const isNamed = (header: string | undefined, tag: string): boolean =>
  header?.trim() === '*' ||
  (header?.match(/(?:W\/)?"[^"]*"/g) ?? []).some((each) => each.replace('W/', '') === tag.slice(2));

/** Whether the caller wants what is read after he asked (RFC 9111, 5.2.1); browsers say so when a page is loaded again. */
export const wantsNewest = (cacheControl: string | undefined): boolean =>
  /(^|[\s,])(no-cache|no-store|max-age=0+)(?=[\s,]|$)/i.test(cacheControl ?? '');

/** So long ago, at most, began the reading that is answered with, unless the caller wants the newest. Far less than the stream's `HELD_MS`. */
export const FRESH_MS = 250;

/** Kept by the browser that asked and by nobody between; asked again each time, so access is looked at each time too. */
const ofFigures = 'private, no-cache';

/** Encoded once, however many it is sent to. */
export interface TaggedAnswer {
  readonly bytes: Buffer;
  readonly tag: string;
}

export const tagged = (text: string): TaggedAnswer => ({ bytes: Buffer.from(text), tag: tagOf(text) });

/**
 * Figures: what the caller holds is never trusted to be the newest, only not sent twice. Who asks for the same within a quarter of a second is answered
 * by the same reading; who wants the newest by one that begins after he asked. Nothing is sent before it is noted in the audit trail, where it is to be.
 */
@Injectable()
export class FigureAnswers {
  private readonly readings = new SharedReadings<TaggedAnswer>();

  /** @param make the same for requests with the same address, whoever they come from */
  async send(request: FastifyRequest, reply: FastifyReply, make: () => Promise<unknown>): Promise<FastifyReply> {
    const read = async () => tagged(toExactJson(await make()));
    const maxAge = wantsNewest(request.headers['cache-control']) ? 0 : FRESH_MS;
    const answer = awaitedLater(this.readings.of(request.url, read, maxAge));
    await request.noted;
    return sendTagged(request, reply, await answer, ofFigures);
  }
}

export const sendTagged = (
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, tag }: TaggedAnswer,
  kept: string = 'no-cache',
): FastifyReply => {
  reply.header('etag', tag).header('cache-control', kept);
  if (isNamed(request.headers['if-none-match'], tag)) return reply.status(NOT_MODIFIED).send();
  return reply.type('application/json; charset=utf-8').send(bytes);
};
