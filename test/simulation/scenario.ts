/** What is simulated: the stages from event to rollup, or the summaries. Each is loaded only where it runs. */
import type { AnyPlan } from './shrink.js';
import type { Outcome } from './world.js';

export const scenarioNames = ['stages', 'summaries'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  planOf(seed: number): AnyPlan;
  run(plan: AnyPlan, isTracing?: boolean): Promise<Outcome>;
}

const scenario = <P extends AnyPlan>(
  planOf: (seed: number) => P,
  run: (plan: P, isTracing?: boolean) => Promise<Outcome>,
): Scenario => ({
  planOf,
  run: (plan, isTracing) => run(plan as P, isTracing),
});

const load: Readonly<Record<ScenarioName, () => Promise<Scenario>>> = {
  stages: async () => {
    const [{ planOf }, { World }] = await Promise.all([import('./plan.js'), import('./world.js')]);
    return scenario(planOf, (plan, isTracing) => new World(plan).run(isTracing));
  },
  summaries: async () => {
    const { reportsPlanOf, ReportsWorld } = await import('./reports-world.js');
    return scenario(reportsPlanOf, (plan, isTracing) => new ReportsWorld(plan).run(isTracing));
  },
};

export const loadScenario = (name: ScenarioName): Promise<Scenario> => load[name]();
