/**
 * `npm run overload -- --seconds 60 [--rate N] [--factor 10] [--keep]`: ten times what can be sustained, and afterwards all is
 * well again.
 *
 * What can be sustained is found by a short ramp: the highest rate, doubling from 500 events a second, at which the median figure
 * is less than a second old. The intake has little room here, so that it has to turn senders away. Memory stays bounded, nothing
 * is lost, the backlog drains, and figures arrive as fast as before.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figuresAreExact } from './afterwards.js';
import { Checks } from './checks.js';
import { Ground } from './ground.js';
import { HttpSender } from './http-sender.js';
import { KafkaSender } from './kafka-sender.js';
import { MemoryWatch } from './memory-watch.js';
import { Probes } from './probes.js';
import { median } from './recovery.js';
import { SteadyLoad } from './steady-load.js';
import { servers } from './schedule.js';
import { untilSignal } from './until-signal.js';

const MIB = 1_048_576;
const INTAKE_MAX_BYTES = 8 * MIB;
const MOST_MIB = { service: 1_024, server: 2_048 };
const RAMP_FROM = 500;
const RAMP_MS = 8_000;
const SUSTAINED_MS = 1_000;
const MEASURED_MS = 12_000;
/** Of what is measured, the beginning is left out. */
const SETTLING_MS = 3_000;
const ARRIVES_MS = 300_000;
const RETURNS_FACTOR = 2;
const RETURNS_MS = 250;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export const overloadCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string' },
      factor: { type: 'string', default: '10' },
      keep: { type: 'boolean', default: false },
    },
  });
  const checks = new Checks(say);
  const interrupted = untilSignal();
  const ground = await Ground.open({
    root: process.cwd(),
    name: 'overload',
    seed: 1,
    copies: 'province=2',
    isProxied: false,
    env: { INTAKE_MAX_BYTES: String(INTAKE_MAX_BYTES), LOG_LEVEL: 'warn' },
    keep: values.keep,
    say,
  });
  try {
    const { seconds, rate, factor } = values;
    const sustainable = rate === undefined ? undefined : Number(rate);
    await Promise.race([
      run(ground, { seconds: Number(seconds), sustainable, factor: Number(factor) }, checks),
      interrupted,
    ]);
  } catch (error) {
    checks.note('the run came to its end', [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  } finally {
    const stoppedWell = await ground.close(checks.failed > 0);
    checks.note('every service drained and stopped well', stoppedWell ? [] : ['one did not: see its log']);
  }
  say(checks.sum('overload'));
  return checks.failed === 0 ? 0 : 1;
};

interface Plan {
  readonly seconds: number;
  readonly factor: number;
  /** Events a second; found out where it is not given. */
  readonly sustainable?: number;
}

const run = async (ground: Ground, { seconds, factor, sustainable: given }: Plan, checks: Checks): Promise<void> => {
  await ground.startServices();
  const probes = await Probes.open(ground);
  const senders = { http: new HttpSender(ground.intake), kafka: await KafkaSender.open(ground) };
  const load = new SteadyLoad(senders);
  const memory = new MemoryWatch(() => pidsOf(ground));
  await requireArrival(probes);
  const sustainable = given ?? (await rampUp(load, probes));
  say(`sustainable: ${sustainable} events/s${given === undefined ? ', by the ramp' : ', as told'}`);
  const base = Math.round(sustainable / 2);
  const before = await latencyAt(base, load, probes);
  const startedAt = Date.now();
  const offered = await load.run(factor * sustainable, seconds * 1_000);
  const took = (Date.now() - startedAt) / 1_000;
  say(
    `offered ${offered} events in ${took.toFixed(0)} s: ${Math.round(offered / took)}/s of ${factor * sustainable}/s`,
  );
  const backlog = Date.now();
  await Promise.all([senders.http.settled(), senders.kafka.settled()]);
  say(`everything was taken ${inSeconds(Date.now() - backlog)} after the last was offered`);
  await requireArrival(probes);
  const drainedMs = Date.now() - backlog;
  say(
    `the backlog had drained after ${inSeconds(drainedMs)}; a figure was at most ${inSeconds(probes.maxStaleness)} old`,
  );
  const after = await latencyAt(base, load, probes);
  say(`answers: ${[...senders.http.answers].map(([status, count]) => `${status} × ${count}`).join(', ')}`);
  say(`median age of a figure at ${base} events/s: ${before} ms before, ${after} ms after`);
  await memory.close();
  await probes.close();
  await senders.kafka.close();
  noteChecks(checks, { http: senders.http, before, after, peaks: memory.peaks });
  await figuresAreExact(ground, senders.http, checks);
  keepReport({
    sustainable,
    factor,
    seconds,
    offered,
    drainedMs,
    before,
    after,
    peaks: Object.fromEntries(memory.peaks),
  });
};

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const pidsOf = async (ground: Ground): Promise<ReadonlyMap<string, number | undefined>> => {
  const pids = new Map(ground.supervisor.pids());
  for (const server of servers) pids.set(server, await ground.pidOf(server));
  return pids;
};

const requireArrival = async (probes: Probes): Promise<void> => {
  if ((await probes.arrivesWithin(ARRIVES_MS)) === undefined) throw new Error(`no figure arrived in ${ARRIVES_MS} ms`);
};

/** The last rate of the ramp at which the median figure was young enough. */
const rampUp = async (load: SteadyLoad, probes: Probes): Promise<number> => {
  let held = RAMP_FROM / 2;
  for (let rate = RAMP_FROM; ; rate *= 2) {
    const age = await latencyAt(rate, load, probes, RAMP_MS);
    say(`ramp: ${rate} events/s, median age of a figure ${age} ms`);
    if (!(age < SUSTAINED_MS)) return held;
    held = rate;
  }
};

/** Milliseconds, median, of the probes sent under a load after its first seconds. */
const latencyAt = async (rate: number, load: SteadyLoad, probes: Probes, ms = MEASURED_MS): Promise<number> => {
  const from = Date.now() + SETTLING_MS;
  await load.run(rate, ms);
  const to = Date.now();
  await requireArrival(probes);
  return median(probes.arrivals.latencies(from, to));
};

interface Found {
  readonly http: HttpSender;
  readonly before: number;
  readonly after: number;
  readonly peaks: ReadonlyMap<string, number>;
}

const noteChecks = (checks: Checks, { http, before, after, peaks }: Found): void => {
  const pushedBack = (http.answers.get('429') ?? 0) + (http.answers.get('503') ?? 0);
  checks.note(`the intake said when to come again, each time (${pushedBack})`, [
    ...(http.withoutRetryAfter === 0 ? [] : [`${http.withoutRetryAfter} answers without Retry-After`]),
    ...http.unexpected,
  ]);
  const isServer = (name: string) => (servers as readonly string[]).includes(name);
  const tooLarge = [...peaks].filter(([name, bytes]) => bytes > MIB * MOST_MIB[isServer(name) ? 'server' : 'service']);
  for (const [name, bytes] of peaks)
    say(`  peak of ${name.padEnd(20)} ${String(Math.round(bytes / MIB)).padStart(5)} MiB`);
  checks.note(
    'the memory of every process stays bounded',
    tooLarge.map(([name, bytes]) => `${name} took ${Math.round(bytes / MIB)} MiB`),
  );
  const mayBe = RETURNS_FACTOR * before + RETURNS_MS;
  checks.note('figures arrive as fast as before', after <= mayBe ? [] : [`${after} ms, before ${before} ms`]);
};

const keepReport = (results: Readonly<Record<string, unknown>>): void => {
  const folder = join(process.cwd(), '.local', 'chaos');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'overload.json'),
    `${JSON.stringify({ at: new Date().toISOString(), ...results }, null, 2)}\n`,
  );
};
