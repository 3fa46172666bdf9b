/**
 * `npm run overload -- --seconds 60 [--rate N] [--factor 10] [--keep]`: ten times what can be sustained, and afterwards all is
 * well again.
 *
 * What can be sustained is found by a short ramp: the highest rate, doubling from 500 events a second, at which the median figure
 * is less than a second old. The intake has little room here, so that it has to turn senders away. Memory stays bounded, nothing
 * is lost, the backlog drains, and figures arrive as fast as before.
 */
import { parseArgs } from 'node:util';
import { figuresAreExact } from './afterwards.js';
import type { Checks } from './checks.js';
import type { Ground } from './ground.js';
import { HttpSender } from './http-sender.js';
import { KafkaSender } from './kafka-sender.js';
import { MemoryWatch } from './memory-watch.js';
import { inSeconds, keepReport, onGround, say } from './on-ground.js';
import { Probes } from './probes.js';
import { median } from './recovery.js';
import { servers } from './schedule.js';
import { SteadyLoad } from './steady-load.js';

const MIB = 1_048_576;
const INTAKE_MAX_BYTES = 8 * MIB;
const MOST_MIB = { service: 1_024, server: 2_048 };
const RAMP_FROM = 500;
const RAMP_MS = 8_000;
const WARM_UP_MS = 15_000;
const TRIES = 2;
const SUSTAINED_MS = 1_000;
const MEASURED_MS = 12_000;
/** Of what is measured, the beginning is left out. */
const SETTLING_MS = 3_000;
const ARRIVES_MS = 300_000;
/** Latency has returned when it is at most so many times, and so many milliseconds more than, what it was. */
const RETURNS = { times: 2, ms: 250 };

interface Plan {
  readonly seconds: number;
  readonly factor: number;
  /** Events a second; found out where it is not given. */
  readonly rate?: number;
}

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
  const { seconds, factor, rate, keep } = values;
  const plan = {
    seconds: Number(seconds),
    factor: Number(factor),
    rate: rate === undefined ? undefined : Number(rate),
  };
  const env = { INTAKE_MAX_BYTES: String(INTAKE_MAX_BYTES), LOG_LEVEL: 'warn' };
  const ground = { name: 'overload', seed: 1, copies: 'province=2', isProxied: false, env, keep };
  return onGround('overload', ground, (opened, checks) => run(opened, plan, checks));
};

const run = async (ground: Ground, plan: Plan, checks: Checks): Promise<void> => {
  await ground.startServices();
  const probes = await Probes.open(ground);
  const senders = { http: new HttpSender(ground.intake), kafka: await KafkaSender.open(ground) };
  const load = new SteadyLoad(senders);
  const memory = new MemoryWatch(() => pidsOf(ground));
  await requireArrival(probes);
  const sustainable = plan.rate ?? (await rampUp(load, probes));
  say(`sustainable: ${sustainable} events/s, ${plan.rate === undefined ? 'by the ramp' : 'as told'}`);
  const base = Math.round(sustainable / 2);
  // What the ramp and cold compilers have left is not a part of what it was before.
  await load.run(base, MEASURED_MS);
  const before = await latencyAt(base, load, probes);
  const rate = plan.factor * sustainable;
  const offered = await load.run(rate, plan.seconds * 1_000);
  say(`offered ${offered} events in ${plan.seconds} s: ${Math.round(offered / plan.seconds)}/s of ${rate}/s`);
  const overAt = Date.now();
  await Promise.all([senders.http.settled(), senders.kafka.settled()]);
  const takenMs = Date.now() - overAt;
  await requireArrival(probes);
  const drainedMs = Date.now() - overAt;
  say(`all of it was taken after ${inSeconds(takenMs)} more, and worked off after ${inSeconds(drainedMs)}`);
  const after = await latencyAt(base, load, probes);
  say(`median age of a figure at ${base} events/s: ${before} ms before, ${after} ms after`);
  await Promise.all([memory.close(), probes.close(), senders.kafka.close()]);
  notePushBack(senders.http, checks);
  noteMemory(memory.peaks, checks);
  const mayBe = RETURNS.times * before + RETURNS.ms;
  checks.note('figures arrive as fast as before', after <= mayBe ? [] : [`${after} ms, before ${before} ms`]);
  await figuresAreExact(ground, senders.http, checks);
  const { maxStaleness } = probes;
  const peaks = Object.fromEntries(memory.peaks);
  keepReport('overload', { ...plan, sustainable, offered, takenMs, drainedMs, before, after, maxStaleness, peaks });
};

const pidsOf = async (ground: Ground): Promise<ReadonlyMap<string, number | undefined>> => {
  const pids = new Map(ground.supervisor.pids());
  for (const server of servers) pids.set(server, await ground.pidOf(server));
  return pids;
};

const requireArrival = async (probes: Probes): Promise<void> => {
  if ((await probes.arrivesWithin(ARRIVES_MS)) === undefined) throw new Error(`no figure arrived in ${ARRIVES_MS} ms`);
};

/** The last rate of the ramp at which the median figure was young enough. Cold compilers and other work on the machine get a second try. */
const rampUp = async (load: SteadyLoad, probes: Probes): Promise<number> => {
  await load.run(RAMP_FROM, WARM_UP_MS);
  await requireArrival(probes);
  let tries = 0;
  for (let rate = RAMP_FROM; ;) {
    const age = await latencyAt(rate, load, probes, RAMP_MS);
    say(`ramp: ${rate} events/s, median age of a figure ${age} ms`);
    tries += 1;
    if (age < SUSTAINED_MS) [rate, tries] = [rate * 2, 0];
    else if (tries === TRIES && rate === RAMP_FROM) throw new Error('the machine is too busy for the ramp: try --rate');
    else if (tries === TRIES) return rate / 2;
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

const notePushBack = ({ answers, withoutRetryAfter, unexpected }: HttpSender, checks: Checks): void => {
  say(`answers of the intake: ${[...answers].map(([status, count]) => `${status} × ${count}`).join(', ')}`);
  const pushedBack = (answers.get('429') ?? 0) + (answers.get('503') ?? 0);
  checks.note(`the intake turned senders away and said when to come again (${pushedBack} times)`, [
    ...(pushedBack > 0 ? [] : ['it never did']),
    ...(withoutRetryAfter === 0 ? [] : [`${withoutRetryAfter} answers without Retry-After`]),
    ...unexpected,
  ]);
};

const noteMemory = (peaks: ReadonlyMap<string, number>, checks: Checks): void => {
  const mostOf = (name: string) => MIB * MOST_MIB[servers.some((server) => server === name) ? 'server' : 'service'];
  for (const [name, bytes] of peaks)
    say(`  peak of ${name.padEnd(20)}${String(Math.round(bytes / MIB)).padStart(6)} MiB`);
  const tooLarge = [...peaks].filter(([name, bytes]) => bytes > mostOf(name));
  checks.note(
    `the memory of every process stays bounded (${MOST_MIB.service} MiB, a server ${MOST_MIB.server})`,
    tooLarge.map(([name, bytes]) => `${name} took ${Math.round(bytes / MIB)} MiB`),
  );
};
