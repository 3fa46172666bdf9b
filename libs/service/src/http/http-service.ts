/**
 * A service with an HTTP interface, over Fastify: `runService({ …, as: httpService(…) })`.
 *
 * Each has the same around its routes: requests are measured, who asks is found out, other origins may ask where the configuration lets them, a path answers another
 * method with 405, faults are problems, and `/docs` describes it all. Apart from `#service`, so that no other process loads Fastify or Swagger.
 */
import type { DynamicModule } from '@nestjs/common';
import type { FastifyError } from 'fastify';
import type { ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { accessStatusOf, AuditedRefusals, AuditedRequests, Authenticator, RateLimits } from '#access';
import {
  answerUnreadable,
  limitConnections,
  safeHeaders,
  serverOptions,
  usualConnections,
  type ConnectionLimits,
} from '../connection-limits.js';
import { nothingIn, type ContentPolicy } from '../content-policy.js';
import { nestOptions, type ServiceKind } from '../run-service.js';
import type { Service } from '../service.module.js';
import { followTls, tlsOptions, type TlsConfig } from '../tls.js';
import { describeApi, type ApiDescription } from './api-description.js';
import { allowOrigins } from './cors.js';
import { authenticateRequests } from './http-access.js';
import { methodsOf } from './http-methods.js';
import { measureRequests } from './http-metrics.js';
import { traceRequests } from './http-traces.js';
import { problemOf, ProblemFilter, type StatusOf } from './problem.js';
import { limitRequests, requestStatusOf } from './request-limits.js';
import { hsts, secureAnswers } from './security-headers.js';

type ServerOptions = (ConstructorParameters<typeof FastifyAdapter>[0] & { readonly http?: object }) | undefined;

export interface HttpPlace {
  readonly host: string;
  readonly port: number;
  /** Origins that may ask from a browser. */
  readonly origins: readonly string[];
  /** Proxies that are believed when they say who asked. */
  readonly proxies: readonly string[];
  /** Browsers reach it by TLS alone, whatever comes in here. */
  readonly isTls?: boolean;
  /** Left out: the usual ones. */
  readonly connections?: ConnectionLimits;
}

export interface HttpInterface<C> {
  readonly at: (config: C) => HttpPlace;
  readonly api: ApiDescription;
  readonly statusOf: StatusOf;
  /** What a page of it may load; left out: there is none. */
  readonly policy?: ContentPolicy;
  /** Of Fastify. */
  readonly server?: ServerOptions;
  /** False: the service reads bodies by itself. */
  readonly bodyParser?: boolean;
  /** What else answers, or changes answers; before any route is made. */
  readonly prepare?: (app: NestFastifyApplication, config: C) => Promise<void> | void;
  /** Starts what else the service hears from, before it takes requests. */
  readonly beside?: (app: NestFastifyApplication) => Promise<void>;
}

/** It sets some of Node's by itself, and has answers of its own to what cannot be parsed. */
const fastifyOptions = (connections: ConnectionLimits, isTls: boolean) => {
  const { requestTimeout, keepAliveTimeout, ...http } = serverOptions(connections);
  return {
    requestTimeout,
    keepAliveTimeout,
    connectionTimeout: connections.idleMs,
    http,
    clientErrorHandler: answerUnreadable,
    // An address that cannot be decoded, or a part of it that is too long: no hook and no filter sees it.
    frameworkErrors: (error: FastifyError, _request: unknown, { raw }: { readonly raw: unknown }): void => {
      const problem = Buffer.from(JSON.stringify(problemOf(error.statusCode ?? 500, 'the address cannot be read')));
      const type = { 'content-type': 'application/problem+json', 'content-length': problem.length };
      (raw as ServerResponse)
        .writeHead(error.statusCode ?? 500, { ...safeHeaders, ...(isTls ? hsts : {}), ...type })
        .end(problem);
    },
  };
};

/** The application, made and not yet listening. */
export const createHttp = async <C extends TlsConfig>(
  module: DynamicModule,
  http: HttpInterface<C>,
  { config, logger, watch }: Pick<Service<C>, 'config' | 'logger' | 'watch'>,
): Promise<NestFastifyApplication> => {
  const { origins, proxies, isTls = false, connections = usualConnections } = http.at(config);
  const trustProxy = proxies.length > 0 && [...proxies];
  const server = { ...fastifyOptions(connections, isTls), ...http.server, trustProxy };
  const adapter = new FastifyAdapter(secured(server as ServerOptions, config));
  const options = { ...nestOptions(logger), bodyParser: http.bodyParser };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const fastify = app.getHttpAdapter().getInstance();
  followTls(app.getHttpServer() as never, config, logger);
  const methods = methodsOf(fastify);
  measureRequests(fastify, watch.service);
  traceRequests(fastify);
  await secureAnswers(app, { policy: http.policy ?? nothingIn, isTls });
  limitRequests(fastify);
  await allowOrigins(app, origins);
  const audit = { refusals: app.get(AuditedRefusals), requests: app.get(AuditedRequests) };
  authenticateRequests(fastify, app.get(Authenticator), app.get(RateLimits), audit);
  await http.prepare?.(app, config);
  app.useGlobalFilters(new ProblemFilter({ ...accessStatusOf, ...requestStatusOf, ...http.statusOf }, logger));
  describeApi(app, http.api);
  await http.beside?.(app);
  await app.init();
  methods.refuseOthers();
  limitConnections(app.getHttpServer(), connections);
  return app;
};

/** With the service's own certificate where there is one; what is said of plain connections is of these too. */
const secured = (server: ServerOptions, config: TlsConfig): ServerOptions => {
  const https = tlsOptions(config);
  return https === undefined ? server : ({ ...server, https: { ...server?.http, ...https } } as ServerOptions);
};

export const httpService =
  <C extends TlsConfig>(http: HttpInterface<C>): ServiceKind<C> =>
  async (module, service) => {
    const app = await createHttp(module, http, service);
    const { host, port } = http.at(service.config);
    return { app, listen: () => app.listen(port, host) };
  };
