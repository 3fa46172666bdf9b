/**
 * A person out of what an OpenID provider claims: roles that are known here, and one unit that there is.
 *
 * Other roles of the agency's are passed over; a unit that is unknown or missing is refused, because nobody may stand for the whole by mistake.
 */
import { unitOf } from '#domain';
import { roles, type Principal, type Role } from '../principal.js';

export interface ClaimNames {
  readonly OIDC_ROLES_CLAIM: string;
  readonly OIDC_UNIT_CLAIM: string;
}

export type Claims = Readonly<Record<string, unknown>>;

/** `UNKNOWN_UNIT`: the unit is none; `NO_SUBJECT`: it is not said who it is. */
export type ClaimsRefused = 'NO_SUBJECT' | 'UNKNOWN_UNIT';

const LONGEST_NAME = 200;

/** A claim by its name, which may itself have dots in it, or else by the way to it. */
export const claimAt = (claims: Claims, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Claims)[part];
  }
  return at;
};

/** Roles that are known here, each once; a provider gives a list, or one text with spaces. */
const rolesIn = (claimed: unknown): Role[] => {
  const given = typeof claimed === 'string' ? claimed.split(/[\s,]+/) : Array.isArray(claimed) ? claimed : [];
  return roles.filter((role) => given.includes(role));
};

const nameIn = ({ name, preferred_username: user, sub }: Claims): string =>
  [name, user, sub].find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? '';

export const principalOf = (claims: Claims, names: ClaimNames): Principal | ClaimsRefused => {
  const { iss, sub } = claims;
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return 'NO_SUBJECT';
  const code = claimAt(claims, names.OIDC_UNIT_CLAIM);
  const unit = typeof code === 'string' ? unitOf(code) : undefined;
  if (unit === undefined) return 'UNKNOWN_UNIT';
  return {
    id: `${iss} ${sub}`,
    name: nameIn(claims).slice(0, LONGEST_NAME),
    kind: 'person',
    roles: rolesIn(claimAt(claims, names.OIDC_ROLES_CLAIM)),
    unit: unit.code,
  };
};
