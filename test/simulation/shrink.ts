/** The least of a schedule that still fails: events and faults are left out, one after the other, as long as it does. */
import type { Fault } from './plan.js';

/** A schedule of any world. */
export interface AnyPlan {
  readonly seed: number;
  readonly arrivals: readonly { readonly at: number; readonly message: { readonly value: string } }[];
  readonly faults: readonly Fault[];
}

const MOST_RUNS = 400;

/** @param fails runs a schedule */
export const shrunk = async <P extends AnyPlan>(plan: P, fails: (plan: P) => Promise<boolean>): Promise<P> => {
  let least = plan;
  let runs = 0;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const part of ['faults', 'arrivals'] as const) {
      for (let n = least[part].length - 1; n >= 0 && runs < MOST_RUNS; n -= 1) {
        const without: P = { ...least, [part]: least[part].filter((_, index) => index !== n) };
        runs += 1;
        if (!(await fails(without))) continue;
        least = without;
        isSmaller = true;
      }
    }
  }
  return least;
};
