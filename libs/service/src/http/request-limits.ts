/** What a request may cost before anybody reads it: the length of its address and the number of its headers. */
import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';

class AddressTooLong extends AppError {
  readonly code = 'ADDRESS_TOO_LONG';
  readonly retryable = false;
}
class TooManyHeaders extends AppError {
  readonly code = 'TOO_MANY_HEADERS';
  readonly retryable = false;
}

/** What a provider sends back to a sign-in is the longest that there is, and far from it. */
const ADDRESS_CHARS = 8_192;
/** A browser sends some twenty, an event in binary mode as many more. */
const HEADERS = 100;

/** HTTP statuses of what is refused here. */
export const requestStatusOf = { ADDRESS_TOO_LONG: 414, TOO_MANY_HEADERS: 431 } as const;

/** @param fastify before any route is made */
export const limitRequests = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    if ((raw.url ?? '').length > ADDRESS_CHARS)
      done(new AddressTooLong(`an address has at most ${ADDRESS_CHARS} characters`));
    else if (raw.rawHeaders.length > 2 * HEADERS) done(new TooManyHeaders(`a request has at most ${HEADERS} headers`));
    else done();
  });
};
