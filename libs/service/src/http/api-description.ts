/**
 * The API's description (OpenAPI 3.0): what an operation answers, by the names of shapes, and the document that holds them all.
 *
 * The shapes come in from outside (the contracts), so that one definition checks, describes and types an answer.
 */
import { applyDecorators } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiResponse, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { addExamples, type ApiExample } from './api-examples.js';
import { mediaTypes } from './table-format.js';

/** A reference to a shape, by its name in the document. */
export const refTo = (shape: string) => ({ $ref: `#/components/schemas/${shape}` });

/** What an operation answers when it succeeds: a shape, by its name in the document. */
export const ApiAnswer = (
  shape: string,
  description: string,
  { status = 200 }: { readonly status?: number } = {},
): MethodDecorator => {
  return ApiResponse({ status, description, content: { 'application/json': { schema: refTo(shape) } } });
};

/** What an operation answers that is a list: a shape, or the same as a table. */
export const ApiList = (shape: string, description: string): MethodDecorator => {
  const table = { schema: { type: 'string', format: 'binary' } };
  const tables = Object.values(mediaTypes).map((type) => [type, table] as const);
  const content = { 'application/json': { schema: refTo(shape) }, ...Object.fromEntries(tables) };
  const forms = '; as a table with `Accept`, or with .csv, .xlsx or .ndjson after the path';
  return ApiResponse({ status: 200, description: `${description}${forms}`, content });
};

/** The problems that an operation may answer with, by status: why. Anything else that goes wrong is a problem too. */
export const ApiProblems = (reasons: Readonly<Record<number, string>>, shape = 'Problem'): MethodDecorator => {
  const content = { 'application/problem+json': { schema: refTo(shape) } };
  const named = Object.entries(reasons).map(([status, description]) =>
    ApiResponse({ status: Number(status), description, content }),
  );
  return applyDecorators(...named, ApiResponse({ status: 'default', description: 'Any other fault', content }));
};

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  /** What the operations are grouped by: name and description. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The shapes by name, as JSON schemas. */
  readonly schemas?: Readonly<Record<string, object>>;
  /** Request bodies with a schema for each media type, by operation: Nest's decorator knows one schema for all of them. */
  readonly bodies?: Readonly<Record<string, object>>;
  /** Requests with their answers. */
  readonly examples?: readonly ApiExample[];
}

const problem = {
  type: 'object',
  description: 'What went wrong (RFC 9457)',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', example: 'about:blank' },
    title: { type: 'string', example: 'Bad request' },
    status: { type: 'integer', example: 400 },
    code: { type: 'string', description: 'Stable; docs/contracts.md names them all', example: 'INVALID_WINDOW' },
    detail: { type: 'string' },
  },
};

/** `SummariesController.list` is `summariesList`, unless the operation names itself. */
const operationIdFactory = (controller: string, method: string): string => {
  const name = controller.replace(/Controller$/, '');
  return name[0].toLowerCase() + name.slice(1) + method[0].toUpperCase() + method.slice(1);
};

interface Operation {
  readonly operationId?: string;
  requestBody?: unknown;
  readonly responses: Record<string, object>;
}

const limited = {
  description: 'More is asked than the caller, its unit or its address may: TOO_MANY_REQUESTS',
  content: { 'application/problem+json': { schema: refTo('Problem') } },
};
const whenAgain = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } } };

/** Whoever is asked who he is, or is limited by his address, may be told to come again. */
const sayLimit = (responses: Record<string, object>): void => {
  const { 401: unknown, 429: known } = responses;
  if (unknown === undefined && known === undefined) return;
  responses[429] = { ...limited, headers: whenAgain, ...known };
};

/** The document of an application's routes. Needs no running service: a preview of the application is enough. */
export const describedApi = (app: NestFastifyApplication, about: ApiDescription): OpenAPIObject => {
  const builder = new DocumentBuilder()
    .setTitle(about.title)
    .setDescription(about.description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The service that gives this description');
  for (const [name, description] of Object.entries(about.tags ?? {})) builder.addTag(name, description);
  const options = { operationIdFactory };
  const document = SwaggerModule.createDocument(app, builder.build(), options);
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) {
      const body = about.bodies?.[operation.operationId ?? ''];
      if (body !== undefined) operation.requestBody = body;
      sayLimit(operation.responses);
    }
  }
  addExamples(document, about.examples ?? []);
  const isUsed = JSON.stringify(document.paths).includes(refTo('Problem').$ref);
  const schemas = { ...(isUsed ? { Problem: problem } : {}), ...document.components?.schemas, ...about.schemas };
  return { ...document, security: [], components: { ...document.components, schemas } } as OpenAPIObject;
};

/** Serves the API's description at /docs (and /docs-json). */
export const describeApi = (app: NestFastifyApplication, about: ApiDescription): void =>
  SwaggerModule.setup('docs', app, describedApi(app, about), { customSiteTitle: about.title });
