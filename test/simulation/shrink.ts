/** The least of a schedule that still fails: events and faults are left out, one after the other, as long as it does. */
import type { Plan } from './plan.js';

const MOST_RUNS = 400;

/** @param fails runs a schedule */
export const shrunk = async (plan: Plan, fails: (plan: Plan) => Promise<boolean>): Promise<Plan> => {
  let least = plan;
  let runs = 0;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const part of ['faults', 'arrivals'] as const) {
      for (let n = least[part].length - 1; n >= 0 && runs < MOST_RUNS; n -= 1) {
        const without: Plan = { ...least, [part]: least[part].filter((_, index) => index !== n) };
        runs += 1;
        if (!(await fails(without))) continue;
        least = without;
        isSmaller = true;
      }
    }
  }
  return least;
};
