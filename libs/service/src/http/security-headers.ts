/**
 * Headers by which a browser lets nothing in from outside and keeps nothing: on every answer of a service, its problems and files too.
 *
 * What a service answers is of its caller alone and is not kept, unless the route says how (a file, an answer with an ETag). The page of the
 * API's description has styles of its own within it: they are let through by what they are (their hashes), and no script is.
 */
import { createHash } from 'node:crypto';
import fastifyHelmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { nothingIn, policyText, type ContentPolicy } from '../content-policy.js';

const self = "'self'";
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
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const usual = {
    ...(await helmetSays()),
    'content-security-policy': policyText(policy),
    'cache-control': 'no-store',
  };
  const usualByTls = { ...usual, ...hsts };
  server.addHook('onRequest', ({ protocol }, reply, done) => {
    reply.headers(isTls || protocol === 'https' ? usualByTls : usual);
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload === 'string' && request.url.startsWith('/docs'))
      reply.header(
        'content-security-policy',
        policyText({ ...docsPolicy, 'style-src': [self, ...stylesIn(payload), swaggerStyle] }),
      );
    done(null, payload);
  });
};

/** Asked once: it says the same of every answer. The policy and TLS are said here. */
const helmetSays = async (asked: FastifyInstance = fastify()): Promise<Record<string, string>> => {
  await asked.register(fastifyHelmet, { contentSecurityPolicy: false, strictTransportSecurity: false });
  let said: Record<string, string> = {};
  asked.get('/', (_request, { raw }) => {
    said = { ...raw.getHeaders() } as typeof said;
    return '';
  });
  await asked.inject('/');
  await asked.close();
  return said;
};

/** The hashes of the styles that stand within a page. */
const stylesIn = (html: string): string[] => {
  const elements = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text]) => text);
  const attributes = [...html.matchAll(/<\w[^>]* style="([^"]*)"/g)].map(([, text]) => text);
  const hashes = [...elements, ...attributes].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return attributes.length === 0 ? hashes : ["'unsafe-hashes'", ...hashes];
};
