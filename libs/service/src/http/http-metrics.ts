/**
 * HTTP requests as OpenTelemetry's conventions name them: how long each took, by method, route and status.
 *
 * The route is the pattern that was registered, never the path that was asked for; a path that has none is counted as one.
 */
import type { FastifyInstance } from 'fastify';
import type { ServiceMetrics } from '../metrics.js';

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);
const NO_ROUTE = '(none)';

/** Counts every request of a Fastify server from now on. */
export const measureRequests = (fastify: Pick<FastifyInstance, 'addHook'>, metrics: ServiceMetrics): void => {
  const seconds = metrics.seconds(
    'http_server_request_duration_seconds',
    'How long an HTTP request took until its answer was sent',
    ['http_request_method', 'http_route', 'http_response_status_code'],
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    seconds.observe(
      {
        http_request_method: methods.has(request.method) ? request.method : '_OTHER',
        http_route: request.routeOptions.url ?? NO_ROUTE,
        http_response_status_code: reply.statusCode,
      },
      reply.elapsedTime / 1_000,
    );
    done();
  });
};
