/**
 * The web app's files: served from where they were built, compressed, under a policy that lets nothing from outside in.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nothingIn, type ContentPolicy } from '#service';

const self = "'self'";
/** Of the page; nothing within it, no script and no style, counts. */
export const pagePolicy: ContentPolicy = {
  ...nothingIn,
  'script-src': [self],
  'style-src': [self],
  'img-src': [self, 'data:'],
  'connect-src': [self],
  'font-src': [self],
};

export const serveWeb = async (app: NestFastifyApplication, directory: string): Promise<void> => {
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
  // A province's page and a commune's. Any code opens them: the page itself says which there is not.
  const fastify = app.getHttpAdapter().getInstance();
  for (const path of ['/tinh/:unit', '/xa/:unit'])
    fastify.get(path, (_request: FastifyRequest, reply: FastifyReply) => reply.sendFile('index.html'));
};
