/** A request as far as sign-in goes by it. */
import type { FastifyRequest } from 'fastify';
import type { PeopleConfig, SignInRequest } from '#access/people';

/** Behind a proxy the configuration says where this service is; the demonstration goes by what the browser asked for. */
export const askedFrom = (
  { headers, ip, protocol, host }: FastifyRequest,
  { PUBLIC_URL }: Pick<PeopleConfig, 'PUBLIC_URL'>,
): SignInRequest => ({ headers, ip, origin: new URL(PUBLIC_URL ?? `${protocol}://${host}`).origin });
