/**
 * Refusals that are audited before they are answered: what somebody known may not (403), where letting him would be audited too, and what was sent as a
 * credential and is none (401).
 *
 * Anybody can send wrong credentials, so those are bounded: one entry at once for an address and minute, one more at its end that says how many there were,
 * and one for all addresses beyond so many. A cookie is not among them: a session that has ended is nobody's attempt.
 */
import { inBackground } from '#promises';
import type { AuditLog, Noted } from './audit-log.js';
import { auditedAs } from './audited-requests.js';
import type { Asked } from './decision.js';
import { partsOf } from './keys/api-key.js';
import type { Principal } from './principal.js';
import type { Rule } from './rules.js';

const MINUTE_MS = 60_000;
const MOST_ADDRESSES = 256;
/** Of those beyond. */
const OTHERS = 'others';

export interface RefusedRequest {
  readonly from: string;
  /** `Authorization`, as it came. */
  readonly authorization: string | undefined;
  readonly hasCertificate: boolean;
}

export class AuditedRefusals {
  /** Of this minute, by address. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly log: Pick<AuditLog, 'note'>) {}

  /** Undefined: nothing is noted. What it resolves by is answered, what it rejects by too. */
  outOfScope(rule: Rule, asked: Asked, who: Principal, from: string): Promise<void> | undefined {
    const noted = auditedAs(rule, asked, who, true);
    return noted && this.log.note({ who, from, outcome: 'FORBIDDEN', ...noted });
  }

  unknownCaller({ from, authorization, hasCertificate }: RefusedRequest): Promise<void> | undefined {
    if (authorization === undefined && !hasCertificate) return undefined;
    const isCounted = this.counts.has(from) || this.counts.size < MOST_ADDRESSES;
    return this.counted(isCounted ? from : OTHERS, keyIn(authorization));
  }

  private counted(address: string, key: string | undefined): Promise<void> | undefined {
    const count = this.counts.get(address) ?? 0;
    this.counts.set(address, count + 1);
    if (count > 0) return undefined;
    setTimeout(() => this.endMinute(address), MINUTE_MS).unref();
    return this.log.note(refused(address, key === undefined ? {} : { key })).catch((error: unknown) => {
      this.counts.delete(address);
      throw error;
    });
  }

  private endMinute(address: string): void {
    const count = this.counts.get(address) ?? 0;
    this.counts.delete(address);
    // With Kafka away the number is lost; that it happened was noted before anything was answered.
    if (count > 1) inBackground(this.log.note(refused(address, { count: String(count) })), () => undefined);
  }
}

const refused = (address: string, facts: Readonly<Record<string, string>>): Noted => ({
  what: 'credentials.refused',
  who: null,
  unit: null,
  from: address === OTHERS ? null : address,
  outcome: 'UNAUTHENTICATED',
  facts,
});

/** The public part of what has the form of a key: one that was revoked, perhaps, and is still in use somewhere. */
const keyIn = (authorization: string | undefined): string | undefined =>
  partsOf(authorization?.replace(/^Bearer +/i, '') ?? '')?.id;
