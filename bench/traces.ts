/**
 * What traces cost: the drain and the intake of two installations by turns, one untraced, one traced at the usual share.
 *
 * Of the traced drain's events one of a hundred carries a `traceparent` of a trace that is kept: as many as a traced intake leaves at most. Spans go
 * to a collector on the same machine, which throws them away. Processor seconds are counted beside rates, because a busy machine hardly touches them.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainRun, type Backlog, type DrainOptions } from './drain.js';
import type { Environment } from './installation.js';
import { overHttpRun, type OverHttp } from './intake.js';

export interface TracesRun {
  /** Events a second to exact windows. */
  readonly drain: number;
  /** Processor seconds of the services until then. */
  readonly cpu: number;
  /** Over HTTP, one event and a hundred a request. */
  readonly single: OverHttp;
  readonly batched: OverHttp;
}

/** The usual share. */
const ONE_OF = 100;
const BATCHED = 100;

export const tracedBacklog = ({ messages, reference }: Backlog): Backlog => ({
  reference,
  messages: messages.map((message, n) => (n % ONE_OF === 0 ? { ...message, headers: headersOf(n + 1) } : message)),
});

const headersOf = (n: number) => ({
  traceparent: `00-${n.toString(16).padStart(32, '0')}-${n.toString(16).padStart(16, '0')}-01`,
});

export const tracesRun = async (
  env: Environment,
  backlog: Backlog,
  options: DrainOptions & { readonly seconds: number },
): Promise<TracesRun> => {
  const { windows, cpu } = await drainRun(env, backlog, options);
  const services = Object.entries(cpu).filter(([name]) => /^(rollup|projection)/.test(name));
  return {
    drain: windows,
    cpu: services.reduce((sum, [, seconds]) => sum + seconds, 0),
    single: await overHttpRun(env, 1, options.seconds),
    batched: await overHttpRun(env, BATCHED, options.seconds),
  };
};

/** Works while a collector takes in whatever it is sent. @param work given what makes a service send there */
export const withCollector = async <T>(work: (variables: Record<string, string>) => Promise<T>): Promise<T> => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await work({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
