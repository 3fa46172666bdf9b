/**
 * The methods of a resource: another one is answered 405 with `Allow` (RFC 9110, 15.5.6), and `OPTIONS` says which there are.
 *
 * Without this a path that exists says 404 to a wrong method, and a client looks for the fault in the address. The routes for it are
 * made from those that the service has, by the same router, so that each pattern means what it means there.
 */
import type { FastifyInstance, FastifyReply, HTTPMethods, RouteOptions } from 'fastify';
import { sendProblem } from './problem.js';

/**
 * Notes every route made from now on. Call what it returns when all are made, before the service listens.
 *
 * @param fastify before any route is made
 */
export const methodsOf = (fastify: FastifyInstance): { refuseOthers(): void } => {
  const routes = new Map<string, Set<string>>();
  let isDone = false;
  fastify.addHook('onRoute', ({ url, method }: RouteOptions) => {
    if (isDone) return;
    const methods = routes.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    routes.set(url, methods);
  });
  return {
    refuseOthers: () => {
      isDone = true;
      for (const [url, methods] of routes) if (!url.includes('*')) refuseOthersAt(fastify, url, methods);
    },
  };
};

const refuseOthersAt = (fastify: FastifyInstance, url: string, methods: ReadonlySet<string>): void => {
  const allow = [...new Set([...methods, 'OPTIONS'])].join(', ');
  // Before the body is read: it is not wanted.
  const answerBy = (answer: (reply: FastifyReply) => FastifyReply) => ({
    url,
    exposeHeadRoute: false,
    onRequest: async (_request: unknown, reply: FastifyReply) => answer(reply.header('allow', allow)),
    handler: () => undefined,
  });
  const others = fastify.supportedMethods.filter((method) => method !== 'OPTIONS' && !methods.has(method));
  fastify.route({ method: others as HTTPMethods[], ...answerBy(refuseMethod) });
  if (!methods.has('OPTIONS')) fastify.route({ method: 'OPTIONS', ...answerBy(sayMethods) });
};

const sayMethods = (reply: FastifyReply): FastifyReply => reply.status(204).send();

const refuseMethod = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    type: 'about:blank',
    title: 'Method not allowed',
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    detail: 'the resource has other methods; Allow says which',
  } as { readonly status: number });
