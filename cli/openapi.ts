/**
 * `npm run openapi`: writes the descriptions of both HTTP services to dist/openapi, without running any.
 *
 * The services' code is loaded here only: the dashboard's brings a Redis client with it, which slows all work on text in the process (ADR 14).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { describedApi, type ApiDescription } from '#service/http';

@Module({})
class PreviewModule {}

interface Api {
  readonly controllers: Type[];
  readonly description: ApiDescription;
}

type Token = Type | string | symbol;

/** What a controller's constructor asks for. Nobody calls it, so that something stands under each name is enough. */
const standIns = (controller: Type) => {
  const types = (Reflect.getMetadata('design:paramtypes', controller) ?? []) as Token[];
  const named = (Reflect.getMetadata('self:paramtypes', controller) ?? []) as { index: number; param: Token }[];
  return types.map((type, index) => {
    const provide = named.find((each) => each.index === index)?.param ?? type;
    return { provide, useValue: {} };
  });
};

const documentOf = async ({ controllers, description }: Api): Promise<string> => {
  const module = { module: PreviewModule, controllers, providers: controllers.flatMap(standIns) };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return `${JSON.stringify(describedApi(app, description), null, 2)}\n`;
};

const FOLDER = join('dist', 'openapi');

export const openapiCommand = async (): Promise<number> => {
  mkdirSync(FOLDER, { recursive: true });
  const apis: Record<string, Api> = {
    dashboard: await import('../apps/dashboard/src/api.js'),
    intake: await import('../apps/intake/src/api.js'),
  };
  for (const [name, api] of Object.entries(apis)) {
    const file = join(FOLDER, `${name}.json`);
    writeFileSync(file, await documentOf(api));
    process.stdout.write(`${file}\n`);
  }
  return 0;
};
