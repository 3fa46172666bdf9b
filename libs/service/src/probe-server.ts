/**
 * The probes of a process that serves nothing else over HTTP: `/healthz`, `/readyz` and `/metrics` on a port of their own.
 *
 * A port that was asked for and is taken is a fault; one that is only the service's usual one gives way to a free one, so that several
 * installations share a machine. The port is logged, and told to a supervisor.
 */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  limitConnections,
  safeHeaders,
  serverOptions,
  usualConnections,
  type ConnectionLimits,
} from './connection-limits.js';
import type { Logger } from './logging.js';
import type { Probes } from './service-watch.js';
import { followTls, tlsOptions, type TlsConfig } from './tls.js';

export interface ProbePort {
  readonly host: string;
  /** Undefined: the usual one, or a free one where that is taken. */
  readonly port?: number;
  readonly usual: number;
  readonly tls?: TlsConfig;
}

export interface ProbeServer {
  /** Where it is. */
  readonly url: string;
  close(): Promise<void>;
}

/** Prometheus' text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export const serveProbes = async (
  probes: Probes,
  at: ProbePort,
  logger: Logger,
  connections = usualConnections,
): Promise<ProbeServer> => {
  const { server, scheme } = serverOf(at.tls ?? {}, connections, logger, (request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const path = request.url?.split('?')[0] ?? '';
    if (!isRead) return send(response, 405, { status: 405 }, { allow: 'GET, HEAD' });
    answer(probes, path, response).catch((error: unknown) => {
      logger.error({ err: error }, 'a probe could not be answered');
      send(response, 500, { status: 500 });
    });
  });
  limitConnections(server, connections);
  await listen(server, at, logger);
  server.unref();
  const { port } = server.address() as { port: number };
  const url = `${scheme}://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`;
  logger.info({ url }, 'probes');
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const serverOf = (tls: TlsConfig, connections: ConnectionLimits, logger: Logger, listener: RequestListener) => {
  const options = tlsOptions(tls);
  if (options === undefined) return { server: createServer(serverOptions(connections), listener), scheme: 'http' };
  // Whoever asks for a probe needs no certificate.
  const server = createSecureServer({ ...serverOptions(connections), ...options, requestCert: false }, listener);
  followTls(server, tls, logger);
  return { server, scheme: 'https' };
};

const answer = async (probes: Probes, path: string, response: ServerResponse): Promise<void> => {
  if (path === '/healthz') return send(response, 200, { status: 'ok' });
  if (path === '/readyz') {
    const report = await probes.readiness();
    return send(response, report.status === 'ok' ? 200 : 503, report);
  }
  if (path !== '/metrics') return send(response, 404, { status: 404 });
  const text = await probes.metrics();
  response.writeHead(200, { ...safeHeaders, 'content-type': METRICS_TYPE }).end(text);
};

const send = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response
    .writeHead(status, { ...safeHeaders, 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
};

const listen = async (server: Server, { host, port, usual }: ProbePort, logger: Logger): Promise<void> => {
  try {
    await listenAt(server, host, port ?? usual);
  } catch (error) {
    if (port !== undefined || (error as { code?: string }).code !== 'EADDRINUSE') throw error;
    logger.debug({ usual }, 'the usual port for probes is taken');
    await listenAt(server, host, 0);
  }
};

const listenAt = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
