/**
 * Headers of every answer of every HTTP service, by a table of what there is: routes, the page, its files, the description, problems, answers that did
 * not change, the stream, other methods. And against forged requests: every route that changes something, with a session.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Sessions } from '#access/people';
import { createLogger } from '#service';
import { controllers as ofDashboard } from '../../apps/dashboard/src/api.js';
import { controllers as ofIntake } from '../../apps/intake/src/api.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { openBrowser } from '../kit/browser.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { routesOf } from '../kit/routes.js';

const unsafe = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);
const filled = (path: string): string => path.replaceAll(/:\w+/g, '01');
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'];
/** Beside the routes. */
const places = [
  '/',
  '/docs',
  '/docs-json',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-init.js',
  '/nowhere',
  '/v1/%',
  '/v1/units/99/children',
];
const asset = (): string => `/assets/${readdirSync('dist/apps/web/assets').find((name) => name.endsWith('.js'))}`;

describe('headers', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    const env = { PUBLIC_URL: 'https://tonghop.example.gov.vn' };
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', { env });
  });
  afterAll(() => it_.stop());

  const asked = async (url: string, method: string, init: RequestInit = {}): Promise<Response> => {
    const ending = new AbortController();
    const response = await authorizedFetch(url, { method, redirect: 'manual', signal: ending.signal, ...init });
    const isOpen = response.headers.get('content-type')?.includes('event-stream');
    if (isOpen === true) ending.abort();
    else if (!url.endsWith('/docs')) await response.arrayBuffer();
    return response;
  };
  /** What is wrong with the headers of an answer. */
  const faultsOf = ({ headers, status }: Response, isPage: boolean): string[] => {
    const policy = headers.get('content-security-policy') ?? '';
    const wanted: [string, boolean][] = [
      ['nosniff', headers.get('x-content-type-options') === 'nosniff'],
      ['frames', headers.get('x-frame-options') === 'SAMEORIGIN' && policy.includes("frame-ancestors 'none'")],
      ['referrer', headers.get('referrer-policy') === 'no-referrer'],
      ['opener', headers.get('cross-origin-opener-policy') === 'same-origin'],
      ['resource', headers.get('cross-origin-resource-policy') === 'same-origin'],
      ['policy', policy.startsWith("default-src 'none'") && !/unsafe-inline|unsafe-eval|\*|https?:/.test(policy)],
      ['hsts', !isPage || headers.get('strict-transport-security') === 'max-age=31536000; includeSubDomains'],
      ['powered', !headers.has('x-powered-by') && !headers.has('server')],
      ['kept', isCacheTold(headers, status)],
    ];
    return wanted.filter(([, isTrue]) => !isTrue).map(([what]) => what);
  };
  const isCacheTold = (headers: Headers, status: number): boolean => {
    const told = headers.get('cache-control');
    if (told === 'no-store') return true;
    const isConditional = headers.has('etag') || status === 304;
    const isAsked = ['no-cache', 'private, no-cache', 'public, max-age=0'].includes(told ?? '');
    return isConditional && (isAsked || /immutable/.test(told ?? ''));
  };

  it.each(['intake', 'dashboard'] as const)('are on every answer of the %s', async (service) => {
    const isPage = service === 'dashboard';
    const paths = routesOf(isPage ? ofDashboard : ofIntake).map(({ path }) => filled(path));
    const all = [...new Set([...paths, ...places, ...(isPage ? [asset(), '/favicon.svg'] : [])])];
    const wrong: unknown[] = [];
    const seen = new Set<number>();
    for (const path of all) {
      for (const method of methods) {
        for (const init of [{}, { headers: { authorization: 'Bearer nobody' } }]) {
          const response = await asked(it_[service] + path, method, init);
          seen.add(response.status);
          const faults = faultsOf(response, isPage);
          if (faults.length > 0)
            wrong.push([method, path, response.status, faults, response.headers.get('cache-control')]);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining([200, 204, 401, 404, 405]));
  });

  it('are on an answer that did not change, on what is too long, and on what cannot be read', async () => {
    const first = await asked(`${it_.dashboard}/v1/catalogue`, 'GET');
    const again = await asked(`${it_.dashboard}/v1/catalogue`, 'GET', {
      headers: { 'if-none-match': String(first.headers.get('etag')) },
    });
    const long = await asked(`${it_.dashboard}/v1/units?x=${'y'.repeat(9_000)}`, 'GET');
    const headers = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`x-${n}`, '1']));
    const many = await asked(`${it_.intake}/v1/events`, 'POST', { headers, body: '{}' });
    const parameter = await asked(`${it_.dashboard}/v1/summaries/${'y'.repeat(500)}`, 'GET');
    expect([again, long, many, parameter].map((each) => [each.status, faultsOf(each, false)])).toEqual([
      [304, []],
      [414, []],
      [431, []],
      [404, []],
    ]);
  });

  it('let the page of the description have the styles that stand in it, and no script', async () => {
    for (const service of [it_.intake, it_.dashboard]) {
      const response = await fetch(`${service}/docs`);
      const [html, policy] = [await response.text(), response.headers.get('content-security-policy') ?? ''];
      const styles = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text]) => text);
      expect(styles.length).toBeGreaterThan(0);
      for (const style of styles)
        expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(policy).toContain("script-src 'self';");
      expect(html).not.toMatch(/<script>|<script [^>]*>\s*\S+\s*<\/script>| on\w+="/);
    }
  });

  it('lets a browser show the description and the page without a word of refusal', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content.Security.Policy|refused to/i.test(message.text())) refused.push(message.text());
      });
      for (const [url, shown] of [
        [`${it_.intake}/docs`, '.opblock'],
        [`${it_.dashboard}/docs`, '.opblock'],
        [`${it_.dashboard}/`, '#root *'],
      ]) {
        await page.goto(url);
        await page.waitForSelector(shown, { timeout: 15_000, state: 'attached' });
      }
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  const forged: readonly (readonly [string, Record<string, string>])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['nobody knows where', {}],
    ['an address bar', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that is none', { origin: 'null' }],
    ['an origin that begins alike', { origin: 'https://tonghop.example.gov.vn.evil.example' }],
  ];
  const writes = routesOf(ofDashboard).filter(({ method }) => unsafe(method));

  it('a session changes nothing from another site, by any route that changes something', async () => {
    const sessions = new Sessions(
      {
        REDIS_URL: it_.env.REDIS_URL,
        TOPIC_PREFIX: it_.env.TOPIC_PREFIX,
        SESSION_IDLE_MINUTES: 5,
        SESSION_HOURS: 1,
        SESSIONS_PER_PERSON: 5,
      },
      createLogger('test', 'silent'),
      Date.now,
    );
    try {
      const who = {
        id: 'test person',
        name: 'An',
        kind: 'person',
        roles: ['analyst', 'signer', 'auditor', 'reporter'],
        unit: 'VN',
      } as const;
      expect(writes.length).toBeGreaterThan(1);
      for (const { method, path } of writes) {
        // One of its own for each route: the one before may have been to sign out.
        const cookie = `__Host-tonghop=${(await sessions.begin(who)).id}`;
        const me = await fetch(`${it_.dashboard}/v1/me`, { headers: { cookie } });
        expect(await me.json()).toMatchObject({ signedIn: { name: 'An' } });
        const ask = async (headers: Record<string, string>): Promise<number> =>
          (
            await fetch(it_.dashboard + filled(path), {
              method,
              headers: { cookie, 'content-type': 'application/json', ...headers },
              body: '{}',
            })
          ).status;
        for (const [what, headers] of forged)
          expect([path, what, [401, 403].includes(await ask(headers))]).toEqual([path, what, true]);
        expect([path, [401, 403].includes(await ask({ 'sec-fetch-site': 'same-origin' }))]).toEqual([path, false]);
      }
    } finally {
      sessions.close();
    }
  });
});
