/**
 * What traces cost: two installations side by side, one untraced, one traced as it is by default, that work by turns.
 *
 * Of the traced one's events one of a hundred carries a `traceparent` of a trace that is kept: as many as a traced intake leaves at most. Spans go
 * to a collector on the same machine, which throws them away. By turns, and in processor time beside rates, because both are started once and warm,
 * and what else the machine does meets both alike.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drained } from '../cli/drain.js';
import { cpuSeconds } from './cpu.js';
import { requireExact, WARM_UP, type Backlog } from './drain.js';
import { publish, withInstallation, type BenchInstallation, type Environment } from './installation.js';
import { httpTurn, type BatchSize, type Turn } from './intake.js';
import { withServices } from './load.js';

/** The results of turns. */
export interface Sides<T> {
  readonly off: readonly T[];
  readonly on: readonly T[];
}
/** The environment of either. */
export interface SidesOf<T> {
  readonly off: T;
  readonly on: T;
}

/** The usual share. */
const ONE_OF = 100;

const tracedMessages = ({ messages }: Backlog): Backlog['messages'] =>
  messages.map((message, n) => (n % ONE_OF === 0 ? { ...message, headers: headersOf(n + 1) } : message));

const headersOf = (n: number) => ({
  traceparent: `00-${n.toString(16).padStart(32, '0')}-${n.toString(16).padStart(16, '0')}-01`,
});

/** The first by turns too. */
const byTurns = async <T>(turns: number, work: (side: 'off' | 'on', turn: number) => Promise<T>): Promise<Sides<T>> => {
  const results: { off: T[]; on: T[] } = { off: [], on: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    const order = turn % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const);
    for (const side of order) results[side].push(await work(side, turn));
  }
  return results;
};

/** From events on the topic to everything written, a part of the backlog a turn; exact in the end. */
export const drainsByTurns = (env: SidesOf<Environment>, backlog: Backlog, turns: number): Promise<Sides<Turn>> => {
  const options = { services: 'check,province,ministry,projection' };
  const sides = { off: backlog.messages, on: tracedMessages(backlog) };
  const size = Math.floor((backlog.messages.length - WARM_UP) / turns);
  const part = (side: 'off' | 'on', turn: number) => {
    const from = WARM_UP + turn * size;
    return sides[side].slice(from, turn === turns - 1 ? undefined : from + size);
  };
  return withInstallation(env.off, options, (off) =>
    withInstallation(env.on, options, async (on) => {
      const both = { off, on };
      for (const side of ['off', 'on'] as const) {
        await both[side].supervisor.start();
        await publish(both[side].installation, sides[side].slice(0, WARM_UP));
        await drained(both[side].installation);
      }
      const results = await byTurns(turns, (side, turn) => drainTurn(both[side], part(side, turn)));
      for (const side of [off, on]) await requireExact(side.env.MONGODB_URI, backlog.reference);
      return results;
    }),
  );
};

const drainTurn = async (
  { installation, supervisor }: BenchInstallation,
  messages: Backlog['messages'],
): Promise<Turn> => {
  const used = () => [...cpuSeconds(supervisor.pids()).values()].reduce((sum, seconds) => sum + seconds, 0);
  const before = used();
  const startedAt = performance.now();
  await publish(installation, messages);
  await drained(installation);
  const rate = (messages.length * 1_000) / (performance.now() - startedAt);
  return { rate, cpuPerEvent: ((used() - before) * 1e6) / messages.length };
};

/** What an intake accepts over HTTP. */
export const intakesByTurns = (
  env: SidesOf<Environment>,
  batch: BatchSize,
  turns: number,
  seconds: number,
): Promise<Sides<Turn>> =>
  withServices(env.off, { services: 'intake' }, (off) =>
    withServices(env.on, { services: 'intake' }, (on) =>
      byTurns(turns, (side) => httpTurn({ off, on }[side], batch, seconds)),
    ),
  );

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
