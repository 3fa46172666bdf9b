/** A session, as Redis keeps it and as it may be shown. Neither has in it what opens it. */
import type { Principal } from '../principal.js';

export interface Session {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly endsAt: number;
  /** The address that it was begun from. */
  readonly from?: string;
  /** When the provider saw who it is, as far as it says; milliseconds since the epoch. */
  readonly authenticatedAt?: number;
  /** What the provider said of the sign-in, signed: by it the provider knows what is to end as one signs out. It opens nothing here. */
  readonly idToken?: string;
}

export type SessionFacts = Pick<Session, 'from' | 'authenticatedAt' | 'idToken'>;

export interface SessionView extends Session {
  /** SHA-256 of what the browser has. */
  readonly hash: string;
  readonly usedAt: number;
}

const HANDLE_LENGTH = 16;

/** What a session is called where it is shown. */
export const handleOf = (hash: string): string => hash.slice(0, HANDLE_LENGTH);
