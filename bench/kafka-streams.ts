/**
 * The Kafka Streams peer of the drain: the same backlog, by the same method, to exact provincial and national months.
 *
 * The JVM is up and warm; it is stopped (SIGSTOP) while the backlog is published, and the clock runs from the moment it goes on
 * until every month of every province and of the country that a consumer of its output topics has seen is exact. It does less
 * than the pipeline: months only, no counts of who reported, no MongoDB (bench/peers/README.md).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Consumer } from 'kafkajs';
import { indicators, toExactJson, type Rollup } from '#domain';
import { ensureTopics, type Kafka } from '#platform';
import { openKafka, type Installation } from '../cli/installation.js';
import { withTimeout } from '../test/kit/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Message } from '../test/kit/seeded-workload.js';
import type { Backlog } from './drain.js';
import { publish, sleep, type Environment } from './installation.js';

export type Guarantee = 'at_least_once' | 'exactly_once_v2';

const PROJECT = 'bench/peers/kafka-streams';
const MAIN = 'vn.duan5.tonghop.peer.Main';
const DATA = 'libs/domain/src/data';
const MONTH = /^\d{4}-\d{2}$/;
/** What the peer writes of a month in which nothing is reported any more. */
const NOTHING = '{}';
const READY_MS = 60_000;
const DRAIN_MS = 5 * 60_000;
const STOP_MS = 40_000;
const POLL_MS = 200;
/** Three commits of the JVM, more than there are tables on the way: what stands still for longer is finished. */
const STANDSTILL_MS = 3_000;
const FETCH_ENDS_MS = 1_000;

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

export interface KafkaStreamsRun {
  readonly eventsPerSecond: number;
  readonly seconds: number;
}

/** One run on a new installation of the broker that the environment names; the first `warmUp` events are not counted. */
export const kafkaStreamsRun = async (
  env: Environment,
  backlog: Backlog,
  guarantee: Guarantee,
  classPath: string,
  warmUp: number,
): Promise<KafkaStreamsRun> => {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  const installation = await openKafka({ ...env, TOPIC_PREFIX: name });
  const outputs = { provinces: `${name}.months-of-provinces`, national: `${name}.months-of-the-country` };
  const watch = new OutputWatch(expectedMonths(backlog.reference));
  const peer = new Peer(installation, outputs, guarantee, classPath);
  try {
    await makeOutputs(installation, Object.values(outputs));
    await peer.ready();
    await watch.open(installation.kafka, `${name}.watch`, Object.values(outputs));
    return await timed(installation, backlog.messages, peer, watch, warmUp);
  } catch (error) {
    throw new Error(`Kafka Streams, ${guarantee}: ${watch.state()}; the log is ${peer.log}`, { cause: error });
  } finally {
    await watch.close();
    await peer.stop();
    await deleteTopics(installation.kafka, name);
  }
};

const timed = async (
  installation: Installation,
  messages: readonly Message[],
  peer: Peer,
  watch: OutputWatch,
  warmUp: number,
): Promise<KafkaStreamsRun> => {
  await publish(installation, messages.slice(0, warmUp));
  await peer.during(settled(installation, peer.applicationId, watch), 'the warm-up was not drained');
  peer.signal('SIGSTOP');
  // As for the pipeline: a fetch that was under way ends empty.
  await sleep(FETCH_ENDS_MS);
  await publish(installation, messages.slice(warmUp));
  const startedAt = Date.now();
  peer.signal('SIGCONT');
  const seconds = ((await peer.during(watch.exact(), 'the output did not become exact')) - startedAt) / 1000;
  return { eventsPerSecond: (messages.length - warmUp) / seconds, seconds };
};

/** The JVM. */
class Peer {
  readonly applicationId: string;
  readonly log: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private readonly stateDir: string;

  constructor(
    { config, topics }: Installation,
    outputs: { readonly provinces: string; readonly national: string },
    guarantee: Guarantee,
    classPath: string,
  ) {
    this.applicationId = `${config.TOPIC_PREFIX}.streams`;
    const logDir = join('.local', 'bench-logs', config.TOPIC_PREFIX);
    this.log = join(logDir, 'kafka-streams.log');
    this.stateDir = join('.local', 'kafka-streams-state', config.TOPIC_PREFIX);
    mkdirSync(logDir, { recursive: true });
    this.child = spawn(java(), ['-Xmx2g', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath, MAIN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        KAFKA_BROKERS: config.KAFKA_BROKERS.join(),
        APPLICATION_ID: this.applicationId,
        EVENTS_TOPIC: topics.indicatorEvents,
        PROVINCES_TOPIC: outputs.provinces,
        NATIONAL_TOPIC: outputs.national,
        PROCESSING_GUARANTEE: guarantee,
        STATE_DIR: this.stateDir,
        DATA_DIR: DATA,
      },
    });
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

  signal(to: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(to);
  }

  /** What the work answers; fails where it takes too long, or the JVM ends before. */
  during<T>(work: Promise<T>, failure: string, ms = DRAIN_MS): Promise<T> {
    const ended = this.exited.then((how) => Promise.reject(new Error(`the JVM ended: ${String(how)}`)));
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

const java = (): string => (process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java'));

/** What the output topics say so far, against what they must say in the end. */
class OutputWatch {
  private readonly differing: Set<string>;
  private consumer: Consumer | undefined;
  private whenExact: ((at: number) => void) | undefined;
  private changedAt = Date.now();

  /** @param expected the text of every month by its key; a month that is not there has no figures */
  constructor(private readonly expected: ReadonlyMap<string, string>) {
    this.differing = new Set(expected.keys());
  }

  async open(kafka: Kafka, groupId: string, topics: string[]): Promise<void> {
    this.consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { key, value } of batch.messages) this.take(String(key), String(value));
        return Promise.resolve();
      },
    });
  }

  async close(): Promise<void> {
    await this.consumer?.disconnect();
  }

  /** When every month became what it must be, milliseconds since the epoch. */
  exact(): Promise<number> {
    return new Promise((resolve) => (this.whenExact = resolve));
  }

  /** Whether nothing has come for a while. */
  isStill(): boolean {
    return Date.now() - this.changedAt > STANDSTILL_MS;
  }

  state(): string {
    const some = [...this.differing].slice(0, 3).join(', ');
    return `${this.differing.size} of ${this.expected.size} months are not exact (${some})`;
  }

  private take(month: string, text: string): void {
    this.changedAt = Date.now();
    if (text === (this.expected.get(month) ?? NOTHING)) this.differing.delete(month);
    else this.differing.add(month);
    if (this.differing.size === 0) this.whenExact?.(this.changedAt);
  }
}

/** The text of every month of the provinces and the country as the peer writes it, by `unit|month`. */
const expectedMonths = (reference: Reference): Map<string, string> => {
  const months = new Map<string, Map<string, unknown>>();
  for (const [key, rollup] of reference.rollups(({ level }) => level !== 'commune')) {
    const [unit, window] = key.split('|');
    if (!MONTH.test(window)) continue;
    const month = months.get(`${unit}|${window}`) ?? new Map<string, unknown>();
    months.set(`${unit}|${window}`, month.set(rollup.indicator, figureOf(rollup)));
  }
  const inOrder = (month: ReadonlyMap<string, unknown>) =>
    Object.fromEntries(indicators.flatMap(({ code }) => (month.has(code) ? [[code, month.get(code)]] : [])));
  return new Map([...months].map(([key, month]) => [key, toExactJson(inOrder(month))]));
};

const figureOf = ({ numerator, denominator, value, breakdown }: Rollup) => ({
  numerator,
  denominator,
  value,
  breakdown,
});

/** Waits until the group has read every event and the output stands still. */
const settled = async ({ kafka, topics }: Installation, groupId: string, watch: OutputWatch): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (;;) {
      const [{ partitions }] = await admin.fetchOffsets({ groupId, topics: [topics.indicatorEvents] });
      const ends = await admin.fetchTopicOffsets(topics.indicatorEvents);
      const isRead = ends.every(({ partition, high }) => {
        const offset = partitions.find((held) => held.partition === partition)?.offset ?? '-1';
        return Math.max(Number(offset), 0) === Number(high);
      });
      if (isRead && watch.isStill()) return;
      await sleep(POLL_MS);
    }
  } finally {
    await admin.disconnect();
  }
};

const makeOutputs = async ({ kafka, config }: Installation, outputs: readonly string[]): Promise<void> => {
  const compacted = { 'cleanup.policy': 'compact' };
  await ensureTopics(
    kafka,
    outputs.map((topic) => ({ topic, config: compacted })),
    config.TOPIC_PARTITIONS,
  );
};

/** Every topic of the run: the installation's, the outputs, and those that Kafka Streams made for itself. */
const deleteTopics = async (kafka: Kafka, name: string): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  const left = async () => (await admin.listTopics()).filter((topic) => topic.startsWith(`${name}.`));
  await admin.deleteTopics({ topics: await left() });
  while ((await left()).length > 0) await sleep(POLL_MS);
  await admin.disconnect();
};
