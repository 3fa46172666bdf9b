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

/** Kept by the browser that asked and by nobody between; asked again each time, so access is looked at each time too. */
const ofFigures = 'private, no-cache';

export interface TaggedText {
  readonly text: string;
  readonly tag: string;
}

export const tagged = (text: string): TaggedText => ({ text, tag: tagOf(text) });

/**
 * Figures, made anew for everybody who asks: what the caller holds is never trusted to be the newest, only not sent twice. Who asks for the same while
 * it is being made shares what is made after he asked. Nothing is sent before it is noted in the audit trail, where it is to be.
 */
@Injectable()
export class FigureAnswers {
  private readonly readings = new SharedReadings<TaggedText>();

  /** @param make the same for requests with the same address, whoever they come from */
  async send(request: FastifyRequest, reply: FastifyReply, make: () => Promise<unknown>): Promise<FastifyReply> {
    const answer = awaitedLater(this.readings.of(request.url, async () => tagged(toExactJson(await make())), 250));
    await request.noted;
    return sendTagged(request, reply, await answer, ofFigures);
  }
}

export const sendTagged = (
  request: FastifyRequest,
  reply: FastifyReply,
  { text, tag }: TaggedText,
  kept: string = 'no-cache',
): FastifyReply => {
  reply.header('etag', tag).header('cache-control', kept);
  if (isNamed(request.headers['if-none-match'], tag)) return reply.status(NOT_MODIFIED).send();
  return reply.type('application/json; charset=utf-8').send(text);
};
