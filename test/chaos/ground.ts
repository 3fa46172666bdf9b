/**
 * The ground that faults happen on: a stack and every service of its own, with a proxy before each server and the intake.
 *
 * Services and senders know the proxies only; the harness goes past them, so that what it measures and checks is not itself cut
 * off. Ports come from below those of outgoing connections: a server that is away finds its own free when it comes back.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { choosePort, stackDown, stackStatus, stackUp, type ServerStatus, type StackAddresses } from '#stack';
import { openInstallation, type Installation } from '../../cli/installation.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';

import { giveKeys } from '../kit/authorized-fetch.js';
import { seeded } from '../kit/seeded-workload.js';
import { TcpProxy } from '../kit/tcp-proxy.js';
import { proxied, servers, type Proxied, type Server } from './schedule.js';
import { withTimeout } from '#promises';

export interface GroundOptions {
  readonly root: string;
  /** Tells runs apart in `.local/chaos`. */
  readonly name: string;
  readonly seed: number;
  readonly copies: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False: the services reach everything directly. */
  readonly isProxied?: boolean;
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

const DATABASE = 'chaos_test';
const PREFIX = 'chaos';
/** Kafka's own lower limit; the shorter, the sooner a dead worker's partitions go to another. */
const SESSION_MS = '6000';
const START_MS = 90_000;
const STOP_MS = 40_000;

export class Ground {
  readonly supervisor: Supervisor;
  /** What the services are given. */
  readonly env: Readonly<Record<string, string>>;
  readonly intake: string;
  readonly dashboard: string;
  /** MongoDB, not through the proxy. */
  readonly mongodb: string;
  /** Every process that ended by itself, or was killed (null). */
  readonly ends: { readonly name: string; readonly status: number | null; readonly wasReady: boolean }[] = [];

  private constructor(
    private readonly options: GroundOptions,
    private readonly folder: string,
    readonly proxies: Readonly<Record<Proxied, TcpProxy>>,
    readonly installation: Installation,
    direct: StackAddresses,
    [intakePort, dashboardPort]: readonly number[],
  ) {
    const { root, copies, env: more, isProxied = true, say } = options;
    proxies.intake.targetPort = intakePort;
    this.mongodb = direct.MONGODB_URI;
    this.intake = `http://127.0.0.1:${isProxied ? proxies.intake.port : intakePort}`;
    this.dashboard = `http://127.0.0.1:${dashboardPort}`;
    const env = {
      PATH: process.env.PATH ?? '',
      KAFKA_BROKERS: `127.0.0.1:${proxies.kafka.port}`,
      // A member of a replica set names its own address, and a driver that may look for it there would go past the proxy.
      MONGODB_URI: `mongodb://127.0.0.1:${proxies.mongodb.port}/${DATABASE}?directConnection=true`,
      REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
      INTAKE_PORT: String(intakePort),
      INTAKE_HOST: '127.0.0.1',
      DASHBOARD_PORT: String(dashboardPort),
      DASHBOARD_HOST: '127.0.0.1',
      ACCESS: 'demo',
      KAFKA_SESSION_TIMEOUT_MS: SESSION_MS,
      ...ownNames,
      ...(isProxied ? {} : direct),
      ...more,
    };
    this.env = env;
    const onEnd = (name: string, status: number | null, wasReady: boolean) =>
      this.ends.push({ name, status, wasReady });
    this.supervisor = new Supervisor(
      { root, env, logDir: logFolder(options), say, onEnd },
      copiesOf(undefined, copies),
    );
  }

  /** Brings the servers up and the proxies before them; the services are started by `startServices`. */
  static async open(options: GroundOptions): Promise<Ground> {
    const base = join(options.root, '.local', 'chaos');
    mkdirSync(base, { recursive: true });
    rmSync(logFolder(options), { recursive: true, force: true });
    const folder = mkdtempSync(join(base, 'stack-'));
    const opened: TcpProxy[] = [];
    const cleanUp = () => takeDown(options, folder, opened);
    try {
      const taken = new Set<number>();
      const random = seeded(options.seed);
      const port = async () => {
        const chosen = await choosePort(taken);
        taken.add(chosen);
        return chosen;
      };
      for (const _ of proxied) opened.push(await TcpProxy.open(await port(), random));
      const proxies = Object.fromEntries(proxied.map((name, n) => [name, opened[n]])) as Record<Proxied, TcpProxy>;
      const direct = await stackUp(stackOptions(options, folder, proxies.kafka.port), withoutServers());
      const installation = await openInstallation({ ...direct, ...ownNames });
      const ground = new Ground(options, folder, proxies, installation, direct, [await port(), await port()]);
      await ground.aimProxies();
      return ground;
    } catch (error) {
      await cleanUp();
      throw error;
    }
  }

  async startServices(): Promise<void> {
    await giveKeys(this.installation, this.env, [this.intake, this.dashboard]);
    await withTimeout(this.supervisor.start(), START_MS, `the services did not get ready: ${logFolder(this.options)}`);
  }

  /** What a machine's init system does: whatever has died is started again, at its port, over its data. */
  async startServers(): Promise<void> {
    await stackUp(stackOptions(this.options, this.folder, this.proxies.kafka.port), withoutServers());
    await this.aimProxies();
  }

  async pidOf(server: Server): Promise<number | undefined> {
    return (await this.status()).find(({ name }) => name === server)?.pid;
  }

  /** Names of a service's processes. `check` is short for `rollup-check`. */
  copiesOf(service: string): string[] {
    const name = new RegExp(`^(rollup-)?${service}([-+]\\d+)?$`);
    return [...this.supervisor.pids().keys()].filter((copy) => name.test(copy));
  }

  /** Everything is let go on, stopped and removed; true if every service drained well. */
  async close(isFailed: boolean): Promise<boolean> {
    for (const proxy of Object.values(this.proxies)) await proxy.mend().catch(() => undefined);
    for (const name of this.supervisor.pids().keys()) this.supervisor.signal(name, 'SIGCONT');
    const stopped = withTimeout(this.supervisor.stop(), STOP_MS, 'the services did not stop').catch(() => 1);
    const status = await stopped;
    for (const name of this.supervisor.pids().keys()) this.supervisor.signal(name, 'SIGKILL');
    await takeDown(this.options, this.folder, Object.values(this.proxies));
    if (!isFailed && status === 0 && !this.options.keep)
      rmSync(logFolder(this.options), { recursive: true, force: true });
    else this.options.say(`logs of the services: ${logFolder(this.options)}`);
    return status === 0;
  }

  private status(): Promise<ServerStatus[]> {
    return stackStatus(stackOptions(this.options, this.folder, this.proxies.kafka.port));
  }

  private async aimProxies(): Promise<void> {
    for (const { name, port, proxiedPort } of await this.status()) {
      if (servers.includes(name)) this.proxies[name].targetPort = proxiedPort ?? port;
    }
  }
}

const ownNames = { TOPIC_PREFIX: PREFIX, TOPIC_PARTITIONS: '6' };

const logFolder = ({ root, name }: GroundOptions): string => join(root, '.local', 'chaos', `${name}-logs`);

const stackOptions = ({ root }: GroundOptions, dir: string, kafkaProxyPort: number) => ({
  root,
  dir,
  database: DATABASE,
  ownerPid: process.pid,
  kafkaProxyPort,
  progress: () => undefined,
});

/** The servers of the environment are not to be hurt. */
const withoutServers = (): NodeJS.ProcessEnv => {
  const { KAFKA_BROKERS: _kafka, MONGODB_URI: _mongodb, REDIS_URL: _redis, ...env } = process.env;
  return env;
};

const takeDown = async (options: GroundOptions, folder: string, proxies: readonly TcpProxy[]): Promise<void> => {
  await stackDown(stackOptions(options, folder, 0));
  for (const proxy of proxies) await proxy.close();
  if (options.keep) options.say(`the servers' data: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
};
