/**
 * `npm run bench [-- NAME… --runs N --events N --profile --docs]`: the benchmarks, each beside its peers in the same run.
 *
 * NAME is cold, drain, latency, intake, access, api, pages, history, growth, workers or traces; without one all run. Every result is the median of several runs with the
 * spread; a table is printed, the figures and the machine's description go to `.local/bench/NAME.json`;
 * with `--docs` the table becomes docs/measured/NAME.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provinces, childrenOf } from '#domain';
import { buildSecantusRs, stackDown, stackStatus, stackUp } from '#stack';
import { provincePartitions } from '#stream';
import { vi } from '../cli/say.js';
import { seededWorkload } from '../test/kit/seeded-workload.js';
import { accessRun, type Cost } from './access.js';
import { apiRun } from './api.js';
import { drainRun, WARM_UP } from './drain.js';
import { cold, drain } from './drain-tables.js';
import { growthRun, growthWorkload } from './growth.js';
import { historyRun } from './history.js';
import { intakeRun, type Turn } from './intake.js';
import { latencyRun } from './latency.js';
import { backlogOf, profileFolder, repeated, showProfiles, swept, type Bench } from './measuring.js';
import { pagesRun, type PagesRun } from './pages.js';
import { document, heading, keep, line, row } from './report.js';
import { statistics } from './statistics.js';
import { drainsByTurns, intakesByTurns, withCollector } from './traces.js';

/** Partitions of a topic, as in every installation that does not say otherwise. */
const PARTITIONS = 12;
const DRAIN_EVENTS = 500_000;
const COLD_EVENTS = 600_000;
const LATENCY_SECONDS = 30;
const INTAKE_SECONDS = 10;
const GROWTH_EVENTS = 100_000;
const TRACES_SECONDS = 4;
const ACCESS_EVENTS = 50_000;
const ACCESS_SECONDS = 4;
const HISTORY_SECONDS = 10;
const API_RATE = 500;
const API_SECONDS = 10;
const PAGES_SECONDS = 20;

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

const api = async (bench: Bench): Promise<void> => {
  const { messages } = seededWorkload(ACCESS_EVENTS, 1, 0);
  const results = await repeated(bench, () => apiRun(bench.env, messages, { rate: API_RATE, seconds: API_SECONDS }));
  keep(bench.root, 'api', { rate: API_RATE, seconds: API_SECONDS, results });
  heading(`The API at ${vi(API_RATE)} requests a second, with 500 events a second beside; milliseconds, medians`);
  for (const what of Object.keys(results[0])) {
    row(`${what}, p50`, statistics(results.map((run) => run[what].p50)));
    row(`${what}, p99`, statistics(results.map((run) => run[what].p99)));
    row(`${what}: requests a second`, statistics(results.map((run) => run[what].reached)));
  }
};

const pages = async (bench: Bench): Promise<void> => {
  const { messages } = seededWorkload(ACCESS_EVENTS, 1, 0);
  const results = await repeated(bench, () => pagesRun(bench.env, messages, PAGES_SECONDS));
  keep(bench.root, 'pages', { seconds: PAGES_SECONDS, results });
  heading(`${vi(results[0].pages)} open pages on one dashboard, with 500 events a second beside; medians`);
  const memory = (what: string, value: (run: PagesRun['memory']) => number) =>
    row(`resident memory, ${what}, MiB`, statistics(results.map((run) => value(run.memory))));
  memory('with no page open', ({ none }) => none);
  memory('with all of them', ({ open }) => open);
  memory('more with all of them', ({ none, open }) => open - none);
  memory('more with 50 stalled ones too', ({ none, stalled }) => stalled - none);
  for (const [what, of] of [
    ['to all of them', 'open'],
    ['to them beside 50 stalled ones', 'stalled'],
  ] as const) {
    row(`from the stage ${what}, milliseconds, p50`, statistics(results.map((run) => run[of].p50)));
    row(`from the stage ${what}, milliseconds, p99`, statistics(results.map((run) => run[of].p99)));
    row(`MiB a second ${what}`, statistics(results.map((run) => run[of].rate)));
  }
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

const benchmarks: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  cold,
  drain,
  latency,
  intake,
  access,
  api,
  pages,
  history,
  growth,
  workers,
  traces,
};
