import type { ScenarioName } from './scenario.js';

/** The bugs that can be put back on purpose (planted.ts), and where they show. */
export const plantedNames = [
  'commit-before-write',
  'no-offset-guard',
  'delta-records',
  'partial-bulk-write-acknowledged',
  'done-before-written',
  'set-back-for-good',
  'arrival-for-receipt',
  'skyline-tail-lost',
  'decided-before-made',
  'decisions-lost-on-restore',
  'issued-again',
  'issued-of-less',
  'cut-off-without-ends',
  'asked-before-claimed',
  'claim-left-behind',
] as const;
export type PlantedBug = (typeof plantedNames)[number];

const ofSummaries: readonly PlantedBug[] = [
  'issued-again',
  'issued-of-less',
  'cut-off-without-ends',
  'asked-before-claimed',
  'claim-left-behind',
];

export const shownIn = (bug: PlantedBug): ScenarioName => (ofSummaries.includes(bug) ? 'summaries' : 'stages');
