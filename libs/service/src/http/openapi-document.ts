/**
 * What a service's HTTP interface says of itself (`apps/NAME/src/openapi.ts`), written without running the service.
 *
 * Nest only looks at the controllers, so it needs no server, no database and no configuration.
 */
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { describedApi, type ApiDescription } from './api-description.js';

@Module({})
class PreviewModule {}

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

/** The OpenAPI document of these routes, as JSON. */
export const openapiDocument = async (controllers: readonly Type[], description: ApiDescription): Promise<string> => {
  const module = { module: PreviewModule, controllers: [...controllers], providers: controllers.flatMap(standIns) };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return `${JSON.stringify(describedApi(app, description), null, 2)}\n`;
};
