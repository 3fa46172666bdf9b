/**
 * `npm run chaos -- --minutes 10 --seed 7 [--rate 150] [--keep]`: whatever dies, every figure is exact.
 *
 * A stack and all services of its own, most of them twice, work off a seeded stream of events while a seeded schedule kills,
 * pauses, cuts off, fills the disk and adds and removes workers. Afterwards nothing may be lost, doubled or wrong, and nobody may
 * have had to help. Leaves no process and, unless told to keep it, no data.
 */
import { parseArgs } from 'node:util';
import { seeded } from '../kit/seeded-workload.js';
import { afterwards } from './afterwards.js';
import type { Checks } from './checks.js';
import { carryOut, type Happened, type Witness } from './faults.js';
import type { Ground } from './ground.js';
import { chaosWorkload, spread } from './load.js';
import { Observers } from './observers.js';
import { inSeconds, keepReport, onGround, say } from './on-ground.js';
import { isOfStreams } from './process-verdict.js';
import { recoveryOf, recoveryTable } from './recovery.js';
import { kindOf, scheduleOf } from './schedule.js';

const COPIES = 'check=2,province=2,ministry=2,projection=2';
const START_MS = 60_000;

interface ChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Events a second. */
  readonly rate: number;
}

export const chaosCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '7' },
      rate: { type: 'string', default: '150' },
      keep: { type: 'boolean', default: false },
    },
  });
  const options = { minutes: Number(values.minutes), seed: Number(values.seed), rate: Number(values.rate) };
  if (!(options.minutes >= 1) || !Number.isInteger(options.seed) || !(options.rate > 0)) {
    process.stderr.write('npm run chaos -- --minutes 10 --seed 7 [--rate 150] [--keep]; at least one minute\n');
    return 2;
  }
  const { seed } = options;
  const ground = { name: `chaos-seed-${seed}`, seed, copies: COPIES, keep: values.keep };
  return onGround('chaos', ground, (opened, checks) => run(opened, options, checks));
};

const run = async (ground: Ground, options: ChaosOptions, checks: Checks): Promise<void> => {
  const { minutes, seed, rate } = options;
  await ground.startServices();
  const observers = await Observers.open(ground, seed);
  if ((await observers.probes.arrivesWithin(START_MS)) === undefined) throw new Error('no figure arrived at all');
  const messages = chaosWorkload(minutes * 60 * rate, seed);
  say(`${messages.length} events in ${minutes} minutes, seed ${seed}`);
  const { faults, scaling } = scheduleOf(seed, minutes);
  const happened: Happened[] = [];
  const startedAt = Date.now();
  const witness = witnessOf(startedAt, observers, happened);
  await Promise.all([
    spread(messages, minutes * 60_000, { ...observers, random: seeded(seed + 3) }),
    carryOut(ground, faults, startedAt, witness),
    carryOut(ground, scaling, startedAt, witness),
  ]);
  say(`faults are over after ${inSeconds(Date.now() - startedAt)}`);
  await afterwards(ground, observers, happened, checks);
  const recoveries = happened.map((each) => recoveryOf(each, observers.signals));
  for (const line of recoveryTable(recoveries)) say(line);
  const { maxStaleness, course } = observers.probes;
  const restarts = [...ground.supervisor.restarts().values()].reduce((sum, count) => sum + count, 0);
  say(`a figure was at most ${inSeconds(maxStaleness)} old; processes were started again ${restarts} times`);
  const measured = { events: messages.length, startedAt, maxStaleness, course, recoveries };
  keepReport(`chaos-seed-${seed}-${minutes}-minutes`, { ...options, ...measured, checks: checks.made });
};

const witnessOf = (startedAt: number, { streams }: Observers, happened: Happened[]): Witness => {
  const since = (at: number) => `+${inSeconds(at - startedAt).padStart(7)}`;
  return {
    began: (fault, at) => {
      say(`${since(at)}  ${kindOf(fault)}`);
      if (isOfStreams(fault)) streams.faultBegan();
    },
    ended: (one) => {
      happened.push(one);
      const took = one.endedAt - one.beganAt;
      if (took > 100) say(`${since(one.endedAt)}    ${one.hit}: over after ${inSeconds(took)}`);
    },
  };
};
