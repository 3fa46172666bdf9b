/**
 * The rule of a route, beside the route: open to all, for anyone who is known, or for whoever may do an action for the unit that is asked for.
 *
 * A route without a rule does not answer, and `npm run check` fails (route-rules.spec.ts). Fastify is told too whether a route is open, so that
 * nobody unknown is listened to any longer than his headers.
 */
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Action } from './policy.js';

/** Where a request says which unit it is about. */
export interface UnitPlace {
  readonly query?: string;
  readonly param?: string;
  /** Where the request names none: a unit's code, or the principal's own. */
  readonly orElse?: string;
  /** The answer shows communes, whatever unit is asked for. */
  readonly downTo?: 'communes';
}

export type Rule =
  | { readonly open: true; /** How often: by the address. */ readonly limited?: true }
  | { readonly signedIn: true }
  | {
      readonly action: Action;
      /** Undefined: what the request is about is looked at where it is read, as the units of events. */
      readonly unit?: UnitPlace;
      /** The answer is made while its audit entry is written, and held until that is there (`noted` of the request). */
      readonly isHeld?: true;
    };

/** In Nest's metadata of a handler, and in the configuration of Fastify's route. */
export const RULE = 'access';
/** The unit of a principal, in place of one that a request does not name. */
export const OWN_UNIT = 'own';

const ruled = (rule: Rule): MethodDecorator =>
  applyDecorators(SetMetadata(RULE, rule), RouteConfig({ [RULE]: rule }) as MethodDecorator);

/** For everybody. */
export const Open = (): MethodDecorator => ruled({ open: true });

/** For everybody, as often as the limit of an address lets him: what costs something to answer. */
export const OpenLimited = (): MethodDecorator => ruled({ open: true, limited: true });

/** For everybody who is known. */
export const SignedIn = (): MethodDecorator => ruled({ signedIn: true });

/** For whoever may do the action, for the unit that the request is about. */
export const Needs = (action: Action, unit?: UnitPlace): MethodDecorator => ruled({ action, unit });

/** The same for a route that reads, and sends nothing before `noted` of its request has resolved. */
export const NeedsAndHolds = (action: Action, unit?: UnitPlace): MethodDecorator =>
  ruled({ action, unit, isHeld: true });
