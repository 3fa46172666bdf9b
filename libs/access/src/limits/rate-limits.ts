/**
 * The rate limits of a service: who has used up what he or his unit may use in ten seconds is refused before he is listened to.
 *
 * Asked and charged in memory (rate-counts.ts); what was charged goes to the counter that all processes share ten times a second. A batch that is
 * being read is never refused for it: what it costs beyond the limit is charged to the same window.
 */
import { isIPv6 } from 'node:net';
import { inBackground } from '#promises';
import type { Principal } from '../principal.js';
import { allowedOf, type Allowance, type Allowed } from './allowance.js';
import { FLUSH_MS, RateCounts, type Charge } from './rate-counts.js';
import type { RateCounter } from './rate-counter.js';
import { tooMany, type TooManyRequests } from './too-many-requests.js';

export interface LimitSettings {
  /** Of a caller; and twice of it of all callers of a unit together. */
  readonly caller: Allowance;
  /** Requests to sign in, by the address that they come from; 0: no limit. */
  readonly signIns: number;
  /** Requests with what is sent as a credential and is none, by the address that they come from; 0: no limit. */
  readonly failures: number;
}

export type LimitReason = 'key' | 'unit' | 'address' | 'streams';
export type OnLimited = (reason: LimitReason) => void;

export class RateLimits {
  private readonly counts = new RateCounts();
  private readonly allowed: (unit: string) => Allowed;
  private readonly flushing: NodeJS.Timeout;
  private isAsking = false;

  constructor(
    private readonly settings: LimitSettings,
    private readonly counter: RateCounter,
    private readonly onLimited: OnLimited,
    private readonly now: () => number,
  ) {
    this.allowed = allowedOf(settings.caller);
    this.flushing = setInterval(() => this.flush(), FLUSH_MS).unref();
  }

  /** Charges a request to who asks; instead, the refusal where he or his unit has used up what he may. */
  refusal({ id, kind, unit }: Principal): TooManyRequests | undefined {
    // Who scrapes the metrics sees what happens when nobody else is let in.
    if (this.settings.caller.least === 0 || kind === 'configuration') return undefined;
    const now = this.now();
    const allowed = this.allowed(unit);
    const [ofCaller, ofUnit] = [keyOf(id), unitOf(unit)];
    const until = this.counts.usedUpUntil(ofCaller, allowed.caller, now);
    if (until !== undefined) return this.refused('key', 'of this key or person', until - now);
    const unitUntil = this.counts.usedUpUntil(ofUnit, allowed.unit, now);
    if (unitUntil !== undefined) return this.refused('unit', 'of this unit', unitUntil - now);
    this.counts.charge(ofCaller, 1);
    this.counts.charge(ofUnit, 1);
    return undefined;
  }

  /** Charges what a request turned out to cost beside the one point that it has cost already. */
  charge({ id, kind, unit }: Pick<Principal, 'id' | 'kind' | 'unit'>, points: number): void {
    if (points <= 0 || this.settings.caller.least === 0 || kind === 'configuration') return;
    this.counts.charge(keyOf(id), points);
    this.counts.charge(unitOf(unit), points);
  }

  /** The same for a route that anybody may ask, by the address. */
  refusalAt(address: string): TooManyRequests | undefined {
    return this.refusalOf(`address:${networkOf(address)}`, this.settings.signIns);
  }

  /** The same for a credential that is none. Whoever is known is not refused for it: another's failures lock nobody out. */
  refusalOfFailure(address: string): TooManyRequests | undefined {
    return this.refusalOf(`failures:${networkOf(address)}`, this.settings.failures);
  }

  private refusalOf(id: string, allowed: number): TooManyRequests | undefined {
    if (allowed === 0) return undefined;
    const now = this.now();
    const until = this.counts.usedUpUntil(id, allowed, now);
    if (until !== undefined) return this.refused('address', 'of this address', until - now);
    this.counts.charge(id, 1);
    return undefined;
  }

  async close(): Promise<void> {
    clearInterval(this.flushing);
    await this.counter.close();
  }

  private refused(reason: LimitReason, whose: string, ms: number): TooManyRequests {
    this.onLimited(reason);
    return tooMany(`the requests ${whose} are used up for now`, Math.ceil(ms / 1_000));
  }

  /** One question at a time: what is charged meanwhile waits for the next. */
  private flush(): void {
    if (this.isAsking) return;
    const charges = this.counts.take(this.now());
    if (charges.length === 0) return;
    this.isAsking = true;
    inBackground(this.tell(charges));
  }

  private async tell(charges: readonly Charge[]): Promise<void> {
    const counted = await this.counter.count(charges);
    this.counts.answered(counted, this.now());
    this.isAsking = false;
  }
}

const keyOf = (id: string): string => `key:${id}`;
const unitOf = (code: string): string => `unit:${code}`;

/** Of version 6 everybody has as many addresses as he likes: the network of 64 bits that they are in. */
export const networkOf = (address: string): string => {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head, tail = ''] = address.split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean));
  const zeros = address.includes('::') ? Array<string>(8 - first.length - last.length).fill('0') : [];
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
};
