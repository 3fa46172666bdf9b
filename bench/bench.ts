/**
 * `npm run bench [-- NAME… --runs N --events N --profile --docs]`: the benchmarks, each beside its peers in the same run.
 *
 * NAME is cold, drain, latency, intake, access, history, growth, workers or traces; without one all run. Every result is the median of several runs with the
 * spread; a table is printed, the figures and the machine's description go to `.local/bench/NAME.json`;
 * with `--docs` the table becomes docs/measured/NAME.md.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provinces, childrenOf } from '#domain';
import { buildSecantusRs, stackDown, stackStatus, stackUp } from '#stack';
import { provincePartitions } from '#stream';
import { vi } from '../cli/say.js';
import { seededWorkload } from '../test/kit/seeded-workload.js';
import { accessRun, type Cost } from './access.js';
import { coldRun, type ColdRun } from './cold.js';
import { drainRun, WARM_UP, type Backlog, type DrainRun } from './drain.js';
import { growthRun, growthWorkload } from './growth.js';
import { historyRun } from './history.js';
import { intakeRun, type Turn } from './intake.js';
import { buildKafkaStreams } from './kafka-streams-jvm.js';
import { kafkaStreamsRun, type KafkaStreamsRun } from './kafka-streams.js';
import { latencyRun } from './latency.js';
import { nestIncRun, type NestIncRun } from './nest-inc.js';
import { readProfiles } from './profile.js';
import { document, heading, keep, line, row } from './report.js';
import { statistics } from './statistics.js';
import { drainsByTurns, intakesByTurns, withCollector } from './traces.js';

interface Bench {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Process ids of the servers, for their processor time. */
  readonly servers: ReadonlyMap<string, number | undefined>;
  readonly runs: number;
  readonly events: number;
  readonly profile: boolean;
  readonly say: (text: string) => void;
}

/** Partitions of a topic, as in every installation that does not say otherwise. */
const PARTITIONS = 12;
const DRAIN_EVENTS = 500_000;
const COLD_EVENTS = 600_000;
const NEST_INC_EVENTS = 3_000;
const LATENCY_SECONDS = 30;
const INTAKE_SECONDS = 10;
const GROWTH_EVENTS = 100_000;
const TRACES_SECONDS = 4;
const ACCESS_EVENTS = 50_000;
const ACCESS_SECONDS = 4;
const HISTORY_SECONDS = 10;

/** Those that are run on the servers that `npm run stack -- up` gives. */
const onUsualServers: ReadonlySet<string> = new Set(['cold', 'traces']);

export const benchCommand = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '3' },
      events: { type: 'string' },
      profile: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
  const unknown = names.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    process.stderr.write(`no benchmark ${unknown.join(', ')}; one of ${Object.keys(benchmarks).join(', ')}\n`);
    return 2;
  }
  const { profile } = values;
  const given = {
    runs: Number(values.runs),
    events: values.events === undefined ? undefined : Number(values.events),
    profile,
    docs: values.docs,
  };
  // First, on the servers of a machine on which nothing was built for benchmarks.
  const usual = names.filter((name) => onUsualServers.has(name));
  if (usual.length > 0) await onStack('cold-stack', usual, given);
  const others = names.filter((name) => !onUsualServers.has(name));
  if (others.length === 0) return 0;
  if (!process.env.MONGODB_URI) await buildSecantusRs({ root: process.cwd(), progress: say });
  await onStack('bench-stack', others, given);
  return 0;
};

interface Given {
  readonly runs: number;
  readonly events?: number;
  readonly profile: boolean;
  /** Whether the tables are to stand in the documentation. */
  readonly docs: boolean;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Some benchmarks on a stack of their own, which is gone afterwards. */
const onStack = async (
  folder: string,
  names: readonly string[],
  { runs, events, profile, docs }: Given,
): Promise<void> => {
  const root = process.cwd();
  const stack = { root, dir: join(root, '.local', folder), ownerPid: process.pid, progress: say };
  const env = { ...process.env, ...(await stackUp(stack)) };
  try {
    const servers = new Map((await stackStatus(stack)).map(({ name, pid }) => [name, pid]));
    for (const name of names) {
      const usual = name === 'cold' ? COLD_EVENTS : DRAIN_EVENTS;
      await benchmarks[name]({ root, env, servers, runs, events: events ?? usual, profile, say });
      const asked = events === undefined ? '' : ` --events ${events}`;
      document(root, name, `npm run bench -- ${name}${asked} --runs ${runs}`, docs);
    }
  } finally {
    await stackDown(stack);
  }
};

const repeated = async <T>({ runs, say }: Bench, run: () => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let n = 0; n < runs; n += 1) {
    results.push(await run());
    say(`run ${n + 1}: ${JSON.stringify(results.at(-1))}`);
  }
  return results;
};

const profileFolder = ({ profile, root }: Bench): string | undefined =>
  profile ? mkdtempSync(join(root, '.local', 'profile-')) : undefined;

/** The runs of each value. */
const swept = async <V, T>(bench: Bench, values: readonly V[], run: (value: V) => Promise<T>): Promise<Map<V, T[]>> => {
  const results = new Map<V, T[]>();
  for (const value of values) results.set(value, await repeated(bench, () => run(value)));
  return results;
};

/** A backlog of `events` events, 5 % of them repeats, besides those that warm the services up. */
const backlogOf = ({ events, say }: Bench, seed = 1): Backlog => {
  say('making the backlog…');
  return seededWorkload((events + WARM_UP) / 1.05, seed, 0);
};

interface DrainResult {
  readonly tonghop: DrainRun;
  readonly kafkaStreamsTables: KafkaStreamsRun;
  readonly kafkaStreams: KafkaStreamsRun;
  readonly kafkaStreamsWhole: KafkaStreamsRun;
  readonly nestInc: NestIncRun;
}

const drain = async (bench: Bench): Promise<void> => {
  const { root, env, servers, say } = bench;
  const classPath = await buildKafkaStreams(root, say);
  const streams = { guarantee: 'at_least_once', classPath, warmUp: WARM_UP, servers } as const;
  const backlog = backlogOf(bench);
  const few = seededWorkload(NEST_INC_EVENTS, 2, 0);
  const profiles = profileFolder(bench);
  const results = await repeated(bench, async (): Promise<DrainResult> => ({
    tonghop: await drainRun(env, backlog, { servers, profiles }),
    kafkaStreamsTables: await kafkaStreamsRun(env, backlog, { ...streams, job: 'tables' }),
    kafkaStreams: await kafkaStreamsRun(env, backlog, { ...streams, job: 'months' }),
    kafkaStreamsWhole: await kafkaStreamsRun(env, backlog, { ...streams, job: 'whole' }),
    nestInc: await nestIncRun(env, few),
  }));
  if (profiles !== undefined) showProfiles(profiles);
  const of = (value: (result: DrainResult) => number) => statistics(results.map(value));
  const ratios = {
    kafkaStreamsTables: of(({ tonghop, kafkaStreamsTables }) => tonghop.windows / kafkaStreamsTables.eventsPerSecond),
    kafkaStreams: of(({ tonghop, kafkaStreams }) => tonghop.windows / kafkaStreams.eventsPerSecond),
    kafkaStreamsWhole: of(({ tonghop, kafkaStreamsWhole }) => tonghop.windows / kafkaStreamsWhole.eventsPerSecond),
    nestInc: of(({ tonghop, nestInc }) => tonghop.windows / nestInc.eventsPerSecond),
    ceiling: of(({ tonghop }) => tonghop.windows / tonghop.ceiling),
  };
  keep(root, 'drain', { events: backlog.messages.length - WARM_UP, ratios, results });
  heading(
    `Drain of ${vi(backlog.messages.length - WARM_UP)} events, start-up not counted; events a second, median of ${results.length} runs`,
  );
  const rates: [string, (result: DrainResult) => number][] = [
    ['Tổng Hợp: every province and national window exact in MongoDB', ({ tonghop }) => tonghop.windows],
    ["Tổng Hợp: and every unit's year", ({ tonghop }) => tonghop.everything],
    [
      'Kafka Streams, at least once: months only, no database, as documented (tables, JSON)',
      ({ kafkaStreamsTables }) => kafkaStreamsTables.eventsPerSecond,
    ],
    [
      'Kafka Streams, at least once: months only, no database, written for speed',
      ({ kafkaStreams }) => kafkaStreams.eventsPerSecond,
    ],
    [
      'Kafka Streams, at least once: the whole job, in MongoDB, written for speed',
      ({ kafkaStreamsWhole: { eventsPerSecond } }) => eventsPerSecond,
    ],
    [
      "Kafka Streams, the whole job: and every unit's year",
      ({ kafkaStreamsWhole: { everything } }) => everything ?? NaN,
    ],
    ['Nest, an event at a time with $inc', ({ nestInc }) => nestInc.eventsPerSecond],
    ['ceiling: kafkajs eachBatch with JSON.parse and nothing else', ({ tonghop }) => tonghop.ceiling],
  ];
  for (const [what, value] of rates) row(what, of(value));
  row('times Kafka Streams: months only, as documented', ratios.kafkaStreamsTables);
  row('times Kafka Streams: months only, written for speed', ratios.kafkaStreams);
  row('times Kafka Streams: the whole job, written for speed', ratios.kafkaStreamsWhole);
  row('times Nest with $inc', ratios.nestInc);
  row('share of the ceiling', ratios.ceiling);
  const [{ nestInc }] = results;
  line(
    `figures that are wrong: Tổng Hợp 0 in every run; Nest with $inc ${vi(nestInc.wrong)} of ${vi(nestInc.figures)}`,
  );
};

const cold = async (bench: Bench): Promise<void> => {
  const { root, env, events, say } = bench;
  const classPath = await buildKafkaStreams(root, say);
  say('making the backlog…');
  const backlog = seededWorkload(events / 1.05, 1, 0);
  const results = await repeated(bench, () => coldRun(env, backlog, classPath));
  const of = (value: (run: ColdRun) => number) => statistics(results.map(value));
  const times = of(({ exact, peer }) => peer / exact);
  const waiting = backlog.messages.length;
  keep(root, 'cold', { events: waiting, times, results });
  heading(
    `Cold start with ${vi(waiting)} events waiting, everything at its defaults; seconds, median of ${results.length} runs`,
  );
  row(
    'npm run services: sources checked, services being started',
    of(({ starting }) => starting),
  );
  for (const service of Object.keys(results[0].ready))
    row(
      `  ${service} ready`,
      of(({ ready }) => ready[service]),
    );
  row(
    'every service ready',
    of(({ allReady }) => allReady),
  );
  row(
    'the API answers',
    of(({ apiAnswers }) => apiAnswers),
  );
  row(
    'the first national figure in the API',
    of(({ firstFigure }) => firstFigure),
  );
  row(
    'every national window exact in the API',
    of(({ exact }) => exact),
  );
  row(
    'Kafka Streams as documented (months only), from the start of its JVM',
    of(({ peer }) => peer),
  );
  row('times Kafka Streams', times);
};

const latency = async (bench: Bench): Promise<void> => {
  const profiles = profileFolder(bench);
  const results = await swept(bench, [500, 2_000, 5_000], (rate) =>
    latencyRun(bench.env, rate, LATENCY_SECONDS, profiles),
  );
  if (profiles !== undefined) showProfiles(profiles);
  keep(bench.root, 'latency', { seconds: LATENCY_SECONDS, results: Object.fromEntries(results) });
  heading("Latency from the intake's answer, milliseconds, medians");
  for (const [rate, runs] of results) {
    for (const [to, of] of [
      ['the figure in MongoDB', 'toMongo'],
      ['a subscriber of the stream', 'toStream'],
    ] as const) {
      for (const percentile of ['p50', 'p95', 'p99'] as const)
        row(`${vi(rate)} events/s to ${to}, ${percentile}`, statistics(runs.map((run) => run[of][percentile])));
    }
  }
};

const intake = async (bench: Bench): Promise<void> => {
  const results = await swept(bench, [1, 100, 1_000] as const, (batch) => intakeRun(bench.env, batch, INTAKE_SECONDS));
  keep(bench.root, 'intake', { seconds: INTAKE_SECONDS, results: Object.fromEntries(results) });
  heading('Intake: events a second by batch size, medians');
  for (const [batch, runs] of results) {
    row(`over HTTP, ${vi(batch)} a request`, statistics(runs.map(({ http }) => http)));
    row('the same producer without HTTP', statistics(runs.map(({ producer }) => producer)));
    row('share', statistics(runs.map(({ ratio }) => ratio)));
  }
};

const access = async (bench: Bench): Promise<void> => {
  const { messages } = seededWorkload(ACCESS_EVENTS, 1, 0);
  const results = await accessRun(bench.env, messages, { turns: bench.runs, seconds: ACCESS_SECONDS });
  keep(bench.root, 'access', { results });
  heading(`Access control beside none; requests a second, medians of ${bench.runs} turns`);
  for (const [what, cost] of Object.entries(results)) showCost(what, cost);
};

const showCost = (what: string, { closed, open }: Cost): void => {
  row(`${what}: with access control`, statistics(closed));
  row(`${what}: open`, statistics(open));
  row('  with access control, in percent of open', statistics(closed.map((rate, n) => (100 * rate) / open[n])));
};

const history = async (bench: Bench): Promise<void> => {
  const results = await repeated(bench, () => historyRun(bench.env, HISTORY_SECONDS));
  keep(bench.root, 'history', { seconds: HISTORY_SECONDS, results });
  heading("What was known when, of a whole country's year; milliseconds, medians");
  for (const what of Object.keys(results[0].waiting))
    for (const percentile of ['p50', 'p99'] as const)
      row(`${what}, ${percentile}`, statistics(results.map(({ waiting }) => waiting[what][percentile])));
  row('dashboard: memory at most, MiB', statistics(results.map(({ memory }) => memory)));
};

const growth = async (bench: Bench): Promise<void> => {
  const messages = growthWorkload(GROWTH_EVENTS);
  const results = await swept(bench, [1, 12, 60], (months) => growthRun(bench.env, months, messages));
  keep(bench.root, 'growth', { events: messages.length, results: Object.fromEntries(results) });
  heading('Growth: history held, and what the next event costs; medians');
  for (const [months, runs] of results) {
    line(`${vi(months)} months, ${vi(runs[0].cells)} cells`);
    row('  seconds from start to work done', statistics(runs.map(({ readySeconds }) => readySeconds)));
    for (const stage of Object.keys(runs[0].cpuPerEvent))
      row(`  ${stage}: µs of processor an event`, statistics(runs.map(({ cpuPerEvent }) => cpuPerEvent[stage])));
    for (const stage of Object.keys(runs[0].memory))
      row(`  ${stage}: memory at most, MiB`, statistics(runs.map(({ memory }) => memory[stage])));
  }
};

const workers = async (bench: Bench): Promise<void> => {
  const backlog = backlogOf(bench);
  const results = await swept(bench, [1, 2, 4], (n) => {
    const copies = `check=${n},province=${n},ministry=${n},projection=${n}`;
    return drainRun(bench.env, backlog, { servers: bench.servers, copies });
  });
  keep(bench.root, 'workers', { results: Object.fromEntries(results), balance: balance() });
  heading(
    `Workers: a drain of ${vi(backlog.messages.length - WARM_UP)} events, exact each time; events a second, medians`,
  );
  for (const [n, runs] of results) row(`${n} of each stage`, statistics(runs.map(({ windows }) => windows)));
  const loads = balance();
  line(`reporting units a partition of the province stage: ${vi(Math.min(...loads))} to ${vi(Math.max(...loads))}`);
};

const traces = async (bench: Bench): Promise<void> => {
  const { env, root, runs, say } = bench;
  const backlog = backlogOf(bench);
  await withCollector(async (variables) => {
    const sides = { off: env, on: { ...env, ...variables } };
    const results = {
      'intake, one event a request': await intakesByTurns(sides, 1, runs, TRACES_SECONDS),
      'intake, a hundred a request': await intakesByTurns(sides, 100, runs, TRACES_SECONDS),
      drain: await drainsByTurns(sides, backlog, runs),
    };
    say(JSON.stringify(results));
    keep(root, 'traces', { results });
    heading(`Traces as they are by default beside none; medians of ${runs} turns`);
    for (const [what, { off, on }] of Object.entries(results)) {
      for (const [unit, value] of tracesUnits) {
        row(`${what}, ${unit}: off`, statistics(off.map(value)));
        row(`${what}, ${unit}: on`, statistics(on.map(value)));
        row('  on, in percent of off', statistics(on.map((turn, n) => (100 * value(turn)) / value(off[n]))));
      }
    }
  });
};

const tracesUnits: readonly [string, (turn: Turn) => number][] = [
  ['events a second', ({ rate }) => rate],
  ['µs of processor an event', ({ cpuPerEvent }) => cpuPerEvent],
];

/** Reporting units of each partition that carries provinces. */
const balance = (): number[] => {
  const owner = provincePartitions(PARTITIONS);
  const loads = new Array<number>(new Set(owner.values()).size).fill(0);
  for (const { code } of provinces) loads[owner.get(code) as number] += 1 + childrenOf(code).length;
  return loads;
};

/** The largest costs of each service: self time by function. */
const showProfiles = (folder: string): void => {
  for (const { service, busyMs, costs } of readProfiles(folder)) {
    line(`${service}: busy ${vi(Math.round(busyMs))} ms`);
    for (const { what, ms } of costs.slice(0, 25)) line(`  ${vi(Math.round(ms)).padStart(7)} ms  ${what}`);
  }
};

const benchmarks: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  cold,
  drain,
  latency,
  intake,
  access,
  history,
  growth,
  workers,
  traces,
};
