/**
 * Sign-in at an OpenID provider: authorization code with PKCE, by openid-client.
 *
 * The provider is looked up when somebody first signs in, and again as long as it does not answer: it may start later than the service. A
 * person's signature counts only from the provider's own keys.
 */
import type * as OpenIdClient from 'openid-client';
import type { Logger } from '#service';
import { ProviderUnavailable, claimAt, principalOf, type Claims, type ClaimsRefused } from '../tokens/index.js';
import type { Principal } from '../principal.js';
import { clientOf, type PeopleConfig } from './people.config.js';
import type { PendingSignIn } from './sessions.js';

const SCOPE = 'openid profile';
const ANSWER_SECONDS = 5;

/** `REFUSED`: the provider did not vouch for anybody; a forged or repeated answer is among these. */
export type SignInRefused = ClaimsRefused | 'REFUSED';

interface Known {
  readonly client: typeof OpenIdClient;
  readonly provider: OpenIdClient.Configuration;
}

export class OpenId {
  private known?: Promise<Known>;

  constructor(
    private readonly config: PeopleConfig,
    private readonly logger: Logger,
  ) {}

  /** Where a person signs in, and what the answer is checked by. @param as whom the provider is asked for */
  async begin(
    redirectUri: string,
    to: string,
    as?: string,
  ): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
    const { client, provider } = await this.provider();
    const verifier = client.randomPKCECodeVerifier();
    const pending = { state: client.randomState(), nonce: client.randomNonce(), verifier, to, redirectUri };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
      ...(as === undefined ? {} : { login_hint: as }),
    });
    return { url: url.href, pending };
  }

  /**
   * Who it is, by the provider's answer.
   *
   * @param query of the address that the browser came back to
   */
  async finish(
    query: string,
    { state, nonce, verifier, redirectUri }: PendingSignIn,
  ): Promise<Principal | SignInRefused> {
    const { client, provider } = await this.provider();
    const came = new URL(redirectUri);
    came.search = query;
    try {
      const answer = await client.authorizationCodeGrant(provider, came, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = answer.claims() as OpenIdClient.IDToken;
      return principalOf(await this.withUserInfo(claims, answer.access_token), this.config);
    } catch (error) {
      if (isAnswer(error)) return this.refused(error);
      throw new ProviderUnavailable('the OpenID provider does not answer', {}, { cause: error });
    }
  }

  /** For whoever looks after the service: a secret that the provider does not take shows here alone. */
  private refused(error: unknown): 'REFUSED' {
    const { code, error: said } = error as { code?: string; error?: string };
    this.logger.warn({ code, said }, 'a sign-in was refused');
    return 'REFUSED';
  }

  /** Many providers keep short what they sign, and say the rest when asked. */
  private async withUserInfo(claims: OpenIdClient.IDToken, token: string): Promise<Claims> {
    const { OIDC_ROLES_CLAIM, OIDC_UNIT_CLAIM } = this.config;
    const isWhole = [OIDC_ROLES_CLAIM, OIDC_UNIT_CLAIM].every((name) => claimAt(claims, name) !== undefined);
    const { client, provider } = await this.provider();
    if (isWhole || provider.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(provider, token, claims.sub)), ...claims };
  }

  private provider(): Promise<Known> {
    this.known ??= this.discover().catch((error: unknown) => {
      this.known = undefined;
      throw new ProviderUnavailable('the OpenID provider does not answer', {}, { cause: error });
    });
    return this.known;
  }

  private async discover(): Promise<Known> {
    const { OIDC_ISSUER } = this.config;
    if (OIDC_ISSUER === undefined) throw new Error('no OpenID provider is configured');
    const client = await import('openid-client');
    const { id, secret } = clientOf(this.config);
    const issuer = new URL(OIDC_ISSUER);
    // The configuration has refused http wherever it is not for a demonstration or on this machine.
    const plain = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const provider = await client.discovery(issuer, id, undefined, client.ClientSecretBasic(secret), {
      execute: [client.enableNonRepudiationChecks, ...plain],
      timeout: ANSWER_SECONDS,
    });
    return { client, provider };
  }
}

const silences = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

/** Whether it is an answer that is wrong, rather than that none came: openid-client gives those a code of its own. */
const isAnswer = (error: unknown): boolean => {
  const { code, status } = error as { code?: unknown; status?: number };
  return typeof code === 'string' && code.startsWith('OAUTH_') && !silences.has(code) && !((status ?? 0) >= 500);
};
