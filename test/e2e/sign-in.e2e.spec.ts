/**
 * People sign in at a real OpenID provider (oidc-provider, as the demonstration runs it) to real services, with a browser's cookies.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { demoClient } from '#access/demonstration';
import { httpFaults } from '#contracts';
import { CookieBrowser } from '../kit/cookie-browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';
import { withTimeout } from '#promises';

interface Me {
  signedIn: { name: string; roles: string[]; unit: string; unitName: string } | null;
  demoUsers?: { id: string; unit: string; roles: string[] }[];
}

const HA_NOI = { name: 'Công an thành phố Hà Nội', unit: '01', unitName: 'Thành phố Hà Nội' };

/** As a program of the user's own gets one: it is not the dashboard that asks for it. */
const accessToken = async (issuer: string, as: string): Promise<string> => {
  const verifier = randomBytes(32).toString('base64url');
  const redirect = { client_id: demoClient.id, redirect_uri: 'http://127.0.0.1:1/sign-in/callback' };
  const asked = new URLSearchParams({
    ...redirect,
    response_type: 'code',
    scope: 'openid profile',
    login_hint: as,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
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
  /** Two more processes of the same installation; the last one's sessions are short. */
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
    second = await another({});
    short = await another({ SESSION_IDLE_MINUTES: '0.02', SESSION_HOURS: '0.001' });
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
    expect((await signOut(browser, second)).status).toBe(204);
    expect(browser.cookie('tonghop')).toBeUndefined();
    const thief = new CookieBrowser();
    if (held !== undefined) thief.steal(held);
    for (const dashboard of [it_.dashboard, second]) expect((await me(thief, dashboard)).signedIn).toBeNull();
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
    expect(await told(`Bearer ${token}`)).toMatchObject({ unit: '15', roles: ['signer', 'analyst'] });
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
});
