/**
 * Which other origins may ask from a browser: those that the configuration names, none by default.
 */
import fastifyCors from '@fastify/cors';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { listed } from './listed.js';

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

/** Comma-separated origins such as `https://example.gov.vn`, or `*` for every one. */
export const originsSchema = z
  .string()
  .default('')
  .transform(listed)
  .refine((origins) => origins.every((origin) => origin === '*' || isOrigin(origin)), 'is not a list of origins');

const exposed = ['allow', 'content-disposition', 'etag', 'retry-after'];
const PREFLIGHT_SECONDS = 600;

export const allowOrigins = async (app: NestFastifyApplication, origins: readonly string[]): Promise<void> => {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST'],
    exposedHeaders: exposed,
    maxAge: PREFLIGHT_SECONDS,
    // Every `OPTIONS` goes on to the resource, which says its methods, with what a browser asks for beside them.
    strictPreflight: false,
    preflightContinue: true,
  });
};
