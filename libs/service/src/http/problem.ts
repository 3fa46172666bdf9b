/**
 * Errors as problem+json (RFC 9457): a status, a stable code, and what is wrong in the caller's terms.
 */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError } from '#domain';
import type { Logger } from '../logging.js';

/** HTTP statuses by an error's code; an error that is not named is the server's fault. */
export type StatusOf = Readonly<Record<string, number>>;

/** RFC 6750, 3. */
const CHALLENGE = 'Bearer realm="tonghop"';
const RETRY_AFTER_SECONDS = '1';
const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  429: 'Too many requests',
  431: 'Request header fields too large',
  503: 'Service unavailable',
};
/** Codes of what the framework refuses before a handler sees it. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  413: 'REQUEST_TOO_LARGE',
  414: 'PATH_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  500: 'INTERNAL_ERROR',
};

/** Sends a problem; as bytes, because to text Fastify adds a charset that the media type does not have. */
export const sendProblem = (reply: FastifyReply, problem: { readonly status: number }): FastifyReply =>
  reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)));

/** A problem that has no code of its own. */
export const problemOf = (status: number, detail: string) => ({
  type: 'about:blank',
  title: titles[status] ?? 'Internal server error',
  status,
  code: codes[status] ?? `HTTP_${status}`,
  detail,
});

/** Of an error that knows it, in its context; else a second. */
const pauseOf = (error: unknown): string => {
  const seconds = error instanceof AppError ? error.context.retryAfterSeconds : undefined;
  return typeof seconds === 'number' ? String(seconds) : RETRY_AFTER_SECONDS;
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly statusOf: StatusOf,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.describe(error);
    const { status, code } = problem;
    if (status >= 500) this.logger.error({ err: error, code }, 'request failed');
    if (status === 401) reply.header('www-authenticate', CHALLENGE);
    if (status === 429 || status === 503) reply.header('retry-after', pauseOf(error));
    sendProblem(reply, problem);
  }

  private describe(error: unknown): ReturnType<typeof problemOf> {
    if (error instanceof AppError)
      return { ...problemOf(this.statusOf[error.code] ?? 500, error.message), code: error.code };
    const { statusCode, message } = error as { statusCode?: number; message?: string };
    const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
    const detail = status < 500 ? (message ?? '') : 'an unexpected fault; the log says more';
    return problemOf(status, detail);
  }
}
