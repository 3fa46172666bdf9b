/**
 * Audit entries: who did what, for which unit, when, from where, and how it came out; and the chain in which they stand.
 *
 * Services send entries to `PREFIX.audit-entries.v1` before they answer. The audit service writes each once to `PREFIX.audit.v1`, numbered within
 * its partition, with a hash over it and the hash before: nothing can be altered, taken out or put elsewhere without every hash after it.
 */
export const auditedActions = [
  ...['sign-in', 'sign-in.failed', 'sign-out', 'session.ended', 'credentials.refused'],
  ...['access.issued', 'access.bound', 'access.rotated', 'access.revoked'],
  ...['events.publish', 'figures.read', 'summary.requested', 'document.downloaded', 'export', 'audit.read'],
  ...['contacts.read', 'contacts.changed', 'report.entered'],
  ...['figures.rebuilt', 'figures.repaired', 'record.set-aside', 'refusal.opened', 'refusals.replayed'],
  ...['sealing-keys.destroyed'],
  ...['decision.submit', 'decision.lock', 'decision.reopen', 'decision.accept', 'decision.refuse'],
] as const;
export type AuditedAction = (typeof auditedActions)[number];

interface AuditedPerson {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly roles: readonly string[];
  readonly unit: string;
}

export interface AuditEntry {
  /** Its own, so that one that was sent twice can be told. */
  readonly id: string;
  readonly what: string;
  /** Null where it is not known: a failed sign-in. */
  readonly who: AuditedPerson | null;
  /** The unit that it is about; null where it is about none. */
  readonly unit: string | null;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Address of the caller; null for a command. */
  readonly from: string | null;
  /** `allowed`, `done`, `begun` of what a command does next, or the code of what it failed by. */
  readonly outcome: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export interface ChainedEntry {
  readonly v: 1;
  /** From 1 on, without a gap, in its partition. */
  readonly n: number;
  /** Offset of the entry in the same partition of audit-entries. */
  readonly source: string;
  readonly entry: AuditEntry;
  /** Hash of the one before; empty for the first. */
  readonly before: string;
  readonly hash: string;
}

/** Where a partition's chain has come to. */
export type ChainHead = Pick<ChainedEntry, 'n' | 'source' | 'hash'>;

/** SHA-256 of text in hex; domain and contracts know no library for it. */
export type HashText = (text: string) => string;

export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
};

const hashOf = ({ n, source, entry, before }: Omit<ChainedEntry, 'v' | 'hash'>, hash: HashText): string =>
  hash(canonicalJson([n, source, entry, before]));

/** The next of a chain. */
export const chained = (
  entry: AuditEntry,
  source: string,
  head: ChainHead | undefined,
  hash: HashText,
): ChainedEntry => {
  const content = { n: (head?.n ?? 0) + 1, source, entry, before: head?.hash ?? '' };
  return { v: 1, ...content, hash: hashOf(content, hash) };
};

/** An entry from its record; undefined if it is none. */
export const decodeAuditEntry = (text: string): AuditEntry | undefined => {
  try {
    const entry = JSON.parse(text) as AuditEntry | null;
    return typeof entry?.id === 'string' && typeof entry.what === 'string' && !Number.isNaN(Date.parse(entry.at))
      ? entry
      : undefined;
  } catch {
    return undefined;
  }
};

export const decodeChained = (text: string): ChainedEntry | undefined => {
  try {
    const held = JSON.parse(text) as ChainedEntry | null;
    return typeof held?.n === 'number' && typeof held.hash === 'string' ? held : undefined;
  } catch {
    return undefined;
  }
};

export interface ChainFault {
  readonly n: number;
  readonly what: 'altered' | 'removed' | 'reordered' | 'replaced' | 'not an entry';
}

/** The first entry of a partition that is not what was written there, in its place; undefined where all are. */
export const firstChainFault = (texts: readonly string[], hash: HashText): ChainFault | undefined => {
  let head: ChainedEntry | undefined;
  for (const text of texts) {
    const next = decodeChained(text);
    const n = (head?.n ?? 0) + 1;
    if (next === undefined) return { n, what: 'not an entry' };
    if (hashOf(next, hash) !== next.hash) return { n: next.n, what: 'altered' };
    if (next.n !== n) return { n, what: texts.some((each) => decodeChained(each)?.n === n) ? 'reordered' : 'removed' };
    if (next.before !== (head?.hash ?? '')) return { n: head?.n ?? n, what: 'replaced' };
    head = next;
  }
  return undefined;
};

/** What a day's digest says, to be signed: where each partition's chain had come to soon after the day's end. */
export interface AuditDigest {
  /** In Asia/Ho_Chi_Minh, `2026-11-28`. */
  readonly day: string;
  readonly at: string;
  readonly heads: Readonly<Record<string, { readonly n: number; readonly hash: string }>>;
}

export interface SignedDigest {
  /** The digest, as canonical JSON: what is signed. */
  readonly text: string;
  /** Ed25519, in base64. */
  readonly signature: string;
}
