/**
 * Consumer groups: who reads a topic and how far.
 *
 * Their names start with the installation's prefix and end with the generation, so that a rebuild reads from the first event.
 */
import type { TopicKey } from './topics.js';

export const stages = ['commune', 'province', 'ministry'] as const;
export type Stage = (typeof stages)[number];

export const stageInput = {
  commune: 'indicatorEvents',
  province: 'communeReports',
  ministry: 'provinceRollups',
} as const satisfies Record<Stage, TopicKey>;

export const projectionInputs = ['communeRollups', 'provinceRollups', 'nationalRollups', 'rejectedEvents'] as const;

export type ProjectionInput = (typeof projectionInputs)[number];

export const rollupGroup = (prefix: string, stage: Stage, generation: number): string =>
  `${prefix}.rollup-${stage}.g${generation}`;

export const projectionGroup = (prefix: string, topic: string, generation: number): string =>
  `${prefix}.projection.${topic.slice(prefix.length + 1)}.g${generation}`;
