/** The auditor's page in a real browser: the trail of one's own unit, filters and pages; for others there is no way to it. */
import type { Browser, Page } from 'playwright-core';
import type { Role } from '#access';
import { issueKey } from '../../cli/access-keys.js';
import { closePages, keepPicture, openBrowser } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

describe("the auditor's page", () => {
  let it_: TestInstallation;
  let browser: Browser;

  beforeAll(async () => {
    it_ = await startInstallation('audit,dashboard');
    browser = await openBrowser();
    const read = (unit: string) => authorizedFetch(`${it_.dashboard}/v1/rollups?unit=${unit}&window=2026-03`);
    for (let n = 0; n < 60; n += 1) await read('00004');
    await read('02683');
  });
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  /** As a key of the role, for the unit. */
  const opened = async (role: Role, unit: string, width = 1280): Promise<Page> => {
    const { token } = await issueKey(it_, it_.env, { role, unit, days: 1, name: `Kiểm tra ${unit}` });
    const headers = { authorization: `Bearer ${token}` };
    const me = async () => (await fetch(`${it_.dashboard}/v1/me`, { headers })).text();
    await eventually(me, (text) => text.includes('"may"'));
    const context = await browser.newContext({ extraHTTPHeaders: headers, viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${it_.dashboard}/`);
    await page.waitForSelector('[data-testid="who"]');
    return page;
  };
  const rows = async (page: Page): Promise<string[][]> => {
    await page.waitForSelector('[data-testid="audit-entries"] tbody tr');
    return page
      .locator('[data-testid="audit-entries"] tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  };

  it('shows a province’s auditor who read its communes, in Việt Nam’s time, and nothing of another province', async () => {
    const page = await opened('auditor', '01');
    await page.click('[data-testid="audit-link"]');
    expect(page.url()).toContain('view=audit');
    await page.selectOption('[data-testid="audit-what"]', 'figures.read');
    // The page itself has read figures of the province as it opened.
    await page.fill('[data-testid="audit-unit"]', '00004');
    await page.click('[data-testid="audit-look"]');
    const first = await eventually(
      () => rows(page),
      (found) => found.length === 50 && found.every(([, , what]) => what === 'Xem số liệu cấp xã'),
    );
    const hour = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now());
    expect(first[0][0].slice(0, 2)).toBe(hour.slice(0, 2));
    expect(first[0].slice(3)).toEqual(['00004', 'cho phép', '127.0.0.1', 'window: 2026-03']);
    await page.click('[data-testid="audit-older"]');
    const second = await eventually(
      () => rows(page),
      (found) => found.length === 10,
    );
    expect([...first, ...second].map(([, , , unit]) => unit).filter((unit) => unit !== '00004')).toEqual([]);
    await page.fill('[data-testid="audit-unit"]', '15');
    await page.click('[data-testid="audit-look"]');
    await page.waitForSelector('[role="alert"]');
    expect(await page.locator('[data-testid="audit-entries"]').count()).toBe(0);
    await page.fill('[data-testid="audit-unit"]', '');
    await page.fill('[data-testid="audit-to"]', '2020-01-01');
    await page.click('[data-testid="audit-look"]');
    await page.waitForSelector('[data-testid="audit"] .empty');
  });

  it.each([1280, 390])('fits a screen of %d pixels', async (width) => {
    const page = await opened('auditor', '01', width);
    await page.click('[data-testid="audit-link"]');
    await rows(page);
    await keepPicture(page, `audit-page-${width}`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('is not there for anybody else, not by its address either', async () => {
    const page = await opened('analyst', '01');
    await page.goto(`${it_.dashboard}/?view=audit`);
    await page.waitForSelector('[data-testid="who"]');
    await page.waitForSelector('h2');
    for (const hidden of ['audit-link', 'audit'])
      expect([hidden, await page.locator(`[data-testid="${hidden}"]`).count()]).toEqual([hidden, 0]);
  });
});
