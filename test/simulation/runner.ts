/** One process of the simulation: runs the schedules that it is given, and shrinks the first few that fail. */
import { inBackground } from '#promises';
import type { PlantedBug } from './planted-names.js';
import { plantedBugs } from './planted.js';
import { loadScenario, type Scenario, type ScenarioName } from './scenario.js';
import { shrunk, type AnyPlan } from './shrink.js';

export interface Task {
  readonly scenario: ScenarioName;
  readonly from: number;
  readonly to: number;
  readonly planted?: PlantedBug;
  readonly untilFound: boolean;
}

export interface Found {
  readonly seed: number;
  readonly failure: string;
  readonly trace: readonly string[];
}

const MOST_SHRUNK = 2;

let planted: PlantedBug | undefined;

/** What is left of a schedule that failed, as text, and how it went. */
const shown = async (scenario: Scenario, plan: AnyPlan): Promise<string[]> => {
  const least = await shrunk(plan, async (smaller) => (await scenario.run(smaller)).failure !== undefined);
  const { failure, trace } = await scenario.run(least, true);
  const events = least.arrivals.map(({ at, message }) => `  ${(at / 1000).toFixed(3)} s  ${message.value}`);
  const faults = least.faults.map(({ kind, on, at, forMs }) => {
    return `  ${(at / 1000).toFixed(3)} s  ${kind} ${on} for ${Math.round(forMs)} ms`;
  });
  return [`the least that fails: ${failure}`, 'events', ...events, 'faults', ...faults, 'what happened', ...trace];
};

const run = async ({ scenario: name, from, to, planted: bug, untilFound }: Task) => {
  const scenario = await loadScenario(name);
  if (bug !== undefined && planted === undefined) plantedBugs[(planted = bug)]();
  const failed: Found[] = [];
  let steps = 0;
  let seed = from;
  for (; seed < to && !(untilFound && failed.length > 0); seed += 1) {
    const plan = scenario.planOf(seed);
    const outcome = await scenario.run(plan);
    steps += outcome.steps;
    if (outcome.failure === undefined) continue;
    const trace = untilFound || failed.length >= MOST_SHRUNK ? [] : await shown(scenario, plan);
    failed.push({ seed, failure: outcome.failure, trace });
  }
  return { failed, steps, schedules: seed - from };
};

// A fault is made thousands of times; nobody reads where.
Error.stackTraceLimit = 0;
process.on('message', (task: Task) => inBackground(run(task).then((answer) => process.send?.(answer))));
