/**
 * One server of the stack, and how it is brought up.
 *
 * `ensureServer` is idempotent: a server that runs and answers is left alone; one that died starts again at its old port
 * over its old data. It resolves only when the server answers real requests, so callers never need to wait or retry.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, choosePort, freeWithin } from './ports.js';
import { end, giveWay, isAlive, launch, type Launch } from './process.js';
import { logFileOf, StackError, type Site, type StackAddresses } from './site.js';
import { saveState, type ServerName, type ServerRecord, type StackState } from './state.js';

export interface Server {
  readonly name: ServerName;
  readonly variable: keyof StackAddresses;
  readonly needsControllerPort: boolean;
  /** Whether those that somebody asks go first where processors are short. */
  readonly givesWay: boolean;
  address(site: Site, record: ServerRecord): string;
  /** Finds or installs the program; the answer is its kind, which decides the data's format. */
  prepare(site: Site, record: ServerRecord): Promise<string>;
  /** Writes configuration and empty storage where there is none yet, and says what to run. */
  command(site: Site, record: ServerRecord): Promise<Omit<Launch, 'logFile'>>;
  /** Resolves when a real request succeeds; rejects while it does not. */
  ready(site: Site, record: ServerRecord): Promise<void>;
}

const readyWithinMs = 90_000;
const attempts = 3;

const lastLines = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
};

type Outcome = 'ready' | 'ended' | { silent: unknown };

/** `silent` is a server that runs but refuses to serve, with its last refusal. */
const outcomeOf = async (site: Site, server: Server, record: ServerRecord): Promise<Outcome> => {
  const deadline = Date.now() + readyWithinMs;
  let refusal: unknown = 'nothing listens';
  while (isAlive(record.process)) {
    if (Date.now() > deadline) return { silent: refusal };
    if (await answers(record.port)) {
      try {
        await server.ready(site, record);
        return 'ready';
      } catch (error) {
        // Starting: coordinators, logs being loaded, an election. Ask again.
        refusal = error;
      }
    }
    await sleep(100);
  }
  return 'ended';
};

const promisedPorts = (state: StackState): Set<number> =>
  new Set(
    Object.values(state.servers).flatMap(({ port, controllerPort, proxiedPort = 0 }) => [
      port,
      controllerPort,
      proxiedPort,
    ]),
  );

/** The old port if it can be had within seconds (its last user may be just ending), else a new one. */
const portFor = async (site: Site, state: StackState, name: string, old: number): Promise<number> => {
  if (old !== 0 && (await freeWithin(old, 5_000))) return old;
  const port = await choosePort(promisedPorts(state));
  if (old !== 0) site.progress(`${name}: port ${old} is taken by another program, using ${port} from now on`);
  return port;
};

const startOnce = async (site: Site, state: StackState, server: Server): Promise<Outcome> => {
  const record = state.servers[server.name];
  record.port = await portFor(site, state, server.name, record.port);
  if (server.needsControllerPort) {
    record.controllerPort = await portFor(site, state, server.name, record.controllerPort);
  }
  if (server.name === 'kafka' && site.kafkaProxyPort !== undefined) {
    record.proxiedPort = await portFor(site, state, server.name, record.proxiedPort ?? 0);
  }
  saveState(site, state);
  const command = await server.command(site, record);
  record.process = launch({ ...command, logFile: logFileOf(site, server.name) });
  if (server.givesWay) await giveWay(record.process);
  saveState(site, state);
  const outcome = await outcomeOf(site, server, record);
  if (outcome !== 'ready') await end(record.process);
  return outcome;
};

/** Brings one prepared server up. The answer tells whether it had to be started. */
export const ensureServer = async (site: Site, state: StackState, server: Server): Promise<boolean> => {
  const record = state.servers[server.name];
  if (isAlive(record.process)) {
    if ((await outcomeOf(site, server, record)) === 'ready') return false;
    site.progress(`${server.name}: process ${record.process.pid} does not answer, starting it again`);
    await end(record.process);
  }
  const began = Date.now();
  site.progress(`${server.name}: starting ${record.kind}`);
  let cause: unknown;
  for (let attempt = 1; attempt <= attempts && cause === undefined; attempt += 1) {
    const outcome = await startOnce(site, state, server);
    if (outcome === 'ready') {
      site.progress(`${server.name}: ready on 127.0.0.1:${record.port} after ${Date.now() - began} ms`);
      return true;
    }
    // One that ended may have met its predecessor's lock or port; one that stays silent would do so again.
    if (outcome === 'ended') await sleep(1_000);
    else cause = outcome.silent;
  }
  const log = logFileOf(site, server.name);
  const reason = cause === undefined ? 'ended at once' : `did not get ready (${String(cause)})`;
  throw new StackError('START_FAILED', `${server.name} ${reason}; log: ${log}\n${lastLines(log)}`, { cause });
};
