/**
 * `npm run simulate`: schedules of crashes, rebalances, zombies, losses and delays over the stages that run in production, each a pure
 * function of its seed.
 *
 *     npm run simulate -- --schedules 100000 [--seed 1]      every figure exact in each
 *     npm run simulate -- --planted all                      bugs put back on purpose are found
 *     npm run simulate -- --replay 256 [--planted NAME]      one schedule, shrunk, with its trace
 *     npm run simulate -- --scenario summaries …             the summaries instead of the stages
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { plantedNames, shownIn, type PlantedBug } from './planted-names.js';
import type { Found, Task } from './runner.js';
import { scenarioNames, type ScenarioName } from './scenario.js';

/** A planted bug has to be found within so many schedules. */
const WITHIN = 5_000;
const PORTION = 250;
const MOST_SHOWN = 3;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

interface Options {
  readonly scenario: ScenarioName;
  readonly from: number;
  readonly schedules: number;
  readonly planted?: PlantedBug;
  readonly untilFound: boolean;
}

interface Summary {
  readonly schedules: number;
  readonly steps: number;
  readonly failed: readonly Found[];
  readonly seconds: number;
}

/** Runs schedules in as many processes as there are cores. */
const run = async ({ scenario, from, schedules, planted, untilFound }: Options): Promise<Summary> => {
  const startedAt = performance.now();
  const failed: Found[] = [];
  let next = from;
  let steps = 0;
  let done = 0;
  const end = from + schedules;
  const worker = async (): Promise<void> => {
    const child = childOf();
    while (next < end && !(untilFound && failed.length > 0)) {
      const task: Task = { scenario, from: next, to: Math.min(end, next + PORTION), planted, untilFound };
      next = task.to;
      const result = await child.ask(task);
      failed.push(...result.failed);
      steps += result.steps;
      done += result.schedules;
    }
    child.end();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  failed.sort((a, b) => a.seed - b.seed);
  return { schedules: done, steps, failed, seconds: (performance.now() - startedAt) / 1000 };
};

interface Answer {
  readonly failed: readonly Found[];
  readonly steps: number;
  readonly schedules: number;
}

const childOf = () => {
  const path = fileURLToPath(new URL('./runner.js', import.meta.url));
  const child = fork(path, { execArgv: ['--enable-source-maps', '--max-semi-space-size=64'] });
  return {
    ask: (task: Task) =>
      new Promise<Answer>((resolve, reject) => {
        const died = (status: number | null) => reject(new Error(`a process of the simulation ended (${status})`));
        child.once('exit', died);
        child.once('message', (answer) => {
          child.off('exit', died);
          resolve(answer as Answer);
        });
        child.send(task);
      }),
    end: () => child.disconnect(),
  };
};

const perMinute = ({ schedules, seconds }: Summary): string =>
  Math.round((schedules * 60) / seconds).toLocaleString('en');

const showFailure = ({ seed, failure, trace }: Found, scenario: ScenarioName, planted?: PlantedBug): void => {
  say(`\nseed ${seed}: ${failure}`);
  for (const line of trace) say(line);
  const what = planted === undefined ? `--scenario ${scenario}` : `--planted ${planted}`;
  say(`again: npm run simulate -- --replay ${seed} ${what}`);
};

const search = async (scenario: ScenarioName, from: number, schedules: number): Promise<number> => {
  const summary = await run({ scenario, from, schedules, untilFound: false });
  for (const found of summary.failed.slice(0, MOST_SHOWN)) showFailure(found, scenario);
  const { failed, steps } = summary;
  say(
    `simulate ${scenario}: ${summary.schedules} schedules from seed ${from}, ${steps} steps, ${Math.round(summary.seconds)} s (${perMinute(summary)} a minute)`,
  );
  say(`simulate ${scenario}: ${summary.schedules - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
};

const searchPlanted = async (names: readonly PlantedBug[], from: number): Promise<number> => {
  let missed = 0;
  for (const planted of names) {
    const { failed, schedules } = await run({
      scenario: shownIn(planted),
      from,
      schedules: WITHIN,
      planted,
      untilFound: true,
    });
    if (failed.length === 0) missed += 1;
    const [first] = failed;
    say(
      first === undefined ? `NOT FOUND ${planted} in ${schedules} schedules` : `found ${planted}: seed ${first.seed}`,
    );
    if (first !== undefined) say(`      ${first.failure.slice(0, 200)}`);
  }
  say(`planted: ${names.length - missed} passed, ${missed} failed`);
  return missed === 0 ? 0 : 1;
};

const replay = async (scenario: ScenarioName, seed: number, planted: PlantedBug | undefined): Promise<number> => {
  const { failed } = await run({ scenario, from: seed, schedules: 1, planted, untilFound: false });
  for (const found of failed) showFailure(found, scenario, planted);
  if (failed.length === 0) say(`seed ${seed}: every figure is exact`);
  return failed.length === 0 ? 0 : 1;
};

export const simulateCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      schedules: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      planted: { type: 'string' },
      replay: { type: 'string' },
      scenario: { type: 'string', default: 'stages' },
    },
  });
  const names = plantedNames.filter((name) => values.planted === 'all' || values.planted === name);
  if (values.planted !== undefined && names.length === 0) {
    say(`no planted bug ${values.planted}; one of ${plantedNames.join(', ')}, or all`);
    return 2;
  }
  const scenario = scenarioNames.find((name) => name === values.scenario);
  if (scenario === undefined) {
    say(`no scenario ${values.scenario}; one of ${scenarioNames.join(', ')}`);
    return 2;
  }
  const [planted] = names;
  if (values.replay !== undefined)
    return replay(planted === undefined ? scenario : shownIn(planted), Number(values.replay), planted);
  if (names.length > 0) return searchPlanted(names, Number(values.seed));
  return search(scenario, Number(values.seed), Number(values.schedules));
};
