/** What an analyst of the ministry asks of the page: who is behind, everything that is counted, and a map that can be passed on. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { anEvent } from '../kit/builders.js';
import { openBrowser } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 20_000;
const HANOI = { commune: '00004', province: '01' };
const LAO_CAI = { commune: '02683', province: '15' };

describe('the page of the country', () => {
  let it_: TestInstallation;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const counselled = (unit: string, period: string, numerator: number) => ({
    key: unit,
    value: JSON.stringify(
      anEvent({ id: `${unit} ${period}`, data: { unit, period, indicator: 'c', numerator, denominator: 100 } }),
    ),
  });

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    const lent = { indicator: 'loan_amount', value: 1_250_000_000, numerator: undefined, denominator: undefined };
    const messages = [
      counselled(HANOI.commune, '2026-02', 70),
      counselled(HANOI.commune, '2026-03', 55),
      counselled(LAO_CAI.commune, '2026-03', 90),
      { key: HANOI.commune, value: JSON.stringify(anEvent({ id: 'lent', data: lent })) },
    ];
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });
  const newPage = async () => {
    const extraHTTPHeaders = { authorization: `Bearer ${it_.keys.analyst}` };
    context = await browser.newContext({ extraHTTPHeaders, viewport: { width: 1366, height: 900 } });
    return context.newPage();
  };
  beforeEach(async () => {
    page = await newPage();
  });
  afterEach(() => context.close());

  const firstRow = () => page.locator('[data-testid="league"] tbody tr').first();
  const heads = (name: string) => page.locator('[data-testid="league"] thead button', { hasText: name });

  it('tells the province that is most behind by an indicator in one click, with target, gap and change', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await heads('c. Được tư vấn').click({ timeout: SHOWN_MS });
    expect(await firstRow().getAttribute('data-testid')).toBe(`league-${HANOI.province}`);
    const cell = (await firstRow().locator('td').nth(2).textContent()) ?? '';
    expect(cell).toContain('55,00%');
    expect(cell).toMatch(/≥ 40%\s*\+15/);
    expect(cell).toContain('▼ −15');
    expect(cell).toMatch(/Tạm tính 1\/\d+/);
    expect(await page.locator('[data-testid="league"] th[aria-sort="ascending"]').textContent()).toContain('c. ');
    await heads('c. Được tư vấn').click();
    expect(await firstRow().getAttribute('data-testid')).toBe(`league-${LAO_CAI.province}`);
  });

  it('orders by the gap and by the change, and holds that in its address', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.click('[data-testid="measure-change"]', { timeout: SHOWN_MS });
    await heads('c. Được tư vấn').click();
    expect(new URL(page.url()).search).toBe('?window=2026-03&measure=change&sort=league.c.asc');
    const shown = async () => ((await firstRow().locator('td').nth(2).textContent()) ?? '').replaceAll('\u00a0', ' ');
    expect(await shown()).toMatch(/^−1570,00% → 55,00%/);
    await page.reload();
    await eventually(shown, (text) => text.startsWith('−15'), SHOWN_MS);
    await page.click('[data-testid="measure-gap"]');
    expect(await shown()).toMatch(/^\+1555,00% · ≥ 40%/);
    await page.goBack();
    expect(await shown()).toMatch(/^−15/);
  });

  it('shows all 29 indicators by section, without a click, and the history of one in one', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    const rows = page.locator('[data-testid="all-indicators"] tr[data-testid^="all-"]');
    await rows.first().waitFor({ timeout: SHOWN_MS });
    expect(await rows.count()).toBe(29);
    expect(await page.locator('.section-row').count()).toBe(9);
    const loans = page.locator('[data-testid="all-loan_amount"]');
    expect(await loans.getAttribute('data-value')).toBe('1250000000');
    expect(await loans.textContent()).toMatch(/^Số tiền cho vay1\.250\.000\.000đồng1 \/ 3\.321tạm tính/);
    await page.click('[data-testid="history-all-loan_amount"]');
    await page.locator('dialog[open] table', { hasText: 'Phường Ba Đình' }).waitFor({ timeout: SHOWN_MS });
  });

  it('shades the map by any indicator, which a link passes on, as a map or as a table', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.selectOption('[data-testid="shading"]', 'loan_amount', { timeout: SHOWN_MS });
    expect(await page.locator('[data-testid="map"]').getAttribute('aria-label')).toContain('Số tiền cho vay');
    const link = page.url();
    expect(new URL(link).search).toBe('?window=2026-03&indicator=loan_amount');
    await context.close();
    page = await newPage();
    await page.goto(link);
    await page.locator('[data-testid="map"][aria-label*="Số tiền cho vay"]').waitFor({ timeout: SHOWN_MS });
    expect(await page.locator('.legend').first().textContent()).toContain('1.250.000.000');
    expect(await page.textContent('[data-testid="shading-lead"]')).toMatch(/^1 trên 34 tỉnh, thành phố có số liệu/);
    await page.click('[data-testid="map-as-table"]');
    expect(page.url()).toContain('show=table');
    expect(await page.textContent(`[data-testid="province-${HANOI.province}"]`)).toContain('1.250.000.000');
    await page.goBack();
    await page.waitForSelector('[data-testid="map"]');
  });

  it('goes back to the language in which the step before was taken', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.click('[data-testid="lang"]', { timeout: SHOWN_MS });
    const lang = () => page.locator('html').getAttribute('lang');
    expect(await lang()).toBe('en');
    await page.goBack();
    expect(await lang()).toBe('vi');
    await page.goForward();
    expect(await lang()).toBe('en');
  });

  it('says of an indicator that there is not that there is no such thing', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03&indicator=zzz`);
    const notice = page.locator('[data-testid="unknown"]');
    await notice.waitFor({ timeout: SHOWN_MS });
    expect(await notice.textContent()).toContain('Không có chỉ số “zzz”');
    await notice.locator('button').click();
    await page.waitForSelector('[data-testid="league"]', { timeout: SHOWN_MS });
    expect(new URL(page.url()).search).toBe('?window=2026-03');
  });

  it("compares a province's communes on its page, when that is asked for", async () => {
    await page.goto(`${it_.dashboard}/tinh/01?window=2026-03`);
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/v1/units/01/table');
    await page.click('[data-testid="league-open"]', { timeout: SHOWN_MS });
    await asked;
    const row = page.locator(`[data-testid="league-${HANOI.commune}"]`);
    await row.waitFor({ timeout: SHOWN_MS });
    expect(await row.textContent()).toContain('55,00%');
  });
});
