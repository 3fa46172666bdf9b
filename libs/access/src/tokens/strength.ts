/**
 * How strongly somebody has signed in, by what the provider says of it (`acr`): how an agency demands two factors.
 *
 * What the names mean is the provider's; only those that the configuration lists are taken, and no order is guessed among them.
 */
import type { Claims } from './claims.js';

/** The sign-in did not take as much as is demanded. */
export type WeakSignIn = 'WEAK_SIGN_IN';

/** @param claims of a token that the provider has signed */
export const isStrong = (
  { acr }: Claims,
  { OIDC_REQUIRED_ACR: demanded }: { readonly OIDC_REQUIRED_ACR: readonly string[] },
): boolean => demanded.length === 0 || (typeof acr === 'string' && demanded.includes(acr));
