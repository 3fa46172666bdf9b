/**
 * A person's own sessions: what he sees of them, and how he ends one that he has left open somewhere.
 *
 * Nothing shown opens a session. Nobody sees or ends another's, and cannot tell one from none. To end any but the present one takes a sign-in a short while
 * ago, as the provider says it: whoever finds a browser open cannot put its owner out elsewhere.
 */
import type { Principal } from '../principal.js';
import { cookieIn } from './cookies.js';
import { hashOf, type Sessions } from './sessions.js';
import { handleOf, type SessionView } from './session.js';
import type { SignInRequest, SignInWatch } from './sign-in.js';

export interface OwnSession {
  /** What it is called when it is to be ended; opens nothing. */
  readonly session: string;
  /** ISO 8601 in UTC. */
  readonly began: string;
  readonly lastUsed: string;
  readonly from: string | null;
  readonly isThis: boolean;
}

/** Which: the one of this name, or all but the present one. */
export type WhichSessions = { readonly session: string } | { readonly others: true };

/** How many have ended; `NOT_FOUND`: one has none of this name; `SIGN_IN_AGAIN`: the sign-in was too long ago. */
export type EndedOrNot = number | 'NOT_FOUND' | 'SIGN_IN_AGAIN';

export interface OwnSessionsOptions {
  readonly isPlain: boolean;
  /** So long ago a sign-in may be for other sessions to be ended, in milliseconds. */
  readonly freshMs: number;
}

/** Whether the provider has seen whose session it is since then. Where it does not say when, it has not. */
const isFresh = (session: Pick<SessionView, 'authenticatedAt'> | undefined, now: number, freshMs: number): boolean =>
  session?.authenticatedAt !== undefined && now - session.authenticatedAt <= freshMs;

export class OwnSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly watch: SignInWatch,
    private readonly options: OwnSessionsOptions,
    private readonly now: () => number,
  ) {}

  /** The newest first. */
  async list({ headers }: Pick<SignInRequest, 'headers'>, principal: Principal): Promise<OwnSession[]> {
    const present = this.presentHash(headers);
    const held = await this.sessions.of(principal.id);
    return held.reverse().map(({ hash, issuedAt, usedAt, from }) => ({
      session: handleOf(hash),
      began: new Date(issuedAt).toISOString(),
      lastUsed: new Date(usedAt).toISOString(),
      from: from ?? null,
      isThis: hash === present,
    }));
  }

  async end({ headers, ip }: SignInRequest, principal: Principal, which: WhichSessions): Promise<EndedOrNot> {
    const present = this.presentHash(headers);
    const held = await this.sessions.of(principal.id);
    const chosen = held.filter(({ hash }) => ('others' in which ? hash !== present : handleOf(hash) === which.session));
    if ('session' in which && chosen.length === 0) return 'NOT_FOUND';
    const isOfOthers = 'others' in which || chosen.some(({ hash }) => hash !== present);
    const own = held.find(({ hash }) => hash === present);
    if (isOfOthers && !isFresh(own, this.now(), this.options.freshMs)) return 'SIGN_IN_AGAIN';
    for (const session of chosen) {
      if (await this.sessions.endHashed(session.hash)) await this.watch.tell(ended(principal, ip, session));
    }
    return chosen.length;
  }

  private presentHash(headers: SignInRequest['headers']): string | undefined {
    const id = cookieIn(headers, 'tonghop', this.options.isPlain);
    return id === undefined ? undefined : hashOf(id);
  }
}

const ended = (principal: Principal, from: string, { hash }: SessionView) =>
  ({ what: 'session-ended', principal, from, session: handleOf(hash) }) as const;
