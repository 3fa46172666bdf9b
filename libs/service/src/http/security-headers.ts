/**
 * Headers by which a browser lets nothing in from outside and keeps nothing: on every answer of a service, its problems and files too.
 *
 * What a service answers is of its caller alone and is not kept, unless the route says how (a file, an answer with an ETag). The page of the
 * API's description has styles of its own within it: they are let through by what they are (their hashes), and no script is.
 */
import { createHash } from 'node:crypto';
import fastifyHelmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

export type ContentPolicy = Readonly<Record<string, readonly string[]>>;

const none = "'none'";
const self = "'self'";
/** Of a service that has no page. */
export const nothingIn: ContentPolicy = {
  'default-src': [none],
  'base-uri': [none],
  'form-action': [none],
  'frame-ancestors': [none],
};
/** Of an attribute that Swagger UI's script writes. */
const swaggerStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
/** Of the page of the API's description. */
const docsPolicy: ContentPolicy = {
  ...nothingIn,
  'script-src': [self],
  'img-src': [self, 'data:'],
  'connect-src': [self],
};
export const hsts = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

export interface SecurityHeaders {
  readonly policy: ContentPolicy;
  /** Whether browsers reach the service by TLS alone. */
  readonly isTls: boolean;
}

/** Before any route is made. */
export const secureAnswers = async (app: NestFastifyApplication, { policy, isTls }: SecurityHeaders): Promise<void> => {
  // The policy is said below: helmet's own has to be the same for all answers.
  await app.register(fastifyHelmet, { contentSecurityPolicy: false, strictTransportSecurity: false });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const usual = textOf(policy);
  fastify.addHook('onRequest', ({ protocol }, reply, done) => {
    reply.header('content-security-policy', usual).header('cache-control', 'no-store');
    if (isTls || protocol === 'https') reply.headers(hsts);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload === 'string' && request.url.startsWith('/docs'))
      reply.header(
        'content-security-policy',
        textOf({ ...docsPolicy, 'style-src': [self, ...stylesIn(payload), swaggerStyle] }),
      );
    done(null, payload);
  });
};

export const textOf = (policy: ContentPolicy): string =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/** The hashes of the styles that stand within a page. */
const stylesIn = (html: string): string[] => {
  const elements = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text]) => text);
  const attributes = [...html.matchAll(/<\w[^>]* style="([^"]*)"/g)].map(([, text]) => text);
  const hashes = [...elements, ...attributes].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return attributes.length === 0 ? hashes : ["'unsafe-hashes'", ...hashes];
};
