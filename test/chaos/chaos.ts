/**
 * `npm run chaos -- --minutes 10 --seed 7 [--rate 150] [--keep]`: whatever dies, every figure is exact.
 *
 * A stack and all services of its own, most of them twice, work off a seeded stream of events while a seeded schedule kills,
 * pauses, cuts off, fills the disk and adds and removes workers. Afterwards nothing may be lost, doubled or wrong, and nobody may
 * have had to help. Leaves no process and, unless told to keep it, no data.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../kit/seeded-workload.js';
import { Checks } from './checks.js';
import { carryOut, type Happened, type Witness } from './faults.js';
import { Ground } from './ground.js';
import { chaosWorkload, spread } from './load.js';
import { Observers } from './observers.js';
import { recoveryOf, recoveryTable } from './recovery.js';
import { kindOf, scheduleOf } from './schedule.js';
import { afterwards } from './afterwards.js';
import { untilSignal } from './until-signal.js';

const COPIES = 'commune=2,province=2,ministry=2,projection=2';
const START_MS = 60_000;

interface ChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Events a second. */
  readonly rate: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

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
  const root = process.cwd();
  const checks = new Checks(say);
  const name = `chaos-seed-${options.seed}`;
  const interrupted = untilSignal();
  const ground = await Ground.open({ root, name, seed: options.seed, copies: COPIES, keep: values.keep, say });
  try {
    await Promise.race([run(ground, options, checks), interrupted]);
  } catch (error) {
    checks.note('the run came to its end', [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  } finally {
    const stoppedWell = await ground.close(checks.failed > 0);
    checks.note('every service drained and stopped well', stoppedWell ? [] : ['one did not: see its log']);
  }
  say(checks.sum('chaos'));
  return checks.failed === 0 ? 0 : 1;
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
  const witness = witnessOf(startedAt, happened);
  await Promise.all([
    spread(messages, minutes * 60_000, { ...observers, random: seeded(seed + 3) }),
    carryOut(ground, faults, startedAt, witness),
    carryOut(ground, scaling, startedAt, witness),
  ]);
  say(`faults are over after ${seconds(Date.now() - startedAt)}`);
  await afterwards(ground, observers, checks);
  const recoveries = happened.map((each) => recoveryOf(each, observers.signals));
  for (const line of recoveryTable(recoveries)) say(line);
  const { maxStaleness, course } = observers.probes;
  say(`a figure was at most ${seconds(maxStaleness)} old; ${restartsOf(ground)} processes were started again`);
  keepReport(options, { events: messages.length, startedAt, maxStaleness, course, recoveries, checks: checks.made });
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const witnessOf = (startedAt: number, happened: Happened[]): Witness => ({
  began: (fault, at) => say(`+${seconds(at - startedAt).padStart(7)}  ${kindOf(fault)}`),
  ended: (one) => {
    happened.push(one);
    const took = one.endedAt - one.beganAt;
    if (took > 100) say(`+${seconds(one.endedAt - startedAt).padStart(7)}    ${one.hit}: over after ${seconds(took)}`);
  },
});

const restartsOf = ({ supervisor }: Ground): number =>
  [...supervisor.restarts().values()].reduce((sum, count) => sum + count, 0);

const keepReport = (options: ChaosOptions, results: Readonly<Record<string, unknown>>): void => {
  const folder = join(process.cwd(), '.local', 'chaos');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `chaos-seed-${options.seed}-${options.minutes}-minutes.json`);
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...options, ...results }, null, 2)}\n`);
  say(`report: ${file}`);
};
