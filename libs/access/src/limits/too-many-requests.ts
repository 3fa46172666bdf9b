/** Refused for now: the filter answers 429 and says when to come again. */
import { AppError } from '#domain';

export class TooManyRequests extends AppError {
  readonly code = 'TOO_MANY_REQUESTS';
  readonly retryable = true;
}

/** @param seconds to wait, a whole number */
export const tooMany = (what: string, seconds: number): TooManyRequests =>
  new TooManyRequests(what, { retryAfterSeconds: seconds });
