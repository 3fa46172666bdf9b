/**
 * From a cold start to exact national figures: events wait in the topic, nothing runs but the servers, and the clock runs from
 * `npm run services` (npm, the check of the sources, every process) until the API shows every window of the country as it must be.
 *
 * The servers are those that `npm run stack -- up` gives, everything is at its defaults. The plain Kafka Streams application then reads the
 * same topic from the start of its JVM; it is done when its output topics say the same of every month (kafka-streams-months.ts).
 */
import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY, toExactJson, type Rollup } from '#domain';
import { ensureTopics } from '#kafka';
import { awaitedLater } from '#promises';
import { drained } from '../cli/drain.js';
import { openInstallation, type Installation } from '../cli/installation.js';
import { forget, freePort } from '../test/kit/installation.js';
import type { Reference } from '../test/kit/reference.js';
import { requireExact, type Backlog } from './drain.js';
import { rollupsByWindow } from './exact-windows.js';
import { publish, type Environment } from './installation.js';
import { Jvm } from './kafka-streams-jvm.js';
import { tablesOutput } from './kafka-streams-months.js';
import { deleteTopics } from './kafka-streams.js';
import { authorizedFetch, giveKeys } from '../test/kit/authorized-fetch.js';
import { withTimeout } from '#promises';

/** Seconds from the start. */
export interface ColdRun {
  /** The command has checked the sources and starts the services. */
  readonly starting: number;
  /** By the name of each service: it takes work. */
  readonly ready: Readonly<Record<string, number>>;
  readonly allReady: number;
  /** The API answers; shows a national figure; shows every one of them exact. */
  readonly apiAnswers: number;
  readonly firstFigure: number;
  readonly exact: number;
  /** The plain Kafka Streams application, from the start of its JVM. */
  readonly peer: number;
}

const COLD_MS = 3 * 60_000;
const POLL_MS = 100;

/** One run on a new installation of the servers that the environment names. */
export const coldRun = async (env: Environment, backlog: Backlog, classPath: string): Promise<ColdRun> => {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  const database = `${env.MONGODB_URI?.replace(/\/[^/]*$/, '')}/${name}`;
  const [intake, dashboard] = [await freePort(), await freePort()].map(String);
  // Nobody signs in: a provider that would be started beside the services does not belong to what is measured.
  const access = { ACCESS: 'demo', OIDC_ISSUER: 'http://127.0.0.1:1' };
  const names = { TOPIC_PREFIX: name, MONGODB_URI: database, INTAKE_PORT: intake, DASHBOARD_PORT: dashboard };
  const own = { ...env, ...names, ...access };
  const installation = await openInstallation(own);
  try {
    await giveKeys(installation, own, [`http://127.0.0.1:${dashboard}`]);
    await publish(installation, backlog.messages);
    const pipeline = await pipelineRun(installation, own, backlog.reference);
    return { ...pipeline, peer: await peerRun(installation, backlog.reference, classPath) };
  } finally {
    await forget(installation);
    await deleteTopics(installation.kafka, name);
  }
};

type Own = Environment & { readonly MONGODB_URI: string; readonly DASHBOARD_PORT: string };

const pipelineRun = async (
  installation: Installation,
  own: Own,
  reference: Reference,
): Promise<Omit<ColdRun, 'peer'>> => {
  const logDir = `.local/bench-logs/${installation.config.TOPIC_PREFIX}`;
  mkdirSync(logDir, { recursive: true });
  const api = new NationalFigures(`http://127.0.0.1:${own.DASHBOARD_PORT}`, reference);
  const startedAt = Date.now();
  const since = (at: number) => (at - startedAt) / 1000;
  const child = spawn('npm', ['run', '--silent', 'services'], {
    env: { ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = new Said(child, `${logDir}/services.log`);
  const interrupted = () => {
    signalGroup(child);
    process.exit(1);
  };
  for (const signal of signals) process.once(signal, interrupted);
  try {
    const exact = await withTimeout(api.exact(), COLD_MS, 'the API did not become exact').catch((cause: unknown) => {
      throw new Error(`${api.state()}; the log is ${logDir}/services.log`, { cause });
    });
    await drained(installation);
    await requireExact(own.MONGODB_URI, reference);
    const { answeredAt, firstAt } = api;
    return {
      starting: since(said.startingAt),
      ready: Object.fromEntries([...said.readyAt].map(([service, at]) => [service, since(at)])),
      allReady: since(Math.max(...said.readyAt.values())),
      apiAnswers: since(answeredAt),
      firstFigure: since(firstAt),
      exact: since(exact),
    };
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await stopped(child);
  }
};

/** The command is no child of Node's own, which would end with this process. */
const signals = ['SIGTERM', 'SIGINT'] as const;

/** npm and its shell would end by a signal alone and leave the services behind: the whole group gets it, and all of it has ended after. */
const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const closed = once(child, 'close');
  signalGroup(child);
  await closed;
};

const signalGroup = ({ pid }: ChildProcess): void => {
  if (pid !== undefined) process.kill(-pid, 'SIGTERM');
};

/** What the command says while it starts, and when. */
class Said {
  startingAt = NaN;
  readonly readyAt = new Map<string, number>();

  constructor(child: ChildProcess, logFile: string) {
    const both = new PassThrough();
    (child.stdout as Readable).pipe(both);
    (child.stderr as Readable).pipe(both);
    both.pipe(createWriteStream(logFile));
    createInterface({ input: child.stderr as Readable }).on('line', (line) => this.take(line));
  }

  private take(line: string): void {
    if (line.includes('/ starting ')) this.startingAt = Date.now();
    const [, service] = /^(\S+): .*\/ ready/.exec(line) ?? [];
    if (service !== undefined) this.readyAt.set(service, Date.now());
  }
}

/** The country's windows as the API shows them. */
class NationalFigures {
  answeredAt = NaN;
  firstAt = NaN;
  private differing = 'the API has not answered yet';
  private readonly expected: ReadonlyMap<string, string>;

  constructor(
    private readonly dashboard: string,
    reference: Reference,
  ) {
    const windows = rollupsByWindow(reference, ({ code }) => code === COUNTRY);
    this.expected = new Map([...windows].map(([key, rollups]) => [key.slice(key.indexOf('|') + 1), figures(rollups)]));
  }

  /** When it was asked for what was right, milliseconds since the epoch. The year, which is among the last, is asked for until it is. */
  async exact(): Promise<number> {
    const year = [...this.expected.keys()].find((window) => /^\d{4}$/.test(window)) as string;
    for (;;) {
      const askedAt = Date.now();
      if ((await this.isExact(year)) && (await this.areExact())) return askedAt;
      await sleep(POLL_MS);
    }
  }

  /** How far it is, in words. */
  state(): string {
    return this.differing;
  }

  private async areExact(): Promise<boolean> {
    for (const window of this.expected.keys()) if (!(await this.isExact(window))) return false;
    return true;
  }

  private async isExact(window: string): Promise<boolean> {
    const askedAt = Date.now();
    const items = await this.ask(window);
    if (items === undefined) return false;
    if (items.length > 0) this.firstAt ||= askedAt;
    const isExact = figures(items) === this.expected.get(window);
    if (!isExact) this.differing = `the country's ${window} is not exact`;
    return isExact;
  }

  private async ask(window: string): Promise<readonly Rollup[] | undefined> {
    try {
      const response = await authorizedFetch(`${this.dashboard}/v1/rollups?unit=${COUNTRY}&window=${window}`);
      if (!response.ok) return undefined;
      this.answeredAt ||= Date.now();
      return ((await response.json()) as { items: Rollup[] }).items;
    } catch {
      return undefined; // Nothing listens yet.
    }
  }
}

/** What is compared of a window's rollups. Its sums are far below 2^53: read by `JSON.parse` they are what they are. */
const figures = (rollups: readonly Rollup[]): string =>
  toExactJson(
    rollups.map(({ indicator, numerator, denominator, value, percent, breakdown, reporting }) => {
      const of = Object.entries(breakdown).sort(([a], [b]) => (a < b ? -1 : 1));
      return { indicator, numerator, denominator, value, percent, breakdown: of, reporting };
    }),
  );

const peerRun = async (installation: Installation, reference: Reference, classPath: string): Promise<number> => {
  const output = tablesOutput(installation, reference);
  await ensureTopics(installation.kafka, output.topics, installation.config.TOPIC_PARTITIONS);
  await output.open();
  const exact = awaitedLater(output.exact());
  const startedAt = Date.now();
  const jvm = new Jvm(installation, { job: output.job, guarantee: 'at_least_once', classPath, env: output.env });
  try {
    return ((await jvm.during(exact, 'the output did not become exact', COLD_MS)) - startedAt) / 1000;
  } catch (error) {
    throw new Error(`Kafka Streams: ${output.state()}; the log is ${jvm.log}`, { cause: error });
  } finally {
    await jvm.stop();
    await output.close();
  }
};
