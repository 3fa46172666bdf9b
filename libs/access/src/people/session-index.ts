/**
 * Which sessions each person has, in Redis: a sorted set by when they began, under a hash of whose they are.
 *
 * The sessions themselves end without a word, so the index may name some that are no more: whoever looks takes those out. It names every
 * one that there is, because both are written in one transaction, and ends with the longest session in it.
 */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Session, SessionView } from './session.js';

export interface IndexConfig {
  readonly prefix: string;
  readonly idleMs: number;
  readonly longestMs: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
type Answer = [fault: Error | null, value: unknown];
const PAGE = 500;

/** Rejects with what Redis says. */
export class SessionIndex {
  constructor(
    private readonly redis: Redis,
    private readonly config: IndexConfig,
    private readonly now: () => number,
  ) {}

  key(hash: string): string {
    return `${this.config.prefix}.session.${hash}`;
  }

  /** Writes a session, and that its person has it. */
  async add(hash: string, session: Session): Promise<void> {
    const { idleMs, longestMs } = this.config;
    const index = this.indexOf(session.principal.id);
    const results = await this.redis
      .multi()
      .set(this.key(hash), JSON.stringify(session), 'PX', Math.ceil(idleMs))
      .zadd(index, session.issuedAt, hash)
      .pexpire(index, Math.ceil(longestMs))
      .exec();
    for (const [error] of results ?? []) if (error !== null) throw error;
  }

  /** Takes a session away; what it was, or undefined where there was none any more. */
  async take(hash: string): Promise<Session | undefined> {
    const text = await this.redis.getdel(this.key(hash));
    if (text === null) return undefined;
    const session = JSON.parse(text) as Session;
    await this.redis.zrem(this.indexOf(session.principal.id), hash);
    return session;
  }

  /** The sessions that a person has, the oldest first. */
  async of(principal: string): Promise<SessionView[]> {
    const index = this.indexOf(principal);
    const hashes = await this.redis.zrange(index, '0', '-1');
    const views = await this.views(hashes);
    const isThere = new Set(views.map(({ hash }) => hash));
    const gone = hashes.filter((hash) => !isThere.has(hash));
    if (gone.length > 0) await this.redis.zrem(index, ...gone);
    return views;
  }

  /** Every session that there is, those that no index names among them. */
  async all(): Promise<SessionView[]> {
    const start = this.key('');
    const hashes = new Set<string>();
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scan(cursor, 'MATCH', `${start}*`, 'COUNT', PAGE);
      for (const key of keys) hashes.add(key.slice(start.length));
      cursor = next;
    } while (cursor !== '0');
    const views = await this.views([...hashes]);
    return views.sort((a, b) => a.issuedAt - b.issuedAt);
  }

  /** Those of them that there are. When one was last used is told by how long it may still be unused. */
  private async views(hashes: readonly string[]): Promise<SessionView[]> {
    if (hashes.length === 0) return [];
    const asked = this.redis.pipeline();
    for (const hash of hashes) asked.get(this.key(hash)).pttl(this.key(hash));
    const answers = (await asked.exec()) ?? [];
    const now = this.now();
    return hashes.flatMap((hash, i) => {
      const [[fault, text], [, leftMs]] = answers.slice(2 * i, 2 * i + 2) as [Answer, Answer];
      if (fault !== null) throw fault;
      if (typeof text !== 'string' || typeof leftMs !== 'number' || leftMs < 0) return [];
      const session = JSON.parse(text) as Session;
      if (now >= session.endsAt) return [];
      const usedAt = Math.min(now, Math.max(session.issuedAt, now - (this.config.idleMs - leftMs)));
      return [{ ...session, hash, usedAt: Math.round(usedAt) }];
    });
  }

  private indexOf(principal: string): string {
    return `${this.config.prefix}.sessions-of.${sha256(principal)}`;
  }
}
