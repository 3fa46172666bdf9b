/**
 * The web app's files: served from where they were built, compressed, under a policy that lets nothing from outside in.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyCompress from '@fastify/compress';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const self = "'self'";
const none = "'none'";
const policy = {
  defaultSrc: [none],
  scriptSrc: [self],
  styleSrc: [self],
  imgSrc: [self, 'data:'],
  connectSrc: [self],
  fontSrc: [self],
  baseUri: [none],
  formAction: [none],
  frameAncestors: [none],
  upgradeInsecureRequests: null,
};

/** The API's description page brings inline scripts and styles of its own. */
const docsPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

export const serveWeb = async (app: NestFastifyApplication, directory: string): Promise<void> => {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      if (request.url.startsWith('/docs')) reply.header('content-security-policy', docsPolicy);
      done(null, payload);
    });
  await app.register(fastifyCompress, { encodings: ['gzip', 'identity'] });
  const root = resolve(directory);
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};
