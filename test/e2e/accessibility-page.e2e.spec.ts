/** Whether everybody can use the page: axe finds nothing serious on it, in either language and either theme; and themes are as they were chosen. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { anEvent } from '../kit/builders.js';
import { openBrowser } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 20_000;

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly any: readonly { readonly message: string }[] }[];
}

describe('the page for everybody', () => {
  let it_: TestInstallation;
  let browser: Browser;
  let context: BrowserContext;
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    const c = (id: string, period: string, numerator: number) =>
      JSON.stringify(anEvent({ id, data: { period, numerator, denominator: 100 } }));
    const values = [c('before', '2026-02', 70), c('now', '2026-03', 55)];
    await it_.producer.send({
      topic: it_.topics.indicatorEvents,
      messages: values.map((value) => ({ key: '00004', value })),
    });
    await it_.drained();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });
  afterEach(() => context.close());

  const opened = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const extraHTTPHeaders = { authorization: `Bearer ${it_.keys.signer}` };
    context = await browser.newContext({ extraHTTPHeaders, viewport: { width: 1366, height: 900 }, ...options });
    const page = await context.newPage();
    await page.goto(`${it_.dashboard}${address}`);
    await page.waitForSelector('[data-testid="all-c"][data-numerator="55"]', { timeout: SHOWN_MS });
    return page;
  };

  const findings = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{ violations: Finding[] }>('axe.run(document)');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => [id, html.slice(0, 160), any[0]?.message].join(' · ')));
  };

  const looks = [
    ['light', 'vi'],
    ['light', 'en'],
    ['dark', 'vi'],
    ['dark', 'en'],
  ] as const;

  it.each(looks)('has nothing on the country that stands in the way of anybody: %s, %s', async (colorScheme, lang) => {
    const page = await opened(`/?window=2026-03&lang=${lang}`, { colorScheme });
    await page.waitForSelector('[data-testid="league-01"]', { timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="map"] canvas', { timeout: SHOWN_MS });
    expect(await findings(page)).toEqual([]);
  });

  it.each(looks)('nor on a province: %s, %s', async (colorScheme, lang) => {
    const page = await opened(`/tinh/01?window=2026-03&lang=${lang}&indicator=c&show=table`, { colorScheme });
    await page.click('[data-testid="league-open"]', { timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="league-00004"]', { timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="communes"]', { timeout: SHOWN_MS });
    expect(await findings(page)).toEqual([]);
  });

  const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const scheme = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme');
  const LIGHT = 'rgb(244, 246, 248)';
  const DARK = 'rgb(17, 23, 30)';

  it('is dark where the system is, light or dark where that was chosen, and stays so', async () => {
    const page = await opened('/?window=2026-03', { colorScheme: 'dark' });
    expect([await scheme(page), await ground(page)]).toEqual(['dark', DARK]);
    await page.emulateMedia({ colorScheme: 'light' });
    await eventually(
      () => scheme(page),
      (shown) => shown === 'light',
      SHOWN_MS,
    );
    expect(await ground(page)).toBe(LIGHT);
    await page.selectOption('[data-testid="theme"]', 'dark');
    expect([await scheme(page), await ground(page)]).toEqual(['dark', DARK]);
    await page.reload();
    await page.waitForSelector('[data-testid="theme"]', { timeout: SHOWN_MS });
    expect([await scheme(page), await page.inputValue('[data-testid="theme"]')]).toEqual(['dark', 'dark']);
    await page.emulateMedia({ media: 'print' });
    expect(await ground(page)).toBe(LIGHT);
  });

  it('moves nothing where the system asks for less motion', async () => {
    const page = await opened('/?window=2026-03', { reducedMotion: 'reduce' });
    const moving =
      "[...document.querySelectorAll('*')].filter((e) => parseFloat(getComputedStyle(e).animationDuration) > 0.001)";
    expect(await page.evaluate<number>(`${moving}.length`)).toBe(0);
  });

  it('shows where the keyboard is', async () => {
    const page = await opened('/?window=2026-03');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outline');
    expect(outline).toMatch(/solid 3px/);
  });
});
