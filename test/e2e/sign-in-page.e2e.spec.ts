/** The page in a real browser, from the first look of a newcomer to figures and out again, at a real OpenID provider. */
import type { Browser, Page } from 'playwright-core';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { closePages, openBrowser } from '../kit/browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';

describe('a newcomer to the page', () => {
  let it_: TestInstallation;
  let browser: Browser;

  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation('dashboard,demo-sign-in', { env });
    browser = await openBrowser();
  });
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  const opened = async (path = '/'): Promise<{ page: Page; asked: string[] }> => {
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${it_.dashboard}${path}`);
    await page.waitForSelector('[data-testid="sign-in"]');
    return { page, asked };
  };
  const signInAs = async (page: Page, user: string): Promise<string> => {
    await page.click(`[data-testid="sign-in-${user}"]`);
    return (await (await page.waitForSelector('[data-testid="who"]')).textContent()) ?? '';
  };

  it('is at the figures of Hà Nội after one click, and asks for nothing that is not under it', async () => {
    const { page, asked } = await opened('/?window=2026-03&lang=en');
    const who = await signInAs(page, 'ha-noi');
    expect(who).toContain('Công an thành phố Hà Nội');
    expect(who).toContain('Thành phố Hà Nội · signs, analyses');
    await page.waitForSelector('[data-testid="live"][data-state="live"]');
    expect(page.url()).toBe(`${it_.dashboard}/?window=2026-03&lang=en`);
    expect(await page.locator('h2').textContent()).toContain('Thành phố Hà Nội');
    for (const hidden of ['country', 'unit', 'make-summary', 'map-as-table'])
      expect([hidden, await page.locator(`[data-testid="${hidden}"]`).count()]).toEqual([hidden, 0]);
    await page.waitForSelector('#communes-title, [aria-labelledby="communes-title"]');
    const api = asked.filter((url) => url.includes('/v1/'));
    expect(api.some((url) => url.includes('unit=01'))).toBe(true);
    expect(api.filter((url) => /unit=VN|units\/VN|summaries/.test(url))).toEqual([]);
  });

  it('is asked again where the session is ended elsewhere, and may be somebody else by one click', async () => {
    const { page } = await opened();
    await signInAs(page, 'lao-cai');
    const second = await page.context().newPage();
    await second.goto(`${it_.dashboard}/`);
    await second.click('[data-testid="sign-out"]');
    await second.waitForSelector('[data-testid="sign-in"]');
    // Its stream is closed, so that it looks who is signed in.
    await page.waitForSelector('[data-testid="sign-in"]', { timeout: 10_000 });
    expect(await signInAs(page, 'trung-uong')).toContain('Bộ Công an');
    // The running month is not over: its summary cannot be asked for yet.
    await page.waitForSelector('[data-testid="summary-early"]');
    expect(await page.locator('[data-testid="make-summary"]').count()).toBe(0);
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.waitForSelector('[data-testid="make-summary"]');
    await page.waitForSelector('[data-testid="unit"]');
  });

  it('sees where he is signed in, and ends a session elsewhere, after a sign-in where that is asked for', async () => {
    const elsewhere = (await opened()).page;
    await signInAs(elsewhere, 'lao-cai');
    const { page } = await opened('/?window=2026-03');
    await signInAs(page, 'lao-cai');
    await page.click('[data-testid="sessions-button"]');
    const rows = page.locator('[data-testid="sessions"] tr[data-testid]');
    await rows.nth(1).waitFor();
    expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-this')).sort())).toEqual([
      'false',
      'true',
    ]);
    // As where the sign-in was too long ago.
    const problem = { status: 403, contentType: 'application/problem+json', body: '{"code":"SIGN_IN_AGAIN"}' };
    await page.route('**/v1/sessions/end', (route) => route.fulfill(problem));
    await page.click('[data-testid="end-others"]');
    await page.waitForSelector('[data-testid="sign-in-again"]');
    await page.click('[data-testid="sign-in-again"]');
    await page.click('text=Lào Cai');
    await page.unroute('**/v1/sessions/end');
    await page.waitForSelector('[data-testid="sessions"]');
    expect(page.url()).toBe(`${it_.dashboard}/?window=2026-03#sessions`);
    await page.click('[data-testid="sessions"] tr[data-this="false"] button');
    await page.waitForSelector('[data-testid="sessions"] tr[data-this="false"]', { state: 'detached' });
    await elsewhere.waitForSelector('[data-testid="sign-in"]', { timeout: 10_000 });
    await page.click('[data-testid="close-sessions"]');
    await page.waitForSelector('[data-testid="sessions"]', { state: 'detached' });
  });

  it('leaves nothing behind as he signs out, also while the service is away, and is told that the session is open', async () => {
    const { page } = await opened('/?window=2026-03');
    await signInAs(page, 'ha-noi');
    await page.click('[data-testid="lang"]');
    await page.waitForSelector('[data-testid="indicator-c"]');
    const kept = () => page.evaluate<number>('localStorage.length + sessionStorage.length');
    expect(await kept()).toBeGreaterThan(0);
    await page.route('**/sign-out', (route) => route.abort());
    await page.click('[data-testid="sign-out"]');
    await page.waitForSelector('[data-testid="not-left"]');
    expect([await kept(), await page.locator('[data-testid="indicator-c"]').count()]).toEqual([0, 0]);
    await page.unroute('**/sign-out');
    await page.click('[data-testid="sign-out-again"]');
    await page.waitForSelector('[data-testid="sign-in"]');
    await page.reload();
    await page.waitForSelector('[data-testid="sign-in"]');
  });

  it('sees as an operator who he is and what was refused, and no figure', async () => {
    const { page, asked } = await opened();
    await signInAs(page, 'van-hanh');
    await page.waitForSelector('[data-testid="refused"] .empty');
    await page.waitForTimeout(500);
    expect(asked.filter((url) => url.includes('/v1/')).map((url) => new URL(url).pathname)).toEqual([
      '/v1/me',
      '/v1/me',
      '/v1/rejections',
    ]);
  });
});
