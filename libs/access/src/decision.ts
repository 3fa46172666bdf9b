/**
 * What a rule says to a request: go on, or why not. Pure; the guard asks and answers by it.
 */
import { isWithin, mayAnywhere, seesEverything } from './policy.js';
import type { Principal } from './principal.js';
import { OWN_UNIT, type Rule, type UnitPlace } from './rules.js';

export type Decision = 'go on' | 'unknown caller' | 'out of scope';

/** A request, as far as it says which unit it is about. */
export interface Asked {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Of the route, `/v1/months/:unit/:period/lock`. */
  readonly path?: string;
  /** As which table it is asked for; left out: as none. */
  readonly form?: string;
}

/**
 * Decides by a route's rule; one without a rule lets nobody in.
 *
 * A unit that is out of scope and one that does not exist are the same to a caller who does not see everything. Where a unit is not named, or
 * named twice, the route itself says what is wrong: it answers nothing then.
 */
export const decide = (rule: Rule | undefined, principal: Principal | undefined, asked: Asked): Decision => {
  if (rule !== undefined && 'open' in rule) return 'go on';
  if (principal === undefined) return 'unknown caller';
  if (rule === undefined) return 'out of scope';
  if ('signedIn' in rule) return 'go on';
  if (!mayAnywhere(principal, rule.action)) return 'out of scope';
  if (rule.unit === undefined || seesEverything(principal)) return 'go on';
  const units = namedUnits(rule.unit, principal, asked);
  return units.every((unit) => isWithin(principal, unit)) ? 'go on' : 'out of scope';
};

/** What a request says at the place where its unit stands: nothing, a text, or several. */
export const namedAt = ({ query, param }: UnitPlace, asked: Asked): unknown => {
  if (param !== undefined) return asked.params[param];
  return query === undefined ? undefined : asked.query[query];
};

const namedUnits = ({ query, param, orElse }: UnitPlace, { unit }: Principal, asked: Asked): string[] => {
  const all = [namedAt({ query, param }, asked)].flat().filter((each) => typeof each === 'string');
  if (all.length > 0 || orElse === undefined) return all;
  return [orElse === OWN_UNIT ? unit : orElse];
};
