/** Seeded choices. */
import { seeded } from '../kit/seeded-workload.js';

export type Random = () => number;

export { seeded };

/** A whole number from 0 to below `top`. */
export const below = (random: Random, top: number): number => Math.floor(random() * top);
export const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)];
export const between = (random: Random, from: number, to: number): number => from + random() * (to - from);
