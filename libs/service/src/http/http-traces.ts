/**
 * HTTP requests as spans, by OpenTelemetry's conventions; without addresses, and without what stands behind the `?` of a path.
 *
 * Whether a request's trace is kept is decided as it begins, and for all others nothing more is done: no span, no context. Made here
 * because the packages that watch HTTP do their work for every request, kept or not (docs/performance.md, Tracing).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tracing, type Cause, type TracedRequest } from '#tracing';

/** Probes come every few seconds and tell nothing. */
const probes = new Set<string | undefined>(['/healthz', '/readyz', '/metrics']);

const kept = new WeakMap<FastifyRequest, TracedRequest>();

/** The span of a request, for what it leads to; undefined where none is kept. */
export const causeOf = (request: FastifyRequest): Cause | undefined => kept.get(request)?.cause;

/** Traces every request of a Fastify server from now on, where the process is traced. */
export const traceRequests = (fastify: Pick<FastifyInstance, 'addHook'>): void => {
  const { request: begin } = tracing();
  if (begin === undefined) return;
  fastify.addHook('onRequest', (request, { raw }, done) => {
    const route = request.routeOptions.url;
    const span = probes.has(route) ? undefined : begin({ ...factsOf(request), route });
    if (span !== undefined) {
      kept.set(request, span);
      // Comes after an answer, and where the other side has gone away before.
      raw.once('close', () => span.end(raw.headersSent ? raw.statusCode : undefined));
    }
    done();
  });
  // Not before the body is there: its arrival belongs to the connection, and the context of the request would be lost.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = kept.get(request);
    if (span === undefined) done();
    else span.within(done);
  });
};

const factsOf = ({ method, url, protocol: scheme, headers: { traceparent, tracestate } }: FastifyRequest) => ({
  method,
  path: url.split('?', 1)[0],
  scheme,
  traceparent: typeof traceparent === 'string' ? traceparent : undefined,
  tracestate: typeof tracestate === 'string' ? tracestate : undefined,
});
