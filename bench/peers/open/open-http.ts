/**
 * A service of the pipeline without its access control, for the benchmark alone: the same routes over the same server, and everybody is let in.
 *
 * What `createHttp` (libs/service) puts around routes stands here too, safe headers and limits of headers with it, but for finding out who asks; the
 * modules of access are left out, so no guard, no rate limit and no audit either.
 */
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditedRefusals, ON_LIMITED, OpenStreams, RateLimits, type KeyBook, type Principal } from '#access';
import { nestOptions, type ServiceKind } from '#service';
import {
  allowOrigins,
  limitRequests,
  measureRequests,
  ProblemFilter,
  secureAnswers,
  traceRequests,
  type HttpInterface,
} from '#service/http';

const everybody: Principal = { id: 'open', name: 'everybody', kind: 'configuration', roles: ['analyst'], unit: 'VN' };

/** Streams that nobody ends, limits that count nothing, and no refusals. */
@Global()
@Module({
  providers: [
    { provide: RateLimits, useValue: { charge: () => undefined } },
    { provide: ON_LIMITED, useValue: () => undefined },
    { provide: AuditedRefusals, useValue: {} },
    {
      provide: OpenStreams,
      useFactory: () => new OpenStreams({ onRevoked: () => () => undefined } as never as KeyBook),
    },
  ],
  exports: [OpenStreams, RateLimits, ON_LIMITED, AuditedRefusals],
})
export class OpenModule {}

export const openService =
  <C>(http: HttpInterface<C>): ServiceKind<C> =>
  async (module, { config, logger, watch }) => {
    const options = { ...nestOptions(logger), bodyParser: http.bodyParser };
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(http.server), options);
    const fastify = app.getHttpAdapter().getInstance();
    const { host, port, origins, isTls = false } = http.at(config);
    measureRequests(fastify, watch.service);
    traceRequests(fastify);
    await secureAnswers(app, { policy: http.policy ?? {}, isTls });
    limitRequests(fastify);
    await allowOrigins(app, origins);
    fastify.decorateRequest('principal', undefined);
    fastify.addHook('onRequest', (request, _reply, done) => {
      request.principal = everybody;
      done();
    });
    await http.prepare?.(app, config);
    app.useGlobalFilters(new ProblemFilter({ ...http.statusOf }, logger));
    await http.beside?.(app);
    await app.init();
    return { app, listen: () => app.listen(port, host) };
  };
