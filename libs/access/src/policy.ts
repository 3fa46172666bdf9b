/**
 * The policy: which role may do what, for its own unit and what is under it. What is not listed nobody may.
 *
 * The one place that decides. Routes name an action and where their unit stands (decorators.ts), the guard asks here, and so does whatever
 * has to leave something out of an answer. docs/access.md is made from it.
 */
import { COUNTRY, unitOf } from '#domain';
import type { Principal, Role } from './principal.js';

/** Actions, and the roles that may. */
export const policy = {
  'events.publish': ['reporter'],
  'figures.read': ['signer', 'analyst', 'auditor'],
  'held.read': ['reporter', 'signer', 'analyst', 'auditor'],
  'months.submit': ['signer'],
  'months.decide': ['signer'],
  'refusals.read': ['reporter', 'signer', 'operator'],
  'summaries.read': ['signer', 'analyst', 'auditor'],
  'summaries.request': ['analyst'],
  'contacts.read': ['signer'],
  'contacts.edit': ['signer'],
  'reminders.read': ['signer', 'analyst', 'operator', 'auditor'],
  'audit.read': ['auditor'],
  'metrics.read': ['operator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Action = keyof typeof policy;

/** Whether some role of the principal may, for one unit or another. */
export const mayAnywhere = (principal: Principal, action: Action): boolean =>
  principal.roles.some((role) => (policy[action] as readonly Role[]).includes(role));

/** Whether a unit is the principal's own or under it. A code that no unit has is within nobody's scope. */
export const isWithin = (principal: Principal, code: string): boolean => {
  for (let unit = unitOf(code); unit !== undefined; unit = unitOf(unit.parent)) {
    if (unit.code === principal.unit) return true;
  }
  return false;
};

/** Whether the principal may do this for the unit with this code. */
export const may = (principal: Principal, action: Action, code: string): boolean =>
  mayAnywhere(principal, action) && isWithin(principal, code);

/** Who sees all of the country sees also that a code is no unit's; for anybody else such a code is one more that is out of scope. */
export const seesEverything = ({ unit }: Principal): boolean => unit === COUNTRY;

/** What each role may, in the policy's order. */
export const actionsOf = (role: Role): readonly Action[] =>
  (Object.keys(policy) as Action[]).filter((action) => (policy[action] as readonly Role[]).includes(role));

/** What the principal may for its unit. */
export const actionsFor = (principal: Principal): readonly Action[] =>
  (Object.keys(policy) as Action[]).filter((action) => mayAnywhere(principal, action));
