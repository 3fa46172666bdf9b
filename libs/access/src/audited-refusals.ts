/**
 * Refusals that are audited before they are answered: what somebody known may not (403), where letting him would be audited too, events of units that
 * their sender does not report for (403), and what was sent as a credential and is none (401).
 *
 * Anybody can send wrong credentials, and a program wrong events as fast as it goes, so those are bounded: one entry at once for an address or sender and
 * minute, one more at its end that says how many there were, and one for all beyond so many. A cookie is not among them: a session that has ended
 * is nobody's attempt.
 */
import { inBackground } from '#promises';
import type { AuditLog, Noted } from './audit-log.js';
import { auditedAs } from './audited-requests.js';
import type { Asked } from './decision.js';
import { partsOf } from './keys/api-key.js';
import type { Principal } from './principal.js';
import type { Rule } from './rules.js';

const MINUTE_MS = 60_000;
const MOST_A_MINUTE = 256;
/** Of those beyond. */
const OTHERS = 'others';

export interface RefusedRequest {
  readonly from: string;
  /** `Authorization`, as it came. */
  readonly authorization: string | undefined;
  readonly hasCertificate: boolean;
}

/** Whether something was sent as a credential. */
export const isAttempt = ({ authorization, hasCertificate }: RefusedRequest): boolean =>
  authorization !== undefined || hasCertificate;

type Log = Pick<AuditLog, 'note'>;
type Facts = Readonly<Record<string, string>>;

export class AuditedRefusals {
  private readonly credentials: NotedByMinute;
  private readonly events: NotedByMinute;

  constructor(private readonly log: Log) {
    this.credentials = new NotedByMinute(log);
    this.events = new NotedByMinute(log);
  }

  /** Undefined: nothing is noted. What it resolves by is answered, what it rejects by too. */
  outOfScope(rule: Rule, asked: Asked, who: Principal, from: string): Promise<void> | undefined {
    const noted = auditedAs(rule, asked, who, true);
    return noted && this.log.note({ who, from, outcome: 'FORBIDDEN', ...noted });
  }

  unknownCaller(refused: RefusedRequest): Promise<void> | undefined {
    if (!isAttempt(refused)) return undefined;
    const key = keyIn(refused.authorization);
    const entry = (isOthers: boolean, facts: Facts): Noted => ({
      what: 'credentials.refused',
      who: null,
      unit: null,
      from: isOthers ? null : refused.from,
      outcome: 'UNAUTHENTICATED',
      facts,
    });
    return this.credentials.note(refused.from, entry, key === undefined ? {} : { key });
  }

  /** Events of a unit that their sender does not report for. */
  eventsOf(unit: string, who: Principal, from: string): Promise<void> | undefined {
    const entry = (isOthers: boolean, facts: Facts): Noted => ({
      what: 'events.publish',
      outcome: 'FORBIDDEN',
      facts,
      ...(isOthers ? { who: null, unit: null, from: null } : { who, unit, from }),
    });
    return this.events.note(who.id, entry, {});
  }
}

/** One entry for an id at once, and how many there were at the end of its minute. */
class NotedByMinute {
  /** Of this minute, by id. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly log: Log) {}

  /** @param entry what is noted, of this id or of all that are beyond */
  note(id: string, entry: (isOthers: boolean, facts: Facts) => Noted, facts: Facts): Promise<void> | undefined {
    const isOthers = !this.counts.has(id) && this.counts.size >= MOST_A_MINUTE;
    const counted = isOthers ? OTHERS : id;
    const count = this.counts.get(counted) ?? 0;
    this.counts.set(counted, count + 1);
    if (count > 0) return undefined;
    setTimeout(() => this.endMinute(counted, (more) => entry(isOthers, more)), MINUTE_MS).unref();
    return this.log.note(entry(isOthers, facts)).catch((error: unknown) => {
      this.counts.delete(counted);
      throw error;
    });
  }

  private endMinute(id: string, entry: (facts: Facts) => Noted): void {
    const count = this.counts.get(id) ?? 0;
    this.counts.delete(id);
    // With Kafka away the number is lost; that it happened was noted before anything was answered.
    if (count > 1) inBackground(this.log.note(entry({ count: String(count) })), () => undefined);
  }
}

/** The public part of what has the form of a key: one that was revoked, perhaps, and is still in use somewhere. */
const keyIn = (authorization: string | undefined): string | undefined =>
  partsOf(authorization?.replace(/^Bearer +/i, '') ?? '')?.id;
