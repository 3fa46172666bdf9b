/** The provinces' plans: what each of them set itself, by indicator and year. */
import { reference } from './data.js';
import type { Plan } from './reference.types.js';

export type { Plan } from './reference.types.js';

export const { plans } = reference.plans;
export const planOf = (unit: string): Plan | undefined => plans.find((plan) => plan.unit === unit);
