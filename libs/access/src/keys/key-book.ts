/**
 * The keys and certificates that there are, in memory: who a token belongs to, without asking anything.
 *
 * Filled record by record from the topic (keys.module.ts). A token that was found right is remembered until a record comes: then every one is
 * looked at anew, so that a revocation counts as soon as it is read.
 */
import { decodeAccessKey, type AccessKey } from '#contracts';
import { unitOf } from '#domain';
import { isRole, type Principal } from '../principal.js';
import { isHashOf, partsOf } from './api-key.js';

/** Tokens remembered at most; more than an installation has systems. */
const MOST_REMEMBERED = 20_000;

/** Who a key is of, and until when, milliseconds since the epoch. */
interface Known {
  readonly principal: Principal;
  readonly until: number;
}

export class KeyBook {
  private readonly keys = new Map<string, AccessKey>();
  /** Ids of certificates by their fingerprints. */
  private readonly certificates = new Map<string, string>();
  private readonly remembered = new Map<string, Known>();
  private readonly listeners = new Set<(id: string) => void>();

  constructor(private readonly pepper: string) {}

  /** Takes a record in. */
  take(value: Buffer | null): void {
    const key = decodeAccessKey(value);
    if (key === undefined) return;
    if (key.kind === 'certificate') this.certificates.set(key.hash, key.id);
    this.keys.set(key.id, key);
    this.remembered.clear();
    if (key.revokedAt !== undefined) for (const listener of this.listeners) listener(key.id);
  }

  /** Whose token this is; undefined where it is nobody's, has run out or was revoked. */
  byToken(token: string, now: number): Principal | undefined {
    return holderAt(now, this.remembered.get(token) ?? this.lookedUp(token));
  }

  /** Whose client certificate this is. @param fingerprint SHA-256, in hex */
  byCertificate(fingerprint: string, now: number): Principal | undefined {
    const key = this.keys.get(this.certificates.get(fingerprint) ?? '');
    return key?.kind === 'certificate' && key.hash === fingerprint ? holderAt(now, knownBy(key)) : undefined;
  }

  private lookedUp(token: string): Known | undefined {
    const parts = partsOf(token);
    const key = parts && this.keys.get(parts.id);
    if (parts === undefined || key?.kind !== 'key') return undefined;
    if (!isHashOf(key.hash, parts.secret, this.pepper)) return undefined;
    const known = knownBy(key);
    if (known === undefined) return undefined;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(token, known);
    return known;
  }

  /** Those that are not revoked, in the order in which they were issued. */
  valid(): readonly AccessKey[] {
    return [...this.keys.values()]
      .filter(({ revokedAt }) => revokedAt === undefined)
      .sort((a, b) => a.issuedAt.localeCompare(b.issuedAt));
  }

  get(id: string): AccessKey | undefined {
    return this.keys.get(id);
  }

  /** Told of every key that is revoked; returns how to stop that. */
  onRevoked(listener: (id: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const holderAt = (now: number, known: Known | undefined): Principal | undefined =>
  known !== undefined && now < known.until ? known.principal : undefined;

/** Undefined for one that was revoked, or says what no key says. */
const knownBy = ({ id, name, kind, role, unit, expiresAt, revokedAt }: AccessKey): Known | undefined =>
  revokedAt !== undefined || !isRole(role) || unitOf(unit) === undefined
    ? undefined
    : { principal: { id, name, kind, roles: [role], unit }, until: Date.parse(expiresAt) };
