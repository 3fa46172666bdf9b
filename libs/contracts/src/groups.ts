/**
 * Consumer groups: who reads a topic and how far.
 *
 * Their names start with the installation's prefix and end with the generation, so that a rebuild reads from the first event.
 */
import { checkedBeside } from './event-topics.js';
import type { TopicKey, Topics } from './topics.js';

export const stages = ['check', 'province', 'ministry'] as const;
export type Stage = (typeof stages)[number];

export const stageInput = {
  check: 'indicatorEvents',
  province: 'communeReports',
  ministry: 'provinceRollups',
} as const satisfies Record<Stage, TopicKey>;

export const projectionInputs = ['communeRollups', 'provinceRollups', 'nationalRollups', 'rejectedEvents'] as const;

export type ProjectionInput = (typeof projectionInputs)[number];

export const rollupGroup = (prefix: string, stage: Stage, generation: number): string =>
  `${prefix}.rollup-${stage}.g${generation}`;

export const projectionGroup = (prefix: string, topic: string, generation: number): string =>
  `${prefix}.projection.${topic.slice(prefix.length + 1)}.g${generation}`;

/** Stages as people know them, in the order in which a report passes through. */
const stepNames = { check: 'check stage', province: 'province stage', ministry: 'ministry stage' } as const;

/** What a summary is made of (what was ever known of units), and the windows that a request is held against. */
const summaryInputs = [
  'provinceRollups',
  'nationalRollups',
  'communeRollups',
] as const satisfies readonly ProjectionInput[];

const stepsTo = (inputs: readonly ProjectionInput[], prefix: string, topics: Topics, generation: number) => [
  ...stages.map((stage) => ({
    name: stepNames[stage],
    group: rollupGroup(prefix, stage, generation),
    topic: topics[stageInput[stage]],
    besides: stage === 'check' ? checkedBeside(topics) : [],
  })),
  ...inputs.map((key) => ({
    name: 'projection',
    group: projectionGroup(prefix, topics[key], generation),
    topic: topics[key],
  })),
];

/** Which groups have to have read which topics, one after the other, before an event is in what a summary is made of. */
export const summarySteps = (prefix: string, topics: Topics, generation: number) =>
  stepsTo(summaryInputs, prefix, topics, generation);

/** The same, before an event is in what was ever known of its unit, which figures as of an instant are made of. */
export const historySteps = (prefix: string, topics: Topics, generation: number) =>
  stepsTo(['communeRollups'], prefix, topics, generation).filter(({ name }) => name !== stepNames.ministry);

/** The same, before an event is in the national figures that MongoDB has. */
export const nationalSteps = (prefix: string, topics: Topics, generation: number) =>
  stepsTo(['nationalRollups'], prefix, topics, generation);
