/** How a figure came about, and what it was at an earlier instant, seen on the page in a real browser while reports go on coming in. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { anEvent } from '../kit/builders.js';
import { closePages, openBrowser, openPage } from '../kit/browser.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

describe('history on the page', () => {
  let it_: TestInstallation;
  let browser: Browser;
  let between: string;

  const report = async (numerator: number, revision: number) => {
    const event = anEvent({ id: `report-${revision}`, data: { numerator, revision } });
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(202);
  };
  const opened = (search: string) => openPage(browser, `${it_.dashboard}/${search}`, it_.keys.analyst);
  const shows = (page: Page, numerator: number) =>
    page.waitForSelector(`[data-testid="indicator-c"][data-numerator="${numerator}"]`, { timeout: 15_000 });
  const focused = (page: Page) => page.evaluate<string | null>('document.activeElement.dataset.testid ?? null');

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', {
      env: { CLOCK_SKEW_MS: '200' },
    });
    await report(12, 1);
    await it_.drained();
    await sleep(50);
    between = new Date().toISOString();
    await sleep(1_050);
    await report(15, 2);
    await it_.drained();
    browser = await openBrowser();
  });
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  it("opens a figure's history by one click, down to the events, and gives the focus back as Escape closes it", async () => {
    const page = await opened('?window=2026-03&unit=01');
    await shows(page, 15);
    await page.click('[data-testid="history-c"]');
    const rows = page.locator('[data-testid="history-rows"] tbody tr');
    await rows.nth(1).waitFor();
    const [newest, oldest] = await rows.allTextContents();
    expect(newest).toContain('report-2');
    expect(newest).toMatch(/12 \/ 30\D+15 \/ 30\+3 \/ 015 \/ 30$/);
    expect(oldest).toContain('report-1');
    expect(oldest).toMatch(/\+12 \/ \+3012 \/ 30$/);
    expect(newest).toContain('00004 · Tháng 3/2026');
    expect(newest).not.toMatch(/^.*<\/time>00004/);
    expect(await page.locator('[data-testid="history-timeline"] circle').count()).toBe(2);
    expect(await page.getByRole('dialog').getAttribute('aria-labelledby')).toBe('history-title');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-testid="history"]', { state: 'detached' });
    expect(await focused(page)).toBe('history-c');
  });

  it("opens a commune's from its cell, and by the keyboard", async () => {
    const page = await opened('?window=2026-03&unit=01&lang=en');
    await page.selectOption('[data-testid="indicator"]', 'c');
    await page.waitForSelector('[data-testid="commune-00004"][data-numerator="15"]');
    await page.focus('[data-testid="history-of-00004"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=All 2 changes.');
    await page.click('[data-testid="close-history"]');
    expect(await focused(page)).toBe('history-of-00004');
  });

  it('turns to an earlier instant, stays there whatever comes in, and is live again by one click', async () => {
    const page = await opened(`?window=2026-03&unit=01&asOf=${between}`);
    await shows(page, 12);
    const banner = await page.textContent('[data-testid="as-of-banner"]');
    expect(banner).toContain('không phải số liệu hiện tại');
    await page.waitForSelector('[data-testid="live"][data-state="past"]');
    await page.waitForSelector('[data-testid="only-now"]');
    await page.selectOption('[data-testid="indicator"]', 'c');
    await page.waitForSelector('[data-testid="commune-00004"][data-numerator="12"]');
    await report(18, 3);
    const live = await opened('?window=2026-03&unit=01');
    await shows(live, 18);
    expect(await page.locator('[data-testid="indicator-c"]').getAttribute('data-numerator')).toBe('12');
    await page.click('[data-testid="as-of-back"]');
    await shows(page, 18);
    await page.waitForSelector('[data-testid="live"][data-state="live"]');
    expect(await page.locator('[data-testid="as-of-banner"]').count()).toBe(0);
    expect(page.url()).toBe(`${it_.dashboard}/tinh/01?window=2026-03&indicator=c`);
    await page.goBack();
    await shows(page, 12);
  });

  it("takes the instant in Việt Nam's time, and none that has not come; the country and its map are of then too", async () => {
    const page = await opened('?window=2026-03');
    const choose = async (instant: number) => {
      const local = new Date(instant + 7 * 3_600_000).toISOString().slice(0, 19);
      await page.fill('[data-testid="as-of"]', local);
      await page.click('[data-testid="as-of-look"]');
      return local;
    };
    await choose(Date.now() + 3_600_000);
    expect(page.url()).not.toContain('asOf');
    // The whole second after the first report and before the second one.
    const local = await choose(Math.ceil(Date.parse(between) / 1000) * 1000);
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(new Date(`${local}+07:00`).toISOString());
    await shows(page, 12);
    await page.selectOption('[data-testid="past-indicator"]', 'c');
    await page.click('[data-testid="map-as-table"]');
    const row = await page.waitForSelector('[data-testid="province-01"] [data-testid="history-of-01"]');
    expect(await row.textContent()).toBe('12 / 30');
  });
});
