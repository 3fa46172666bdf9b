/** Answers that are the same until something changes: with a weak ETag, and 304 to whoever has it already. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toExactJson } from '#domain';

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

/** A figure is made anew for every request: what the caller holds is never trusted to be the newest, only not sent twice. */
export const sendFigures = (request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply =>
  sendTagged(request, reply, toExactJson(answer), ofFigures);

export const sendTagged = (
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  kept: string = 'no-cache',
): FastifyReply => {
  const tag = tagOf(text);
  reply.header('etag', tag).header('cache-control', kept);
  if (isNamed(request.headers['if-none-match'], tag)) return reply.status(NOT_MODIFIED).send();
  return reply.type('application/json; charset=utf-8').send(text);
};
