/**
 * The Kafka Streams peers of the drain: the same backlog, by the same method, to exact figures.
 *
 * The JVM is up and warm; it is stopped (SIGSTOP) while the backlog is published, and the clock runs from the moment it goes on
 * until its output is exact. One peer does less than the pipeline, the months alone (kafka-streams-months.ts); the other does
 * the whole job, into MongoDB (kafka-streams-whole.ts); bench/peers/README.md says in full what each does.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureTopics, type Kafka } from '#kafka';
import { openKafka, type Installation } from '../cli/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Message } from '../test/kit/seeded-workload.js';
import type { Backlog } from './drain.js';
import { cpuBetween, cpuSeconds } from './cpu.js';
import { publish, type Environment } from './installation.js';
import { Jvm, type Guarantee, type Job, type Output } from './kafka-streams-jvm.js';
import { monthsOutput, tablesOutput } from './kafka-streams-months.js';
import { Windows } from './kafka-streams-whole.js';

const POLL_MS = 200;
const FETCH_ENDS_MS = 1_000;

export interface KafkaStreamsRun {
  readonly eventsPerSecond: number;
  readonly seconds: number;
  /** The whole job's: until every unit's year is in MongoDB too. */
  readonly everything?: number;
  /** Processor seconds that the JVM and the servers used until the output was exact. */
  readonly cpu: Readonly<Record<string, number>>;
}

export interface KafkaStreamsOptions {
  readonly job: Job;
  readonly guarantee: Guarantee;
  readonly classPath: string;
  /** The first events, which are not counted. */
  readonly warmUp: number;
  /** Process ids of the servers, for their processor time. */
  readonly servers?: ReadonlyMap<string, number | undefined>;
}

/** One run on a new installation of the servers that the environment names. */
export const kafkaStreamsRun = async (
  env: Environment,
  backlog: Backlog,
  { job, guarantee, classPath, warmUp, servers = new Map() }: KafkaStreamsOptions,
): Promise<KafkaStreamsRun> => {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  const installation = await openKafka({ ...env, TOPIC_PREFIX: name });
  const database = `${env.MONGODB_URI?.replace(/\/[^/]*$/, '')}/${name}`;
  const { reference, messages } = backlog;
  const output = outputs[job](installation, reference, database);
  await ensureTopics(installation.kafka, output.topics, installation.config.TOPIC_PARTITIONS);
  const jvm = new Jvm(installation, { job, guarantee, classPath, env: output.env });
  try {
    await jvm.ready();
    await output.open();
    const pids = new Map([['jvm', jvm.pid], ...servers]);
    return await timed(installation, { messages, warmUp, pids }, jvm, output);
  } catch (error) {
    throw new Error(`Kafka Streams, ${job}, ${guarantee}: ${output.state()}; the log is ${jvm.log}`, { cause: error });
  } finally {
    await jvm.stop();
    await output.close();
    await deleteTopics(installation.kafka, name);
  }
};

const outputs: Readonly<Record<Job, (of: Installation, reference: Reference, database: string) => Output>> = {
  tables: tablesOutput,
  months: monthsOutput,
  whole: (of, reference, database) => new Windows(of, database, reference),
};

interface Timed {
  readonly messages: readonly Message[];
  readonly warmUp: number;
  readonly pids: ReadonlyMap<string, number | undefined>;
}

const timed = async (
  installation: Installation,
  { messages, warmUp, pids }: Timed,
  jvm: Jvm,
  output: Output,
): Promise<KafkaStreamsRun> => {
  await publish(installation, messages.slice(0, warmUp));
  await jvm.during(settled(installation, jvm.applicationId, output), 'the warm-up was not drained');
  jvm.signal('SIGSTOP');
  // As for the pipeline: a fetch that was under way ends empty.
  await sleep(FETCH_ENDS_MS);
  await publish(installation, messages.slice(warmUp));
  const before = cpuSeconds(pids);
  const startedAt = Date.now();
  jvm.signal('SIGCONT');
  const events = messages.length - warmUp;
  const since = (at: number) => (at - startedAt) / 1000;
  const seconds = since(await jvm.during(output.exact(), 'the output did not become exact'));
  const run = { eventsPerSecond: events / seconds, seconds, cpu: cpuBetween(before, cpuSeconds(pids)) };
  if (output.everything === undefined) return run;
  const everything = since(await jvm.during(output.everything(), "the units' years did not become exact"));
  return { ...run, everything: events / everything };
};

/** Waits until the group has read every event and the output stands still. */
const settled = async ({ kafka, topics }: Installation, groupId: string, output: Output): Promise<void> => {
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
      if ((await output.isStill()) && isRead) return;
      await sleep(POLL_MS);
    }
  } finally {
    await admin.disconnect();
  }
};

/** Every topic of the run: the installation's, the outputs, and those that Kafka Streams made for itself. */
export const deleteTopics = async (kafka: Kafka, name: string): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  const left = async () => (await admin.listTopics()).filter((topic) => topic.startsWith(`${name}.`));
  await admin.deleteTopics({ topics: await left() });
  while ((await left()).length > 0) await sleep(POLL_MS);
  await admin.disconnect();
};
