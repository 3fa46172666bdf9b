/**
 * Runs the services as child processes and starts again what dies.
 *
 * A service that ends by itself is started again: at once when it asked for it (EX_TEMPFAIL, a new generation), else after a
 * pause that grows while it keeps failing. Children hold a channel to this process and drain when it is gone, even by kill -9.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, type WriteStream } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { services, type ServiceEntry } from '#contracts/services';
import { inBackground } from '#promises';
import { isTraced } from '#tracing';

export interface SupervisorOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where each service's log goes; undefined: to this process' standard error. */
  readonly logDir?: string;
  /** Options of Node for every service, besides the usual ones. */
  readonly nodeOptions?: readonly string[];
  readonly say: (line: string) => void;
  /** Told of each service that takes work, and how many milliseconds after its start. */
  readonly onReady?: (name: string, ms: number) => void;
  /** Told of each process that ended by itself: with which status, null where it was killed, and whether it had taken work. */
  readonly onEnd?: (name: string, status: number | null, wasReady: boolean) => void;
}

/**
 * Batches are short-lived and large: a wider nursery for them saves the collector from moving them. The dashboard's answers and events are small, so
 * that Node's own is wide enough; what it has sent is garbage soon, and its heap is collected when it has grown by a third, not when it is three
 * times what is needed (`npm run bench -- pages`).
 */
export const nodeOptionsOf = (app: string): readonly string[] => [
  '--enable-source-maps',
  ...(app === 'dashboard' ? ['--heap-growing-percent=30'] : ['--max-semi-space-size=64']),
];

/**
 * What Node is given to run an app: its one file, which starts three times as fast (cli/bundle.mjs); where it is traced, the files that
 * the compiler made, because OpenTelemetry finds the packages that it watches as they are loaded.
 */
export const programOf = (app: string, env: SupervisorOptions['env']): readonly string[] => {
  const options = nodeOptionsOf(app);
  if (isTraced(env)) return [...options, `dist/apps/${app}/src/main.js`];
  const own = options.filter((option) => option !== '--enable-source-maps');
  return [...own, 'dist/cli/bundled.js', `dist/bundles/${app}.cjs`];
};

/** A service's own variables, where each has a file of them: by these it shows the servers who it is. */
const credentialsOf = (folder: string | undefined, service: string): NodeJS.Dict<string> =>
  folder === undefined || folder === '' ? {} : parseEnv(readFileSync(join(folder, `${service}.env`), 'utf8'));

/**
 * So much nicer than this process is a service that nobody waits for. What works in batches needs less of a processor when it has to wait, because its batches are larger
 * then; a request needs the same whenever its turn comes.
 */
const NICER = 10;

/** Before it has threads of its own: each has the priority of the one that began it. */
const giveWay = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) setPriority(pid, Math.min(getPriority() + NICER, constants.priority.PRIORITY_LOW));
  } catch {
    // It has ended already, and is started again; or the system has no priorities.
  }
};

const RESTART = 75;
const MAX_PAUSE_MS = 5_000;
const STABLE_MS = 30_000;

class Supervised {
  private child?: ChildProcess;
  private failures = 0;
  private stopping = false;
  private startsAgain = 0;
  private readonly log?: WriteStream;
  private ended: Promise<number | null> = Promise.resolve(0);
  private isReady = false;
  /** Where its probes are; undefined for a service that answers them at its own port. */
  probes?: string;
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly name: string,
    private readonly spec: ServiceEntry,
    private readonly options: SupervisorOptions,
  ) {
    if (options.logDir === undefined) return;
    mkdirSync(options.logDir, { recursive: true });
    this.log = createWriteStream(join(options.logDir, `${name}.log`), { flags: 'a' });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** How often it was started again. */
  get restarts(): number {
    return this.startsAgain;
  }

  get takesWork(): boolean {
    return this.isReady;
  }

  /** Nothing happens where the process has ended: its id is never used again. */
  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  start(): void {
    const { root, env, nodeOptions: more = [] } = this.options;
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...more, ...programOf(this.spec.app, { ...env, ...this.spec.env })], {
      cwd: root,
      env: {
        ...env,
        ...credentialsOf(env.SERVICE_CREDENTIALS_DIR, this.spec.name),
        ...this.spec.env,
        ...this.probePort(),
        SERVICE_RESTARTS: String(this.startsAgain),
      } as NodeJS.ProcessEnv,
      stdio: [
        'ignore',
        this.log === undefined ? 'inherit' : 'pipe',
        this.log === undefined ? 'inherit' : 'pipe',
        'ipc',
      ],
    });
    if (this.spec.isBackground === true) giveWay(child);
    this.child = child;
    this.isReady = false;
    if (this.log !== undefined) {
      child.stdout?.pipe(this.log, { end: false });
      child.stderr?.pipe(this.log, { end: false });
    }
    child.on('message', (message) => this.becomeReady(message as { probes?: string }, Date.now() - startedAt));
    this.ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    inBackground(this.ended.then((code) => this.onExit(code, Date.now() - startedAt)));
  }

  /** Of several with a port given, each has its own, and copies take free ones. */
  private probePort(): { HEALTH_PORT?: string } {
    const base = Number(this.options.env.HEALTH_PORT || NaN);
    if (this.name !== this.spec.name) return { HEALTH_PORT: '0' };
    return base > 0 ? { HEALTH_PORT: String(base + services.indexOf(this.spec)) } : {};
  }

  ready(): Promise<void> {
    return this.isReady ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  async stop(): Promise<number | null> {
    this.stopping = true;
    this.child?.kill('SIGTERM');
    // One that was paused could not drain.
    this.child?.kill('SIGCONT');
    const status = await this.ended;
    this.log?.end();
    return status;
  }

  private becomeReady({ probes }: { probes?: string }, ms: number): void {
    this.probes = probes;
    this.isReady = true;
    this.options.onReady?.(this.name, ms);
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private onExit(code: number | null, lived: number): void {
    if (this.stopping) return;
    this.options.onEnd?.(this.name, code, this.isReady);
    this.failures = code === RESTART || lived > STABLE_MS ? 0 : this.failures + 1;
    const pause = code === RESTART ? 0 : Math.min(250 * 2 ** this.failures, MAX_PAUSE_MS);
    this.options.say(`${this.name} ended (${code ?? 'killed'}), starting again in ${pause} ms`);
    setTimeout(() => {
      if (this.stopping) return;
      this.startsAgain += 1;
      this.start();
    }, pause);
  }
}

export class Supervisor {
  private readonly running: Supervised[];
  private copiesAdded = 0;

  /** @param copies how many of each service by name; those not named run once, if they are not for demonstrations; those with 0 not at all */
  constructor(
    private readonly options: SupervisorOptions,
    copies: ReadonlyMap<string, number> = new Map(),
  ) {
    this.running = services.flatMap((spec) =>
      Array.from({ length: copies.get(spec.name) ?? (spec.isDemonstration ? 0 : 1) }, (_, n) => {
        return new Supervised(n === 0 ? spec.name : `${spec.name}-${n + 1}`, spec, options);
      }),
    );
  }

  /** Starts everything and waits until each service takes work. */
  async start(): Promise<void> {
    for (const service of this.running) service.start();
    await this.ready();
  }

  /** Resolves when every process takes work, those that are just being started again too. */
  async ready(): Promise<void> {
    await Promise.all(this.running.map((service) => service.ready()));
  }

  /** The names of those that do not take work yet. */
  waitedFor(): readonly string[] {
    return this.running.filter(({ takesWork }) => !takesWork).map(({ name }) => name);
  }

  /** Starts one more copy of a service; returns its name at once. */
  add(service: string): string {
    const spec = services.find(({ name }) => name === service);
    if (spec === undefined) throw new Error(`no service ${service}`);
    this.copiesAdded += 1;
    const added = new Supervised(`${service}+${this.copiesAdded}`, spec, this.options);
    this.running.push(added);
    added.start();
    return added.name;
  }

  /** Drains and stops one process for good; returns its exit status. */
  async remove(name: string): Promise<number | null> {
    const [removed] = this.running.splice(
      this.running.findIndex((service) => service.name === name),
      1,
    );
    return removed.stop();
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.running.find((service) => service.name === name)?.signal(signal);
  }

  /** How often each process was started again. */
  restarts(): ReadonlyMap<string, number> {
    return new Map(this.running.map(({ name, restarts }) => [name, restarts]));
  }

  /** Where the probes of each process are that has a port for them alone. */
  probes(): ReadonlyMap<string, string> {
    return new Map(this.running.flatMap(({ name, probes }) => (probes === undefined ? [] : [[name, probes]])));
  }

  pids(): ReadonlyMap<string, number | undefined> {
    return new Map(this.running.map(({ name, pid }) => [name, pid]));
  }

  /**
   * Drains and stops everything; 0 if every service ended well. To be called before anything is waited for: a terminal's Ctrl-C is sent to the
   * services too, and one that ends before this is started again.
   */
  async stop(): Promise<number> {
    const statuses = await Promise.all(this.running.map((service) => service.stop()));
    return statuses.every((status) => status === 0) ? 0 : 1;
  }
}
