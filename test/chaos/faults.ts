/**
 * Carries faults out. Each resolves when it is over: a server that was killed is up again, a process goes on, a network is mended.
 *
 * Nobody helps the services: what dies is started again by their supervisor. For the servers the harness plays the machine's init
 * system. A full disk is a limit on the size of the files that the broker may write (`prlimit --fsize`, which needs no privilege):
 * its next append fails with EFBIG in the middle of its log, as it does with ENOSPC or EDQUOT, and it gives its only log folder up.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from './ground.js';
import type { Action, Fault, Proxied, Server } from './schedule.js';

const FULL_FILE_BYTES = 4_096;
const DIES_WITHIN_MS = 30_000;
const DELAY = { leastMs: 20, mostMs: 250 };
const RESET_WITHIN_MS = 1_500;

/** Returns what exactly was hit. */
type Injection = (ground: Ground, fault: Fault) => Promise<string>;

const kill = async (ground: Ground, server: Server): Promise<void> => {
  const pid = await ground.pidOf(server);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
};

const outage: Injection = async (ground, { target, lastsMs }) => {
  await kill(ground, target as Server);
  await sleep(lastsMs);
  await ground.startServers();
  return target;
};

const fillDisk: Injection = async (ground, { target, lastsMs }) => {
  const server = target as Server;
  const pid = await ground.pidOf(server);
  const { status } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${FULL_FILE_BYTES}:`]);
  if (status !== 0) throw new Error('prlimit is needed to fill the disk (util-linux)');
  const deadline = Date.now() + DIES_WITHIN_MS;
  while ((await ground.pidOf(server)) !== undefined && Date.now() < deadline) await sleep(100);
  const diedByItself = (await ground.pidOf(server)) === undefined;
  if (!diedByItself) await kill(ground, server);
  await sleep(lastsMs);
  await ground.startServers();
  return `${target} (${diedByItself ? 'went down by itself' : 'stayed up, was killed'})`;
};

const onCopy =
  (act: (ground: Ground, name: string, fault: Fault) => Promise<void>): Injection =>
  async (ground, fault) => {
    const copies = ground.copiesOf(fault.target);
    const name = copies[Math.floor(fault.choice * copies.length)];
    await act(ground, name, fault);
    return name;
  };

const pause = onCopy(async ({ supervisor }, name, { lastsMs }) => {
  supervisor.signal(name, 'SIGSTOP');
  await sleep(lastsMs);
  supervisor.signal(name, 'SIGCONT');
});

const onNetwork =
  (spoil: (proxy: Ground['proxies'][Proxied]) => Promise<void> | void): Injection =>
  async ({ proxies }, { target, lastsMs }) => {
    const proxy = proxies[target as Proxied];
    await spoil(proxy);
    await sleep(lastsMs);
    await proxy.mend();
    return target;
  };

const injections: Readonly<Record<Action, Injection>> = {
  kill: onCopy(({ supervisor }, name) => Promise.resolve(supervisor.signal(name, 'SIGKILL'))),
  outage,
  'fill-disk': fillDisk,
  pause,
  cut: onNetwork((proxy) => proxy.cut()),
  delay: onNetwork((proxy) => proxy.slow(DELAY)),
  reset: onNetwork((proxy) => proxy.reset(RESET_WITHIN_MS)),
  join: ({ supervisor }, { target }) =>
    Promise.resolve(supervisor.add(target === 'projection' ? target : `rollup-${target}`)),
  leave: onCopy(async ({ supervisor }, name) => {
    await supervisor.remove(name);
  }),
};

export interface Happened {
  readonly fault: Fault;
  readonly hit: string;
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  readonly endedAt: number;
}

export interface Witness {
  began(fault: Fault, at: number): void;
  ended(happened: Happened): void;
}

/** One lane of a schedule, each fault at its time or when the one before it is over. */
export const carryOut = async (
  ground: Ground,
  faults: readonly Fault[],
  startedAt: number,
  witness: Witness,
): Promise<void> => {
  for (const fault of faults) {
    await sleep(startedAt + fault.at - Date.now());
    const beganAt = Date.now();
    witness.began(fault, beganAt);
    const hit = await injections[fault.action](ground, fault);
    witness.ended({ fault, hit, beganAt, endedAt: Date.now() });
  }
};
