/**
 * People sign in at a real OpenID provider (oidc-provider, as the demonstration runs it) to real services, with a browser's cookies.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessCommand } from '../../cli/access.js';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { DEMO_TWO_FACTORS, demoClient } from '#access/demonstration';
import type { OwnSession } from '#access/people';
import { decodeAuditEntry, httpFaults, type AuditEntry } from '#contracts';
import { CookieBrowser } from '../kit/cookie-browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';
import { withTimeout } from '#promises';
import { boundsOf, readTopic } from '#stream';

interface Me {
  signedIn: { name: string; roles: string[]; unit: string; unitName: string } | null;
  demoUsers?: { id: string; unit: string; roles: string[] }[];
}

const HA_NOI = { name: 'Công an thành phố Hà Nội', unit: '01', unitName: 'Thành phố Hà Nội' };

/** As a program of the user's own gets one: it is not the dashboard that asks for it. */
const accessToken = async (issuer: string, as: string, more: Record<string, string> = {}): Promise<string> => {
  const verifier = randomBytes(32).toString('base64url');
  const redirect = { client_id: demoClient.id, redirect_uri: 'http://127.0.0.1:1/sign-in/callback' };
  const asked = new URLSearchParams({
    ...redirect,
    response_type: 'code',
    scope: 'openid profile',
    login_hint: as,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const { url } = await new CookieBrowser().go(`${issuer}/auth?${asked}`, (next) => next.includes('/sign-in/callback'));
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${demoClient.id}:${encodeURIComponent(demoClient.secret)}`)}` },
    body: new URLSearchParams({
      ...redirect,
      grant_type: 'authorization_code',
      code: new URL(url).searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
};

describe('people who sign in', () => {
  let it_: TestInstallation;
  let issuer: string;
  /**
   * Two more processes of the same installation: of one every sign-in is too long ago for what takes a fresh one, the other's sessions are short
   * and take two factors.
   */
  let second: string;
  let short: string;
  const others: Supervisor[] = [];

  const another = async (more: Record<string, string>): Promise<string> => {
    const port = await freePort();
    const env = { ...it_.env, ...more, DASHBOARD_PORT: String(port) };
    const logDir = `.local/test-logs/${it_.env.TOPIC_PREFIX}-${port}`;
    const supervisor = new Supervisor(
      { root: process.cwd(), env, logDir, say: () => undefined },
      copiesOf('dashboard'),
    );
    others.push(supervisor);
    await supervisor.start();
    return `http://127.0.0.1:${port}`;
  };

  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    issuer = env.OIDC_ISSUER;
    it_ = await startInstallation('dashboard,demo-sign-in', { env });
    second = await another({ SESSION_FRESH_MINUTES: '0.0001' });
    const brief = { SESSION_IDLE_MINUTES: '0.02', SESSION_HOURS: '0.001' };
    short = await another({ ...brief, OIDC_REQUIRED_ACR: `urn:example:smart-card, ${DEMO_TWO_FACTORS}` });
  });
  afterAll(async () => {
    for (const other of others) await other.stop();
    await it_.stop();
  });

  const me = async (browser: CookieBrowser, dashboard = it_.dashboard): Promise<Me> => {
    const answer = await browser.ask(`${dashboard}/v1/me`);
    const said = (await answer.json()) as Me;
    expect([answer.status, httpFaults('Me', said)]).toEqual([200, []]);
    return said;
  };
  const signedIn = async (as: string, dashboard = it_.dashboard): Promise<CookieBrowser> => {
    const browser = new CookieBrowser();
    await browser.go(`${dashboard}/sign-in?as=${as}`, (next) => next === `${dashboard}/`);
    return browser;
  };
  const signOut = (browser: CookieBrowser, dashboard = it_.dashboard) =>
    browser.ask(`${dashboard}/sign-out`, { method: 'POST', headers: { origin: dashboard } });

  const listed = async (browser: CookieBrowser) => {
    const said = (await (await browser.ask(`${it_.dashboard}/v1/sessions`)).json()) as { items: OwnSession[] };
    expect(httpFaults('Sessions', said)).toEqual([]);
    return said;
  };
  const ended = async (
    browser: CookieBrowser,
    which: object,
    more: Record<string, string> = {},
    at = it_.dashboard,
  ) => {
    const headers = { origin: at, 'content-type': 'application/json', ...more };
    const answer = await browser.ask(`${at}/v1/sessions/end`, { method: 'POST', headers, body: JSON.stringify(which) });
    return [answer.status, await answer.json()];
  };
  const audited = async (what: string): Promise<AuditEntry[]> => {
    const entries: AuditEntry[] = [];
    const topic = it_.topics.auditEntries;
    await readTopic(it_.kafka, topic, await boundsOf(it_.kafka, topic), (_, { value }) => {
      const entry = decodeAuditEntry(String(value));
      if (entry?.what === what) entries.push(entry);
    });
    return entries;
  };

  it('are nobody before, and are offered the users of the demonstration', async () => {
    const { signedIn: nobody, demoUsers = [] } = await me(new CookieBrowser());
    expect(nobody).toBeNull();
    expect(new Set(demoUsers.flatMap(({ roles }) => roles))).toEqual(
      new Set(['reporter', 'signer', 'analyst', 'operator', 'auditor']),
    );
    expect(demoUsers.map(({ unit }) => unit)).toEqual(['VN', 'VN', '01', '15', '00004', '02671']);
  });

  it('are by one click the Hà Nội signer, in every process, until they sign out of any', async () => {
    const browser = new CookieBrowser();
    const { url, way } = await browser.go(
      `${it_.dashboard}/sign-in?as=ha-noi&to=${encodeURIComponent('/?unit=01&lang=en')}`,
      (next) => next.includes('lang=en') && next.startsWith(it_.dashboard),
    );
    expect(url).toBe(`${it_.dashboard}/?unit=01&lang=en`);
    const asked = new URL(way[1]);
    expect(asked.origin).toBe(issuer);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    for (const dashboard of [it_.dashboard, second]) {
      const { signedIn: who } = await me(browser, dashboard);
      expect(who).toMatchObject({ ...HA_NOI, roles: ['signer', 'analyst'] });
    }
    const held = browser.cookie('tonghop');
    const out = await signOut(browser, second);
    expect([out.status, out.headers.get('clear-site-data')]).toEqual([200, '"cache", "storage"']);
    expect(httpFaults('SignedOut', await out.json())).toEqual([]);
    expect((await signOut(browser, second)).status).toBe(204);
    expect(browser.cookie('tonghop')).toBeUndefined();
    const thief = new CookieBrowser();
    if (held !== undefined) thief.steal(held);
    for (const dashboard of [it_.dashboard, second]) expect((await me(thief, dashboard)).signedIn).toBeNull();
  });

  it('are signed out of the provider too: whoever comes next to the same browser is asked who he is', async () => {
    const browser = await signedIn('ha-noi');
    /** Where a sign-in ends for which the provider may ask nobody. */
    const unasked = async () => {
      const { url } = await browser.go(`${it_.dashboard}/sign-in?as=ha-noi`, (next) => next.startsWith(issuer));
      return browser.go(`${url}&prompt=none`);
    };
    expect((await unasked()).url).toBe(`${it_.dashboard}/`);
    const { provider } = (await (await signOut(browser)).json()) as { provider: string };
    const { searchParams } = new URL(provider);
    expect([provider.startsWith(`${issuer}/session/end?`), searchParams.get('post_logout_redirect_uri')]).toEqual([
      true,
      `${it_.dashboard}/`,
    ]);
    const { url } = await browser.go(provider, (next) => next === `${it_.dashboard}/`);
    expect(url).toBe(`${it_.dashboard}/`);
    const { status, body } = await unasked();
    expect([status, body]).toEqual([403, expect.stringContaining('REFUSED')]);
  });

  it('are asked by the provider whether they sign out where it is not shown whose session is meant', async () => {
    const browser = await signedIn('ha-noi');
    const { status, body } = await browser.go(`${issuer}/session/end?client_id=${demoClient.id}`);
    expect([status, body]).toEqual([200, expect.stringContaining('Sign out?')]);
  });

  it('have a cookie that no script reads and no other site sends along', async () => {
    const browser = await signedIn('lao-cai');
    expect(browser.cookie('tonghop')?.value).toMatch(/^[\w-]{43}$/);
    expect([...(browser.cookie('tonghop')?.attributes ?? [])].sort()).toEqual(['httponly', 'path=/', 'samesite=lax']);
  });

  it('have a new session for each sign-in, and the one before is over', async () => {
    const browser = await signedIn('ha-noi');
    const before = browser.cookie('tonghop');
    await browser.go(`${it_.dashboard}/sign-in?as=lao-cai`, (next) => next === `${it_.dashboard}/`);
    expect((await me(browser)).signedIn?.unit).toBe('15');
    const thief = new CookieBrowser();
    if (before !== undefined) thief.steal(before);
    expect(before?.value).not.toBe(browser.cookie('tonghop')?.value);
    expect((await me(thief)).signedIn).toBeNull();
  });

  it.each([
    ['changes the state', (url: URL) => url.searchParams.set('state', 'forged')],
    ['leaves it out', (url: URL) => url.searchParams.delete('state')],
    ['makes up a code', (url: URL) => url.searchParams.set('code', 'forged')],
    ['says that it is another provider', (url: URL) => url.searchParams.set('iss', 'http://127.0.0.1:1')],
  ])('are refused by an answer of the provider where somebody %s', async (_, forge) => {
    const browser = new CookieBrowser();
    const { url } = await browser.go(`${it_.dashboard}/sign-in?as=ha-noi`, (next) =>
      next.includes('/sign-in/callback'),
    );
    const forged = new URL(url);
    forge(forged);
    const { status, body } = await browser.go(forged.href);
    expect([status, body]).toEqual([403, expect.stringContaining('REFUSED')]);
    expect((await me(browser)).signedIn).toBeNull();
  });

  it('are refused by an answer that has been used, and by one that was given to another browser', async () => {
    const browser = new CookieBrowser();
    const { url } = await browser.go(`${it_.dashboard}/sign-in?as=ha-noi`, (next) =>
      next.includes('/sign-in/callback'),
    );
    const begun = browser.cookie('tonghop-sign-in');
    expect((await new CookieBrowser().go(url)).body).toContain('EXPIRED');
    await browser.go(url, (next) => next === `${it_.dashboard}/`);
    const replayer = new CookieBrowser();
    if (begun !== undefined) replayer.steal(begun);
    const { status, body } = await replayer.go(url);
    expect([status, body]).toEqual([403, expect.stringContaining('EXPIRED')]);
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'])(
    'are not sent to another site afterwards: %j',
    async (to) => {
      const { url } = await new CookieBrowser().go(
        `${it_.dashboard}/sign-in?as=ha-noi&to=${encodeURIComponent(to)}`,
        (next) => next.includes('evil') || next === `${it_.dashboard}/`,
      );
      expect(url).toBe(`${it_.dashboard}/`);
    },
  );

  it('are not signed out by the page of another site', async () => {
    const browser = await signedIn('ha-noi');
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ];
    for (const headers of foreign) {
      const answer = await browser.ask(`${it_.dashboard}/sign-out`, { method: 'POST', headers });
      expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ code: 'CROSS_SITE' })]);
    }
    expect((await me(browser)).signedIn?.unit).toBe('01');
  });

  it('may use an access token of the provider in place of a session', async () => {
    const token = await accessToken(issuer, 'lao-cai');
    const asked = (authorization: string) => fetch(`${it_.dashboard}/v1/me`, { headers: { authorization } });
    const told = async (authorization: string) => ((await (await asked(authorization)).json()) as Me).signedIn;
    expect(await told(`Bearer ${token}`)).toMatchObject({ unit: '15', roles: ['reporter', 'signer', 'analyst'] });
    expect(await told(`Bearer ${token.slice(0, -8)}AAAAAAAA`)).toBeNull();
  });

  it('are not kept in a session, nor a stream of theirs open, by what the page asks for while they are away', async () => {
    const browser = await signedIn('ha-noi', short);
    const stream = await browser.ask(`${short}/v1/stream?unit=01`);
    expect(stream.status).toBe(200);
    const closed = stream.text().catch(() => 'cut');
    const background = async () => {
      const answer = await browser.ask(`${short}/v1/me`, { headers: { 'x-background': '1' } });
      return ((await answer.json()) as Me).signedIn;
    };
    const begunAt = Date.now();
    while ((await background()) !== null) {
      expect(Date.now() - begunAt).toBeLessThan(2_500);
      await sleep(200);
    }
    await withTimeout(closed, 5_000, 'the stream of a session that has ended stays open');
  });

  it('have their streams closed in every process as they sign out of one', async () => {
    const browser = await signedIn('ha-noi');
    const stream = await browser.ask(`${second}/v1/stream?unit=01`);
    const closed = stream.text().catch(() => 'cut');
    await signOut(browser);
    await withTimeout(closed, 3_000, 'the stream of whoever has signed out stays open');
    expect((await browser.ask(`${it_.dashboard}/v1/stream?unit=01`)).status).toBe(401);
  });

  it('stay for as long as they are about, and no longer than a session may be', async () => {
    const idle = await signedIn('ha-noi', short);
    const busy = await signedIn('lao-cai', short);
    const begunAt = Date.now();
    let lastSeen = begunAt;
    // 1.2 s without use, 3.6 s with.
    while ((await me(busy, short)).signedIn !== null) {
      lastSeen = Date.now();
      expect(lastSeen - begunAt).toBeLessThan(5_000);
      await sleep(300);
    }
    expect(lastSeen - begunAt).toBeGreaterThan(2_000);
    expect((await me(idle, short)).signedIn).toBeNull();
  });

  it('see where they are signed in, and end a session of their own elsewhere, soon after a sign-in', async () => {
    const [here, there] = [await signedIn('cam-duong'), await signedIn('cam-duong', second)];
    const stranger = await signedIn('ba-dinh');
    const { items } = await listed(here);
    expect(items.map(({ isThis, from }) => [isThis, from])).toEqual([
      [false, '127.0.0.1'],
      [true, '127.0.0.1'],
    ]);
    const stream = await there.ask(`${second}/v1/stream?unit=02671`);
    const closed = stream.text().catch(() => 'cut');
    const which = { session: items[0].session };
    expect(await ended(stranger, which)).toEqual(await ended(stranger, { session: '0'.repeat(16) }));
    expect(await ended(stranger, which)).toMatchObject([404, { code: 'NOT_FOUND' }]);
    expect(await ended(here, which, { origin: 'https://evil.example' })).toMatchObject([401, {}]);
    for (const each of [which, { others: true }])
      expect(await ended(here, each, {}, second)).toMatchObject([403, { code: 'SIGN_IN_AGAIN' }]);
    expect((await me(there)).signedIn?.unit).toBe('02671');
    expect(await ended(here, which)).toEqual([200, { ended: 1 }]);
    await withTimeout(closed, 3_000, 'the stream of a session that was ended stays open');
    expect([(await me(there)).signedIn, (await me(here)).signedIn?.unit]).toEqual([null, '02671']);
    expect(await ended(here, { others: false })).toMatchObject([400, { code: 'INVALID_PARAMETER' }]);
    const entries = await audited('session.ended');
    expect(entries).toMatchObject([{ who: { unit: '02671' }, outcome: 'done', facts: which }]);
  });

  it('sign in anew for it: the provider is asked to see again who it is', async () => {
    const browser = await signedIn('ha-noi');
    const { way } = await browser.go(`${it_.dashboard}/sign-in?again=true&as=ha-noi`, (next) =>
      next.startsWith(issuer),
    );
    const asked = new URL(way[1]).searchParams;
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '900']);
    const { url } = await browser.go(way[1], (next) => next === `${it_.dashboard}/`);
    expect(url).toBe(`${it_.dashboard}/`);
    expect(await ended(browser, { others: true })).toMatchObject([200, {}]);
    const begun = await browser.go(`${it_.dashboard}/sign-in?again=true&as=ha-noi`, (next) => next.startsWith(issuer));
    const unasked = new URL(begun.url);
    for (const name of ['prompt', 'max_age']) unasked.searchParams.delete(name);
    expect((await browser.go(unasked.href)).body).toContain('REFUSED');
  });

  it('are signed out everywhere by an administrator, at once, and that is noted', async () => {
    const [one, two] = [await signedIn('lao-cai'), await signedIn('lao-cai', second)];
    const stream = await one.ask(`${it_.dashboard}/v1/stream?unit=15`);
    const closed = stream.text().catch(() => 'cut');
    const person = `${issuer} lao-cai`;
    expect(await accessCommand(['sign-out', person], it_.env)).toBe(0);
    await withTimeout(closed, 3_000, 'the stream of somebody who was signed out stays open');
    for (const browser of [one, two]) expect((await me(browser)).signedIn).toBeNull();
    const entries = await audited('access.revoked');
    expect(entries).toMatchObject([{ who: { kind: 'configuration' }, unit: '15', from: null, facts: { person } }]);
    expect(await accessCommand(['sign-out', person], it_.env)).toBe(1);
    expect(await accessCommand(['sign-out', person, '--all'], it_.env)).toBe(2);
    const other = await signedIn('trung-uong');
    expect(await accessCommand(['sign-out', '--all'], it_.env)).toBe(0);
    expect((await me(other)).signedIn).toBeNull();
  });

  it('sign in as strongly as is demanded, also where somebody leaves out what is asked of the provider', async () => {
    const { way } = await new CookieBrowser().go(`${short}/sign-in?as=ha-noi`, (next) => next.startsWith(issuer));
    expect(new URL(way[1]).searchParams.get('acr_values')).toBe(`urn:example:smart-card ${DEMO_TWO_FACTORS}`);
    const browser = new CookieBrowser();
    const begun = await browser.go(`${short}/sign-in?as=ha-noi`, (next) => next.startsWith(issuer));
    const weaker = new URL(begun.url);
    weaker.searchParams.delete('acr_values');
    const { status, body } = await browser.go(weaker.href);
    expect([status, body]).toEqual([403, expect.stringContaining('WEAK_SIGN_IN')]);
    expect((await me(browser, short)).signedIn).toBeNull();
    const told = async (token: string, at: string) => {
      const answer = await fetch(`${at}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
      return ((await answer.json()) as Me).signedIn?.unit;
    };
    const weak = await accessToken(issuer, 'ha-noi');
    const strong = await accessToken(issuer, 'ha-noi', { acr_values: DEMO_TWO_FACTORS });
    expect([await told(weak, it_.dashboard), await told(weak, short), await told(strong, short)]).toEqual([
      '01',
      undefined,
      '01',
    ]);
  });
});
