/**
 * Sessions that were just read, kept for a moment, so that a page that asks a hundred times asks Redis once. Pure.
 *
 * Kept is only what was used, and so stays in Redis for longer than it is kept here: nothing outlives its idle limit. Whoever keeps it says
 * when ends are heard (`hears`); while they are not, nothing is kept. What was asked for before an end was heard is not kept after it: it may be that end
 * that it does not know of.
 */
import type { Session } from './session.js';

/** A lost word of an end counts for no longer, and a session that is used ends at most so much earlier than it could. */
const KEPT_MS = 1_000;
/** Of the idle time, where that is short. */
const SHARE = 4;
const MOST_KEPT = 10_000;

interface Kept {
  readonly session: Session;
  readonly until: number;
}

export class RememberedSessions {
  /** By what the browser holds, which saves a hash at each request. */
  private readonly kept = new Map<string, Kept>();
  private readonly keptMs: number;
  private isHearing = false;
  private ends = 0;

  constructor(idleMs: number) {
    this.keptMs = Math.min(KEPT_MS, idleMs / SHARE);
  }

  /** Whether ends are heard from now on. What is kept was read before, and is forgotten. */
  hears(isHearing: boolean): void {
    this.isHearing = isHearing;
    this.forget();
  }

  /** To be handed to `keep`: says how much was heard when a session was asked for. */
  get mark(): number {
    return this.ends;
  }

  keep(id: string, session: Session, now: number, mark: number): void {
    if (!this.isHearing || mark !== this.ends) return;
    this.forgetOver(now);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.delete(id);
    this.kept.set(id, { session, until: Math.min(now + this.keptMs, session.endsAt) });
  }

  find(id: string, now: number): Session | undefined {
    const found = this.kept.get(id);
    if (found === undefined) return undefined;
    if (now < found.until) return found.session;
    this.kept.delete(id);
    return undefined;
  }

  get size(): number {
    return this.kept.size;
  }

  /** A session of somebody has ended. @param principal left out: whoever's */
  forget(principal?: string): void {
    this.ends += 1;
    if (principal === undefined) this.kept.clear();
    else for (const [id, { session }] of this.kept) if (session.principal.id === principal) this.kept.delete(id);
  }

  /** What is over and was not asked for again. They stand in the order in which they were kept, which is that of their ends but for a session's own. */
  private forgetOver(now: number): void {
    for (const [id, { until }] of this.kept) {
      if (now < until) return;
      this.kept.delete(id);
    }
  }
}
