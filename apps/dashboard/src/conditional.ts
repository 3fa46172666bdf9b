/** Answers that seldom change: with a weak ETag, and 304 to whoever has it already. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NOT_MODIFIED = 304;

/** Weak, because what is sent may be compressed. */
export const tagOf = (text: string): string =>
  `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** Whether an `If-None-Match` names the tag; compared weakly (RFC 9110, 13.1.2). */
export const isNamed = (header: string | undefined, tag: string): boolean =>
  header?.trim() === '*' ||
  (header?.match(/(?:W\/)?"[^"]*"/g) ?? []).some((each) => each.replace('W/', '') === tag.slice(2));

export const sendTagged = (request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply => {
  const tag = tagOf(text);
  reply.header('etag', tag).header('cache-control', 'no-cache');
  if (isNamed(request.headers['if-none-match'], tag)) return reply.status(NOT_MODIFIED).send();
  return reply.type('application/json; charset=utf-8').send(text);
};
