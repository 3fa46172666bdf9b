/**
 * A person by an access token of the configured provider: `Authorization: Bearer JWT`.
 *
 * The provider's keys are fetched when the first token comes, kept, and fetched again for a key that is not among them, so that it may start later
 * than the service and change its keys. Apart from `#access/people`: intake takes tokens and loads no Redis client (docs/adr/0014).
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { JWTVerifyGetKey } from 'jose';
import { AppError } from '#domain';
import type { Principal } from '../principal.js';
import { principalOf } from './claims.js';
import { audienceOf, type ProviderConfig } from './provider.config.js';
import { isStrong } from './strength.js';

export class ProviderUnavailable extends AppError {
  readonly code = 'SIGN_IN_UNAVAILABLE';
  readonly retryable = true;
}

export interface Asked {
  readonly headers: IncomingHttpHeaders;
}

const ANSWER_MS = 5_000;
/** Providers' clocks and ours. */
const TOLERANCE_SECONDS = 30;
/** Signatures that only the provider can make: nothing that shares a secret, nothing unsigned. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The JWT that a request brings; undefined for an API key, or nothing. */
export const jwtIn = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  bearer.exec(authorization ?? '')?.[1];

export class TokenAuthenticator {
  private keys?: Promise<JWTVerifyGetKey>;

  constructor(private readonly config: ProviderConfig) {}

  /**
   * Whose token it is; undefined without one, or with one that is not the provider's, not for this service, over, too weak, or of nobody known.
   *
   * Throws `ProviderUnavailable` where the provider's keys are not to be had.
   */
  async authenticate({ headers }: Asked): Promise<Principal | undefined> {
    const token = jwtIn(headers);
    const issuer = this.config.OIDC_ISSUER;
    if (token === undefined || issuer === undefined) return undefined;
    const { jwtVerify, errors } = await import('jose');
    const keys = await this.keysOf(issuer);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: audienceOf(this.config),
        algorithms,
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      if (!isStrong(payload, this.config)) return undefined;
      const who = principalOf(payload, this.config);
      return typeof who === 'string' ? undefined : who;
    } catch (error) {
      const isOfToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      if (isOfToken && error.code !== 'ERR_JOSE_GENERIC') return undefined;
      throw new ProviderUnavailable('the keys of the OpenID provider are not to be had', {}, { cause: error });
    }
  }

  private keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    this.keys ??= discoverKeys(issuer).catch((error: unknown) => {
      this.keys = undefined;
      throw new ProviderUnavailable('the OpenID provider does not answer', {}, { cause: error });
    });
    return this.keys;
  }
}

const discoverKeys = async (issuer: string): Promise<JWTVerifyGetKey> => {
  const { createRemoteJWKSet } = await import('jose');
  const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(at, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
  if (!answer.ok) throw new Error(`the provider answers ${answer.status}`);
  const described = (await answer.json()) as { issuer?: string; jwks_uri?: string };
  if (described.issuer !== issuer) throw new Error('the provider says that it is another issuer');
  const place = new URL(described.jwks_uri ?? '');
  if (new URL(issuer).protocol === 'https:' && place.protocol !== 'https:')
    throw new Error('the keys are not by https');
  return createRemoteJWKSet(place, { timeoutDuration: ANSWER_MS });
};
