/**
 * The JVM of the Kafka Streams peers: built with Maven where its sources have changed, started, stopped and gone on by signals.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { TopicSpec } from '#contracts';
import { awaitedLater } from '#promises';
import type { Installation } from '../cli/installation.js';

import { DRAIN_MS } from './installation.js';
import { withTimeout } from '#promises';

export type Job = 'tables' | 'months' | 'whole';
export type Guarantee = 'at_least_once' | 'exactly_once_v2';

export interface JvmOptions {
  readonly job: Job;
  readonly guarantee: Guarantee;
  readonly classPath: string;
  /** Where its output goes: topics, the database. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a job's output is, and must come to. */
export interface Output {
  readonly job: Job;
  readonly topics: readonly TopicSpec[];
  /** Where the JVM is to put it. */
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Whether nothing has come for a while. */
  isStill(): boolean | Promise<boolean>;
  /** When everything that stops the clock became what it must be, milliseconds since the epoch. */
  exact(): Promise<number>;
  /** When what may come later was there too, exact. */
  everything?(): Promise<number>;
  /** How far it is, in words. */
  state(): string;
}

const PROJECT = 'bench/peers/kafka-streams';
const MAIN = 'vn.duan5.tonghop.peer.Main';
const DATA = 'libs/domain/src/data';
const READY_MS = 60_000;
const STOP_MS = 40_000;

/** Builds the peer where its sources have changed, and answers the class path to run it with. */
export const buildKafkaStreams = async (root: string, say: (line: string) => void): Promise<string> => {
  const folder = join(root, '.local', 'kafka-streams');
  const stamp = join(folder, 'sources.sha256');
  const state = sourcesOf(join(root, PROJECT));
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
    say('building the Kafka Streams peer with Maven…');
    rmSync(folder, { recursive: true, force: true });
    await maven(join(root, PROJECT), ['package', 'dependency:copy-dependencies', `-Dbuild.folder=${folder}`]);
    writeFileSync(stamp, state);
  }
  return [join(folder, 'kafka-streams-peer-1.jar'), join(folder, 'dependency', '*')].join(delimiter);
};

const sourcesOf = (project: string): string => {
  const hash = createHash('sha256');
  const files = readdirSync(project, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  for (const path of paths) hash.update(path.slice(project.length)).update(readFileSync(path));
  return hash.digest('hex');
};

const maven = async (project: string, args: string[]): Promise<void> => {
  const options = ['-B', '-q', '-ntp', '-f', join(project, 'pom.xml'), '-DincludeScope=runtime'];
  const child = spawn('mvn', [...options, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`mvn ${args.join(' ')} failed:\n${output.trimEnd()}`);
};

/** The JVM. */
export class Jvm {
  readonly applicationId: string;
  readonly log: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private readonly stateDir: string;

  constructor({ config, topics }: Installation, { job, guarantee, classPath, env }: JvmOptions) {
    this.applicationId = `${config.TOPIC_PREFIX}.streams`;
    const logDir = join('.local', 'bench-logs', config.TOPIC_PREFIX);
    this.log = join(logDir, 'kafka-streams.log');
    this.stateDir = join('.local', 'kafka-streams-state', config.TOPIC_PREFIX);
    mkdirSync(logDir, { recursive: true });
    this.child = spawn(
      javaCommand(),
      ['-Xmx2g', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath, MAIN],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          KAFKA_BROKERS: config.KAFKA_BROKERS.join(),
          APPLICATION_ID: this.applicationId,
          EVENTS_TOPIC: topics.indicatorEvents,
          JOB: job,
          PROCESSING_GUARANTEE: guarantee,
          STATE_DIR: this.stateDir,
          DATA_DIR: DATA,
          ...env,
        },
      },
    );
    this.exited = new Promise((resolve) => this.child.once('error', resolve).once('exit', resolve));
    this.child.stderr?.pipe(createWriteStream(this.log));
  }

  async ready(): Promise<void> {
    const lines = createInterface({ input: this.child.stdout as Readable });
    const said = new Promise<void>((resolve) => {
      lines.on('line', (line) => line === 'ready' && resolve());
    });
    await this.during(said, 'it was not ready', READY_MS);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  signal(to: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(to);
  }

  /** What the work answers; fails where it takes too long, or the JVM ends before. */
  during<T>(work: Promise<T>, failure: string, ms = DRAIN_MS): Promise<T> {
    const ended = awaitedLater(this.exited.then((how) => Promise.reject(new Error(`the JVM ended: ${String(how)}`))));
    return withTimeout(Promise.race([work, ended]), ms, `${failure} in ${ms / 1000} s`);
  }

  async stop(): Promise<void> {
    // A signal to a stopped process waits until the process goes on.
    this.child.kill('SIGTERM');
    this.child.kill('SIGCONT');
    const killing = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.exited;
    clearTimeout(killing);
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}

export const javaCommand = (): string =>
  process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java');
