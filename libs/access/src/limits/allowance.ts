/**
 * How much a caller may do in a window of ten seconds: more for whoever has more units under him. Pure.
 */
import { reportersOf, unitOf } from '#domain';

export interface Allowance {
  /** For whoever has few units; 0: there is no limit. */
  readonly least: number;
  /** For each reporting unit that is the caller's own or under it. */
  readonly each: number;
}

/** All the keys and people of a unit together; two, so that a key and the one that takes its place do not meet. */
const KEYS_OF_A_UNIT = 2;

export interface Allowed {
  readonly caller: number;
  readonly unit: number;
}

/** Remembers what it found: it is asked at every request. */
export const allowedOf = ({ least, each }: Allowance): ((unit: string) => Allowed) => {
  const found = new Map<string, Allowed>();
  return (code) => {
    const known = found.get(code);
    if (known !== undefined) return known;
    const unit = unitOf(code);
    const caller = Math.max(least, each * (unit === undefined ? 0 : reportersOf(unit).length));
    const allowed = { caller, unit: KEYS_OF_A_UNIT * caller };
    found.set(code, allowed);
    return allowed;
  };
};
