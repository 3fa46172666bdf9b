/**
 * Signing in and out: from a click to a session, and its end.
 *
 * An answer of the provider counts once, for the browser that began, and only with the state that was given to it. Every outcome is told to whoever
 * keeps account of it (`SignInWatch`) before it is answered.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../principal.js';
import { clearCookie, cookieIn, setCookie } from './cookies.js';
import type { HowAsked, OpenId, SignedIn, SignInRefused } from './open-id.js';
import { localPath } from './local-path.js';
import { handleOf } from './session.js';
import type { Sessions } from './sessions.js';

/** `EXPIRED`: nothing began in this browser, or too long ago, or it has had its answer. */
export type SignInFailure = SignInRefused | 'EXPIRED';

export interface SignInOutcome {
  readonly what: 'signed-in' | 'refused' | 'signed-out' | 'session-ended';
  readonly principal?: Principal;
  /** `TOO_MANY`: the oldest session ended because a further one began. */
  readonly code?: SignInFailure | 'TOO_MANY';
  /** What an ended session is called; opens nothing. */
  readonly session?: string;
  /** The address that it was asked from. */
  readonly from: string;
}

/** Told of every sign-in, refusal and sign-out; nothing is answered before. */
export class SignInWatch {
  private listener: (outcome: SignInOutcome) => Promise<void> = () => Promise.resolve();

  onSignIn(listener: (outcome: SignInOutcome) => Promise<void>): void {
    this.listener = listener;
  }

  tell(outcome: SignInOutcome): Promise<void> {
    return this.listener(outcome);
  }
}

/** A request, as far as sign-in goes by it. */
export interface SignInRequest {
  readonly headers: IncomingHttpHeaders;
  /** The address that it comes from. */
  readonly ip: string;
  /** Where this service is reached: `http://host:port`. */
  readonly origin: string;
}

export interface Redirection {
  readonly to: string;
  readonly cookies: readonly string[];
}

export interface Refused {
  readonly refused: SignInFailure;
  readonly cookies: readonly string[];
}

export interface SignedOut {
  /** Where the browser signs out of the provider too; undefined where there is no such place, or was no session. */
  readonly provider?: string;
  /** Take the session's away. */
  readonly cookies: readonly string[];
}

export class SignIn {
  constructor(
    private readonly openId: OpenId,
    private readonly sessions: Sessions,
    private readonly watch: SignInWatch,
    private readonly isPlain: boolean,
  ) {}

  /** To the provider. @param to where on this service it goes on afterwards */
  async begin({ origin }: SignInRequest, to: string | undefined, how: HowAsked): Promise<Redirection> {
    const { url, pending } = await this.openId.begin(`${origin}/sign-in/callback`, localPath(to) ?? '/', how);
    const id = await this.sessions.beginSignIn(pending);
    return { to: url, cookies: [setCookie('tonghop-sign-in', id, this.isPlain)] };
  }

  /** From the provider. @param query of the address that it sent the browser to */
  async finish({ headers, ip }: SignInRequest, query: string): Promise<Redirection | Refused> {
    const begun = cookieIn(headers, 'tonghop-sign-in', this.isPlain);
    const pending = begun === undefined ? undefined : await this.sessions.takeSignIn(begun);
    const who = pending === undefined ? 'EXPIRED' : await this.openId.finish(query, pending);
    const over = clearCookie('tonghop-sign-in', this.isPlain);
    if (pending === undefined || typeof who === 'string') {
      const code = who as SignInFailure;
      await this.watch.tell({ what: 'refused', code, from: ip });
      return { refused: code, cookies: [over] };
    }
    await this.watch.tell({ what: 'signed-in', principal: who.principal, from: ip });
    const id = await this.changeSession(headers, who, ip);
    return { to: pending.to, cookies: [over, setCookie('tonghop', id, this.isPlain)] };
  }

  /** Ends the session; without one nothing happens. */
  async end({ headers, ip, origin }: SignInRequest): Promise<SignedOut> {
    const id = cookieIn(headers, 'tonghop', this.isPlain);
    const session = id === undefined ? undefined : await this.sessions.use(id);
    if (id !== undefined && session !== undefined) {
      await this.sessions.end(id);
      await this.watch.tell({ what: 'signed-out', principal: session.principal, from: ip });
    }
    const provider = session && (await this.openId.signOutAt(session.idToken, `${origin}/`));
    return { provider, cookies: [clearCookie('tonghop', this.isPlain)] };
  }

  /** A new session with a new secret; one that the browser had ends. */
  private async changeSession(
    headers: IncomingHttpHeaders,
    { principal, authenticatedAt, idToken }: SignedIn,
    from: string,
  ): Promise<string> {
    const before = cookieIn(headers, 'tonghop', this.isPlain);
    if (before !== undefined) await this.sessions.end(before);
    const { id, ended } = await this.sessions.begin(principal, { from, authenticatedAt, idToken });
    for (const { hash } of ended)
      await this.watch.tell({ what: 'session-ended', principal, from, code: 'TOO_MANY', session: handleOf(hash) });
    return id;
  }
}
