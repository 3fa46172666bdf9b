/**
 * Sessions of people, in Redis: any copy of the service knows them, and an end is an end everywhere.
 *
 * A browser holds 256 random bits, Redis only their SHA-256. A session ends when it is not used (Redis forgets it), after an absolute time, and by
 * signing out; then every process is told, so that what is still open for it is closed. Reading and prolonging are one command: a request
 * under way cannot bring back a session that is being ended. Which sessions a person has is in an index (`SessionIndex`). For a moment a session that was
 * read is known without asking again (`RememberedSessions`), where ends are heard.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Redis, type RedisOptions } from 'ioredis';
import { AppError } from '#domain';
import { inBackground, withTimeout } from '#promises';
import { redisSecurity, type Logger, type RedisSecurity } from '#service';
import type { Principal } from '../principal.js';
import type { Session, SessionFacts, SessionView } from './session.js';
import { RememberedSessions } from './remembered-sessions.js';
import { SessionIndex } from './session-index.js';

export interface SessionsConfig extends RedisSecurity {
  readonly TOPIC_PREFIX: string;
  readonly SESSION_IDLE_MINUTES: number;
  readonly SESSION_HOURS: number;
  readonly SESSIONS_PER_PERSON: number;
}

class SessionsUnavailable extends AppError {
  readonly code = 'SESSIONS_UNAVAILABLE';
  readonly retryable = true;
}

/** What begins with a request to sign in and ends with the provider's answer. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where on the page it goes on. */
  readonly to: string;
  /** Whether the provider has to have seen anew who it is. */
  readonly again?: boolean;
  readonly redirectUri: string;
}

/** @param principal its id */
type Ended = (principal: string) => void;

const ANSWER_MS = 3_000;
/** What is still open for a session that ended unused stays open for no longer. */
const LOOK_MS = 15_000;
const SIGN_IN_MS = 10 * 60_000;

/** A new secret for a browser. */
export const randomId = (): string => randomBytes(32).toString('base64url');

/** What a secret is called in Redis. */
export const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');

export class Sessions {
  private readonly redis: Redis;
  private readonly index: SessionIndex;
  private readonly remembered: RememberedSessions;
  private subscriber?: Redis;
  private readonly listeners = new Set<Ended>();
  /** Those that were used in this process, by their keys. */
  private readonly watched = new Map<string, { readonly principal: string; readonly endsAt: number }>();
  private looking?: NodeJS.Timeout;
  private readonly idleMs: number;
  private readonly longestMs: number;

  constructor(
    private readonly config: SessionsConfig,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    this.idleMs = config.SESSION_IDLE_MINUTES * 60_000;
    this.longestMs = config.SESSION_HOURS * 3_600_000;
    this.redis = this.connect();
    this.remembered = new RememberedSessions(this.idleMs);
    const { idleMs, longestMs } = this;
    this.index = new SessionIndex(this.redis, { prefix: config.TOPIC_PREFIX, idleMs, longestMs }, now);
  }

  /**
   * Begins a session. Where a person has as many as he may, the oldest end: `ended`.
   *
   * @returns `id`: what only the browser may know
   */
  async begin(principal: Principal, facts: SessionFacts = {}): Promise<{ readonly id: string; ended: SessionView[] }> {
    const id = randomId();
    const issuedAt = this.now();
    const session: Session = { principal, issuedAt, endsAt: issuedAt + this.longestMs, ...facts };
    await this.answer(() => this.index.add(hashOf(id), session));
    return { id, ended: await this.endOldest(principal.id, hashOf(id)) };
  }

  /** The sessions of a person, the oldest first. */
  of(principal: string): Promise<SessionView[]> {
    return this.answer(() => this.index.of(principal));
  }

  /** Everybody's sessions, the oldest first. */
  all(): Promise<SessionView[]> {
    return this.answer(() => this.index.all());
  }

  /**
   * Whose session it is, and uses it: it stays for as long again. Undefined for one that has ended or never was. At once where it was read a moment
   * ago.
   *
   * @param isBackground nobody is there: it is looked at and not used
   */
  use(id: string, isBackground = false): Session | undefined | Promise<Session | undefined> {
    return this.remembered.find(id, this.now()) ?? this.read(id, isBackground);
  }

  private async read(id: string, isBackground: boolean): Promise<Session | undefined> {
    const key = this.key(id);
    const { mark } = this.remembered;
    const askedAt = this.now();
    const text = await this.answer(() =>
      isBackground ? this.redis.get(key) : this.redis.getex(key, 'PX', Math.ceil(this.idleMs)),
    );
    if (text === null) return undefined;
    const session = JSON.parse(text) as Session;
    if (this.now() < session.endsAt) {
      this.watched.set(key, { principal: session.principal.id, endsAt: session.endsAt });
      if (!isBackground) this.remembered.keep(id, session, askedAt, mark);
      return session;
    }
    await this.end(id);
    return undefined;
  }

  /** Ends a session everywhere; one that has ended already stays so. */
  async end(id: string): Promise<void> {
    await this.endHashed(hashOf(id));
  }

  /** Ends the session that has this hash; false where there is none any more. */
  async endHashed(hash: string): Promise<boolean> {
    const ended = await this.answer(() => this.index.take(hash));
    if (ended === undefined) return false;
    this.remembered.forget(ended.principal.id);
    await this.answer(() => this.redis.publish(this.channel, ended.principal.id));
    return true;
  }

  /** Tells whose session has ended, by signing out in whichever process, unused, or at its longest. Whoever has another one is told too. */
  onEnded(listener: Ended): void {
    this.listeners.add(listener);
    this.subscribe();
    const again = () => inBackground(this.lookAgain(), (error) => this.logger.debug({ err: error }, 'sessions'));
    this.looking ??= setInterval(again, Math.min(LOOK_MS, this.idleMs)).unref();
  }

  /** Keeps what belongs to a sign-in that begins; returns what only the browser may know. */
  async beginSignIn(pending: PendingSignIn): Promise<string> {
    const id = randomId();
    await this.answer(() => this.redis.set(this.signInKey(id), JSON.stringify(pending), 'PX', SIGN_IN_MS));
    return id;
  }

  /** What belongs to it, once: an answer that comes a second time finds nothing. */
  async takeSignIn(id: string): Promise<PendingSignIn | undefined> {
    const text = await this.answer(() => this.redis.getdel(this.signInKey(id)));
    return text === null ? undefined : (JSON.parse(text) as PendingSignIn);
  }

  close(): void {
    clearInterval(this.looking);
    this.redis.disconnect();
    this.subscriber?.disconnect();
  }

  /** @param begun the one that is not ended, though another began at the same time */
  private async endOldest(principal: string, begun: string): Promise<SessionView[]> {
    const held = await this.of(principal);
    const others = held.filter(({ hash }) => hash !== begun);
    const ended = others.slice(0, Math.max(0, others.length + 1 - this.config.SESSIONS_PER_PERSON));
    for (const { hash } of ended) await this.endHashed(hash);
    return ended;
  }

  /** Redis forgets what is not used without a word. */
  private async lookAgain(): Promise<void> {
    for (const [key, { principal, endsAt }] of this.watched) {
      const isThere = this.now() < endsAt && (await this.answer(() => this.redis.exists(key))) === 1;
      if (isThere) continue;
      this.watched.delete(key);
      this.tell(principal);
    }
  }

  private tell(principal: string): void {
    for (const listener of this.listeners) listener(principal);
  }

  private get channel(): string {
    return `${this.config.TOPIC_PREFIX}.sessions-ended`;
  }

  private key(id: string): string {
    return this.index.key(hashOf(id));
  }

  private signInKey(id: string): string {
    return `${this.config.TOPIC_PREFIX}.sign-in.${hashOf(id)}`;
  }

  private subscribe(): void {
    if (this.subscriber !== undefined) return;
    // Said anew with every connection: only then is it known when ends are heard again.
    const subscriber = this.connect({ autoResubscribe: false, maxRetriesPerRequest: null });
    this.subscriber = subscriber;
    subscriber.on('message', (_channel, id: string) => {
      this.remembered.forget(id);
      this.tell(id);
    });
    subscriber.on('close', () => this.remembered.hears(false));
    subscriber.on('ready', () => {
      subscriber.subscribe(this.channel).then(
        () => this.remembered.hears(subscriber.status === 'ready'),
        (error: unknown) => this.logger.warn({ err: error }, 'the ends of sessions are not heard'),
      );
    });
  }

  private connect(options: RedisOptions = { maxRetriesPerRequest: 1 }): Redis {
    const redis = new Redis(this.config.REDIS_URL, { ...redisSecurity(this.config), ...options });
    redis.on('error', (error: Error) => this.logger.debug({ err: error.message }, 'sessions: Redis does not answer'));
    return redis;
  }

  private async answer<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await withTimeout(ask(), ANSWER_MS, `no answer in ${ANSWER_MS} ms`);
    } catch (error) {
      throw new SessionsUnavailable('the sessions are not to be had: Redis does not answer', {}, { cause: error });
    }
  }
}
