import type { ScenarioName } from './scenario.js';

/** The bugs that can be put back on purpose (planted.ts), and where they show. */
export const plantedNames = [
  'commit-before-write',
  'no-offset-guard',
  'delta-records',
  'partial-bulk-write-acknowledged',
  'flush-lost-on-revoke',
  'issued-again',
] as const;
export type PlantedBug = (typeof plantedNames)[number];

export const shownIn = (bug: PlantedBug): ScenarioName => (bug === 'issued-again' ? 'summaries' : 'stages');
