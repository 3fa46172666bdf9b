/** Sessions in a real Redis, under a prefix of this test's own. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastifyCookie } from '@fastify/cookie';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { withTimeout } from '#promises';
import type { Principal } from '../principal.js';
import { cookieIn } from './cookies.js';
import { OwnSessions, type WhichSessions } from './own-sessions.js';
import { hashOf, Sessions } from './sessions.js';
import { SignInWatch, type SignInOutcome } from './sign-in.js';

const url = process.env.REDIS_URL;
if (url === undefined || url === '') throw new Error('REDIS_URL is not set: run the tests with `npm test`');

const prefix = `test${randomBytes(4).toString('hex')}`;
const config = {
  REDIS_URL: url,
  TOPIC_PREFIX: prefix,
  SESSION_IDLE_MINUTES: 30,
  SESSION_HOURS: 10,
  SESSIONS_PER_PERSON: 3,
};
const logger = pino({ level: 'silent' });
const someone = (id: string): Principal => ({
  id: `https://id.example ${id}`,
  name: id,
  kind: 'person',
  roles: ['signer'],
  unit: '01',
});
const asked = (id?: string) => ({
  headers: id === undefined ? {} : { cookie: `__Host-tonghop=${id}` },
  ip: '10.0.0.9',
  origin: 'https://tonghop.example',
});

describe('the sessions of a person', () => {
  const redis = new Redis(url);
  const opened: Sessions[] = [];
  let now = Date.now();
  const sessions = (more: Partial<typeof config> = {}): Sessions => {
    const made = new Sessions({ ...config, ...more }, logger, () => now);
    opened.push(made);
    return made;
  };
  const own = (of: Sessions, told: SignInOutcome[] = []) => {
    const watch = new SignInWatch();
    watch.onSignIn((outcome) => {
      told.push(outcome);
      return Promise.resolve();
    });
    return new OwnSessions(of, watch, { isPlain: false, freshMs: 900_000 }, () => now);
  };
  const names = async (of: Sessions, who: Principal) => (await of.of(who.id)).map(({ hash }) => hash);

  // What reads cookies is loaded with the plugin.
  beforeAll(() => fastify().register(fastifyCookie).ready());
  afterAll(async () => {
    for (const each of opened) each.close();
    const keys = await redis.keys(`${prefix}.*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  });

  it('end with the oldest where one more begins than may be, in whichever process, and another person keeps his', async () => {
    const [one, two] = [sessions(), sessions()];
    const other = await one.begin(someone('other'));
    const begun: string[] = [];
    for (let i = 0; i < 5; i++) {
      now += 1_000;
      begun.push((await (i % 2 === 0 ? one : two).begin(someone('a'))).id);
    }
    const open = await Promise.all(begun.map(async (id) => (await two.use(id)) !== undefined));
    expect(open).toEqual([false, false, true, true, true]);
    expect(await names(one, someone('a'))).toEqual(begun.slice(2).map(hashOf));
    expect((await two.use(other.id))?.principal.name).toBe('other');
  });

  it('are never more than may be, and the newest among them, where many begin at once', async () => {
    const at = [sessions(), sessions()];
    const begun = await Promise.all(Array.from({ length: 12 }, (_, i) => at[i % 2].begin(someone('busy'))));
    now += 1_000;
    const last = await at[0].begin(someone('busy'));
    const held = await names(at[1], someone('busy'));
    expect(held.length).toBeLessThanOrEqual(3);
    expect(held).toContain(hashOf(last.id));
    const open = await Promise.all(begun.map(async ({ id }) => (await at[0].use(id)) !== undefined));
    expect(open.filter(Boolean).length).toBe(held.length - 1);
  });

  it('are shown without what opens them: when they began, were last used, and from where', async () => {
    const at = sessions();
    const began = now;
    const first = await at.begin(someone('b'), { from: '10.0.0.1' });
    now += 1_000;
    const second = await at.begin(someone('b'), { from: '10.0.0.2' });
    await at.use(first.id);
    const shown = await own(at).list(asked(second.id), someone('b'));
    expect(shown).toEqual([
      expect.objectContaining({ from: '10.0.0.2', isThis: true, began: new Date(began + 1_000).toISOString() }),
      expect.objectContaining({ from: '10.0.0.1', isThis: false, began: new Date(began).toISOString() }),
    ]);
    for (const { session } of shown) {
      expect(session).toMatch(/^[0-9a-f]{16}$/);
      expect(cookieIn({ cookie: `__Host-tonghop=${session}` }, 'tonghop', false)).toBeUndefined();
    }
    const kept = await redis.keys(`${prefix}.*`);
    const texts = await Promise.all(kept.map(async (key) => `${key} ${await redis.get(key).catch(() => '')}`));
    for (const { id } of [first, second]) expect(texts.join('\n')).not.toContain(id);
    for (const text of kept) expect(text).not.toContain('id.example');
  });

  it('were last used when somebody was there, which asking in the background is not', async () => {
    const at = sessions({ SESSION_IDLE_MINUTES: 0.5 });
    const begunAt = now;
    const { id } = await at.begin(someone('c'));
    await sleep(1_200);
    now = begunAt + 1_200;
    await at.use(id, true);
    const [{ usedAt: unused }] = await at.of(someone('c').id);
    await at.use(id);
    const [{ usedAt }] = await at.of(someone('c').id);
    expect([unused < begunAt + 100, usedAt > begunAt + 100]).toEqual([true, true]);
  });

  it('are named no more once they have ended unused', async () => {
    const at = sessions({ SESSION_IDLE_MINUTES: 0.025 });
    await at.begin(someone('d'));
    expect(await at.of(someone('d').id)).toHaveLength(1);
    await sleep(1_800);
    expect(await at.of(someone('d').id)).toEqual([]);
    const [index] = await redis.keys(`${prefix}.sessions-of.*`).then((all) => all.slice(0, 1));
    expect(await redis.pttl(index)).toBeGreaterThan(0);
  });

  it('are one’s own alone: another’s cannot be told from one that there is not, and neither ends', async () => {
    const at = sessions();
    const told: SignInOutcome[] = [];
    const mine = await at.begin(someone('e'), { authenticatedAt: now });
    const theirs = await at.begin(someone('f'));
    const end = (which: WhichSessions) => own(at, told).end(asked(mine.id), someone('e'), which);
    expect(await end({ session: hashOf(theirs.id).slice(0, 16) })).toBe('NOT_FOUND');
    expect(await end({ session: '0000000000000000' })).toBe('NOT_FOUND');
    expect(await at.use(theirs.id)).toBeDefined();
    expect(told).toEqual([]);
  });

  it('end elsewhere only a short while after a sign-in, the present one at any time, and each end is told', async () => {
    const at = sessions();
    const told: SignInOutcome[] = [];
    const who = someone('g');
    const elsewhere = await at.begin(who);
    const stale = await at.begin(who, { authenticatedAt: now - 900_001 });
    now += 1;
    const unsaid = await at.begin(who);
    const handle = (id: string) => hashOf(id).slice(0, 16);
    const end = (as: string | undefined, which: WhichSessions) => own(at, told).end(asked(as), who, which);
    for (const as of [stale.id, unsaid.id, undefined]) {
      expect(await end(as, { others: true })).toBe('SIGN_IN_AGAIN');
      expect(await end(as, { session: handle(elsewhere.id) })).toBe('SIGN_IN_AGAIN');
    }
    expect(await end(stale.id, { session: handle(stale.id) })).toBe(1);
    const fresh = await at.begin(who, { authenticatedAt: now });
    expect(await end(fresh.id, { others: true })).toBe(2);
    expect(await names(at, who)).toEqual([hashOf(fresh.id)]);
    expect(told.map(({ what, session, from }) => [what, session, from])).toEqual(
      [stale, elsewhere, unsaid].map(({ id }) => ['session-ended', handle(id), '10.0.0.9']),
    );
  });

  it('end at once for whoever listens in another process', async () => {
    const [one, two] = [sessions(), sessions()];
    const { id } = await one.begin(someone('h'));
    const heard = new Promise<string>((resolve) => two.onEnded(resolve));
    await sleep(200);
    await one.endHashed(hashOf(id));
    expect(await withTimeout(heard, 2_000, 'the end is not heard')).toBe(someone('h').id);
  });

  /** Whether a session that Redis has no more is still let in: it is remembered. */
  const isRemembered = async (of: Sessions, name: string): Promise<boolean> => {
    const { id } = await of.begin(someone(name));
    await of.use(id);
    await redis.del(`${prefix}.session.${hashOf(id)}`);
    return (await of.use(id)) !== undefined;
  };
  const eventually = async (what: () => Promise<boolean>): Promise<void> => {
    for (let n = 0; n < 100 && !(await what()); n += 1) await sleep(20);
    expect(await what()).toBe(true);
  };

  it('are known for a moment without being asked for, and no longer', async () => {
    const at = sessions();
    expect(await isRemembered(at, 'j')).toBe(false);
    at.onEnded(() => undefined);
    await eventually(() => isRemembered(at, 'k'));
    const { id } = await at.begin(someone('l'));
    await at.use(id);
    await redis.del(`${prefix}.session.${hashOf(id)}`);
    // A promise is no such thing.
    expect(at.use(id)).toMatchObject({ principal: someone('l') });
    now += 1_000;
    expect(await at.use(id)).toBeUndefined();
  });

  it('end at once where they are remembered, in this process and in another', async () => {
    const [one, two] = [sessions(), sessions()];
    for (const each of [one, two]) each.onEnded(() => undefined);
    for (const each of [one, two]) await eventually(() => isRemembered(each, 'm'));
    for (let n = 0; n < 50; n += 1) {
      const { id } = await one.begin(someone('n'));
      for (const each of [one, two]) expect(await each.use(id)).toBeDefined();
      const heard = new Promise<string>((resolve) => two.onEnded(resolve));
      await one.end(id);
      expect(await one.use(id)).toBeUndefined();
      await withTimeout(heard, 2_000, 'the end is not heard');
      expect(await two.use(id)).toBeUndefined();
    }
  });

  it('are not remembered while their ends are not heard', async () => {
    const at = sessions();
    at.onEnded(() => undefined);
    await eventually(() => isRemembered(at, 'o'));
    const { id } = await at.begin(someone('p'));
    await at.use(id);
    await redis.del(`${prefix}.session.${hashOf(id)}`);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually(async () => (await at.use(id)) === undefined);
    await eventually(() => isRemembered(at, 'q'));
  });

  it('are all found, also those that no index names', async () => {
    const at = sessions();
    const { id } = await at.begin(someone('i'));
    for (const key of await redis.keys(`${prefix}.sessions-of.*`)) await redis.del(key);
    expect((await at.all()).map(({ hash }) => hash)).toContain(hashOf(id));
  });
});
