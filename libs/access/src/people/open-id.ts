/**
 * Sign-in at an OpenID provider: authorization code with PKCE, by openid-client.
 *
 * The provider is looked up when somebody first signs in, and again as long as it does not answer: it may start later than the service. A
 * person's signature counts only from the provider's own keys.
 */
import type * as OpenIdClient from 'openid-client';
import type { Logger } from '#service';
import {
  ProviderUnavailable,
  claimAt,
  isStrong,
  principalOf,
  type Claims,
  type ClaimsRefused,
  type WeakSignIn,
} from '../tokens/index.js';
import type { Principal } from '../principal.js';
import { clientOf, type PeopleConfig } from './people.config.js';
import type { PendingSignIn } from './sessions.js';

const SCOPE = 'openid profile';
const ANSWER_SECONDS = 5;
/** An address that is much longer is turned away on the way. */
const LONGEST_HINT = 4_000;

/** `REFUSED`: the provider did not vouch for anybody; a forged or repeated answer is among these. */
export type SignInRefused = ClaimsRefused | WeakSignIn | 'REFUSED';

export interface HowAsked {
  /** As whom the provider is asked for. */
  readonly as?: string;
  /** The provider has to see anew who it is. */
  readonly again?: boolean;
}

export interface SignedIn {
  readonly principal: Principal;
  /** When the provider saw who it is, as far as it says; milliseconds since the epoch. */
  readonly authenticatedAt?: number;
  /** As it came; shows the provider which sign-in is meant. */
  readonly idToken?: string;
}

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

  /** Where a person signs in, and what the answer is checked by. */
  async begin(
    redirectUri: string,
    to: string,
    { as, again = false }: HowAsked = {},
  ): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
    const { client, provider } = await this.provider();
    const { OIDC_REQUIRED_ACR } = this.config;
    const verifier = client.randomPKCECodeVerifier();
    const pending = { state: client.randomState(), nonce: client.randomNonce(), verifier, to, redirectUri, again };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
      // What the provider remembers of a person is no older than a session may be.
      max_age: String(this.maxAge(again)),
      ...(again ? { prompt: 'login' } : {}),
      ...(OIDC_REQUIRED_ACR.length === 0 ? {} : { acr_values: OIDC_REQUIRED_ACR.join(' ') }),
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
    { state, nonce, verifier, redirectUri, again }: PendingSignIn,
  ): Promise<SignedIn | SignInRefused> {
    const { client, provider } = await this.provider();
    const came = new URL(redirectUri);
    came.search = query;
    try {
      const answer = await client.authorizationCodeGrant(provider, came, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(again ? { maxAge: this.maxAge(again) } : {}),
      });
      const claims = answer.claims() as OpenIdClient.IDToken;
      if (!isStrong(claims, this.config)) return 'WEAK_SIGN_IN';
      const principal = principalOf(await this.withUserInfo(claims, answer.access_token), this.config);
      if (typeof principal === 'string') return principal;
      const { auth_time: seconds } = claims;
      return {
        principal,
        idToken: answer.id_token,
        ...(seconds === undefined ? {} : { authenticatedAt: seconds * 1_000 }),
      };
    } catch (error) {
      if (isAnswer(error)) return this.refused(error);
      throw new ProviderUnavailable('the OpenID provider does not answer', {}, { cause: error });
    }
  }

  /**
   * Where a person signs out of the provider (OpenID Connect RP-Initiated Logout 1.0); undefined where it offers that to nobody, or does not answer: the
   * session here has ended all the same.
   *
   * @param idToken of the sign-in; without one the provider asks who is meant
   * @param back where the provider sends the browser afterwards
   */
  async signOutAt(idToken: string | undefined, back: string): Promise<string | undefined> {
    const known = await this.provider().catch(() => undefined);
    if (known?.provider.serverMetadata().end_session_endpoint === undefined) return undefined;
    const parameters = new URLSearchParams({ post_logout_redirect_uri: back });
    if (idToken !== undefined && idToken.length <= LONGEST_HINT) parameters.set('id_token_hint', idToken);
    return known.client.buildEndSessionUrl(known.provider, parameters).href;
  }

  /** In seconds. */
  private maxAge(again: boolean): number {
    const { SESSION_FRESH_MINUTES, SESSION_HOURS } = this.config;
    return Math.ceil(again ? SESSION_FRESH_MINUTES * 60 : SESSION_HOURS * 3_600);
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
