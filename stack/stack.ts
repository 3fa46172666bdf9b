/**
 * The embedded stack: Kafka, MongoDB and Redis as child processes over one data folder.
 *
 * `stackUp` twice is once, also when both happen at the same time, and it brings back what has died where it was. Servers
 * named by the environment are used instead of started. A stack that was asked for by owners goes when the last of them
 * has gone or has called `stackDown`; one that was asked for without an owner stays until a `stackDown` without one. So a
 * run that finds a stack up borrows it and leaves it up.
 */
import { existsSync } from 'node:fs';
import { kafkaServer } from './kafka.server.js';
import { withLock } from './lock.js';
import { buildRustServer, mongodbServer } from './mongodb.server.js';
import { answers } from './ports.js';
import { end, identify, isAlive } from './process.js';
import { redisServer } from './redis.server.js';
import { ensureServer, type Server } from './server.js';
import { endGuard, ensureGuard } from './guard.js';
import { makeSecure, operatorVariables } from './secure.js';
import {
  secureFolderOf,
  siteOf,
  StackError,
  type Environment,
  type Site,
  type StackAddresses,
  type StackOptions,
} from './site.js';
import {
  lockFileOf,
  readState,
  saveState,
  serverNames,
  stateFileOf,
  type ServerName,
  type StackState,
} from './state.js';

const servers: readonly Server[] = [kafkaServer, mongodbServer, redisServer];

export interface ServerStatus {
  name: ServerName;
  pid: number | undefined;
  /** 0 for a server that has never been started. */
  port: number;
  /** Kafka's listener behind a proxy, where there is one. */
  proxiedPort?: number;
  up: boolean;
}

const locked = <T>(site: Site, work: () => Promise<T>): Promise<T> =>
  withLock(lockFileOf(site), (pid) => site.progress(`waiting for process ${pid}, which is changing this stack`), work);

const runs = (state: StackState): boolean => serverNames.some((name) => isAlive(state.servers[name].process));

/** Writes down for whom the stack is up, and makes sure that a guard watches when it is not to stay. */
const claim = async (site: Site, state: StackState): Promise<void> => {
  if (!runs(state)) state.kept = false;
  state.owners = state.owners.filter(isAlive);
  if (site.ownerPid === undefined) {
    state.kept = true;
  } else if (!state.owners.some(({ pid }) => pid === site.ownerPid)) {
    const owner = identify(site.ownerPid);
    if (owner === undefined)
      throw new StackError('START_FAILED', `there is no process ${site.ownerPid} to own a stack`);
    state.owners.push(owner);
  }
  // A guard that finds another one named would leave.
  if (!isAlive(state.guard)) state.guard = undefined;
  saveState(site, state);
  if (state.kept) {
    await endGuard(state);
    state.guard = undefined;
  } else {
    state.guard = ensureGuard(site, state);
  }
  saveState(site, state);
};

const takeDown = async (site: Site, state: StackState): Promise<void> => {
  await endGuard(state);
  const running = servers.filter(({ name }) => isAlive(state.servers[name].process));
  if (running.length > 0) site.progress(`stopping ${running.map(({ name }) => name).join(', ')}`);
  await Promise.all(running.map(({ name }) => end(state.servers[name].process)));
  for (const name of serverNames) state.servers[name].process = undefined;
  saveState(site, { ...state, owners: [], kept: false, guard: undefined });
};

const startAll = async (site: Site, state: StackState, wanted: readonly Server[]): Promise<void> => {
  for (const server of wanted) {
    const record = state.servers[server.name];
    record.kind = await server.prepare(site, record);
  }
  const outcomes = await Promise.allSettled(wanted.map((server) => ensureServer(site, state, server)));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
};

const bringUp = async (site: Site, wanted: readonly Server[]): Promise<StackState> => {
  const state = readState(site);
  const ranBefore = runs(state);
  await claim(site, state);
  try {
    await startAll(site, state, wanted);
  } catch (error) {
    // Half a stack is of no use to a caller that gets no addresses; one that served others before stays.
    if (!ranBefore) await takeDown(site, state);
    throw error;
  }
  return state;
};

/** Whether the environment names the server that this very stack has: its own addresses, as `up` printed them, are no others' servers. */
const isOwn = (site: Site, env: Environment, { servers: held }: StackState, server: Server): boolean =>
  held[server.name].port !== 0 && env[server.variable] === server.address(site, held[server.name]);

/** A stack is secure from its first start on: users are made with its storage. */
const beSecure = async (site: Site): Promise<void> => {
  if (existsSync(stateFileOf(site)) && !existsSync(secureFolderOf(site)))
    throw new StackError('START_FAILED', `the stack in ${site.dir} is not a secure one: use another folder (--dir)`);
  await makeSecure(site);
};

/** Brings up what the environment does not name, or names as this stack printed it, and answers all three addresses. */
export const stackUp = async (options: StackOptions = {}, env: Environment = process.env): Promise<StackAddresses> => {
  const site = siteOf(options, env);
  if (site.isSecure) await beSecure(site);
  const before = readState(site);
  const wanted = servers.filter((server) => !env[server.variable] || isOwn(site, env, before, server));
  const state = wanted.length === 0 ? undefined : await locked(site, () => bringUp(site, wanted));
  const addressOf = ({ name, variable, address }: Server): string =>
    env[variable] || address(site, (state as StackState).servers[name]);
  return {
    ...(site.isSecure ? operatorVariables(site) : {}),
    KAFKA_BROKERS: addressOf(kafkaServer),
    MONGODB_URI: addressOf(mongodbServer),
    REDIS_URL: addressOf(redisServer),
  };
};

/** Takes the servers down; with an owner, only once no other process needs them. Data, ports and logs stay. */
export const stackDown = async (options: StackOptions = {}): Promise<void> => {
  const site = siteOf(options);
  if (!existsSync(stateFileOf(site))) return;
  await locked(site, async () => {
    const state = readState(site);
    state.owners = state.owners.filter((owner) => isAlive(owner) && owner.pid !== site.ownerPid);
    const wantedByOthers = site.ownerPid !== undefined && (state.kept || state.owners.length > 0);
    if (wantedByOthers) saveState(site, state);
    else await takeDown(site, state);
  });
};

export const stackStatus = (options: StackOptions = {}): Promise<ServerStatus[]> => {
  const state = readState(siteOf(options));
  return Promise.all(
    serverNames.map(async (name) => {
      const { process: identity, port, proxiedPort } = state.servers[name];
      const pid = isAlive(identity) ? identity.pid : undefined;
      return { name, pid, port, proxiedPort, up: pid !== undefined && (await answers(port)) };
    }),
  );
};

/** Builds `secantusd-rs` unless it is there (cargo, about 5 min, once) and answers its path; for benchmarks. */
export const buildSecantusRs = (options: StackOptions = {}): Promise<string> => buildRustServer(siteOf(options));
