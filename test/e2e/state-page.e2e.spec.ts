/** What the page says of itself: whether figures are live, until when they are known, and how much of them is in. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { anEvent } from '../kit/builders.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { openBrowser } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 20_000;

describe('the page says what state it is in', () => {
  let it_: TestInstallation;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });
  beforeEach(async () => {
    const extraHTTPHeaders = { authorization: `Bearer ${it_.keys.analyst}` };
    context = await browser.newContext({ extraHTTPHeaders });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const isLive = () => page.waitForSelector('[data-testid="live"][data-state="live"]', { timeout: SHOWN_MS });

  it('is not live while requests fail, though the stream is open, and says what it shows; live again by itself', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await isLive();
    expect(await page.textContent('[data-testid="live-up-to"]')).toMatch(/^Số liệu đến \d{2}:\d{2}:\d{2}/);
    const isFigures = (url: URL) => url.pathname === '/v1/rollups' || url.pathname === '/v1/completeness';
    await page.route(isFigures, (route) => route.fulfill({ status: 503, body: '{}' }));
    // Another window is asked for.
    await page.selectOption('[data-testid="window"]', '2026-02');
    await page.waitForSelector('[data-testid="live"][data-state="failing"]', { timeout: SHOWN_MS });
    expect(await page.textContent('[data-testid="live"]')).toBe('Máy chủ không trả lời');
    expect(await page.isVisible('.lost')).toBe(true);
    await page.unroute(isFigures);
    await isLive();
  });

  it('gives no verdict on a figure that few have reported, and says how few', async () => {
    const plan = { unit: '00004', indicator: 'c', period: '2026-03', numerator: 9, denominator: 10 };
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(anEvent({ id: 'early', data: plan })),
    });
    expect(response.status).toBe(202);
    await page.goto(`${it_.dashboard}/?window=2026-03&unit=01`);
    const card = page.locator('[data-testid="indicator-c"][data-numerator="9"]');
    await card.waitFor({ timeout: SHOWN_MS });
    expect(await card.locator('[data-testid="provisional"]').textContent()).toMatch(/^Tạm tính \(1\/\d+ đơn vị\)$/);
    expect(await card.locator('.badge').count()).toBe(0);
  });

  it('shows a province what was refused of its communes, with what to mend, and analysts nothing of it', async () => {
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(anEvent({ id: 'too-many', data: { numerator: 31, denominator: 30 } })),
    });
    expect(response.status).toBe(422);
    await page.goto(`${it_.dashboard}/?window=2026-03&unit=01`);
    await page.waitForSelector('[data-testid="communes"]', { timeout: SHOWN_MS });
    expect(await page.locator('[data-testid="refused"]').count()).toBe(0);
    await page.setExtraHTTPHeaders({ authorization: `Bearer ${it_.keys.signer}` });
    const row = page.locator('[data-testid="refused-00004-NUMERATOR_EXCEEDS_DENOMINATOR"]');
    await eventually(
      async () => {
        await page.goto(`${it_.dashboard}/?window=2026-03&unit=01`);
        await page.waitForSelector('[data-testid="refused"] tr, [data-testid="refused"] .empty', { timeout: SHOWN_MS });
        return row.count();
      },
      (count) => count === 1,
      SHOWN_MS,
    );
    const text = await row.textContent();
    expect(text).toContain('Phường Ba Đình');
    expect(text).toContain('Tử số lớn hơn mẫu số.');
  });

  it('holds the province and the window in its address, which opens anew, and goes back', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.selectOption('[data-testid="unit"]', '01', { timeout: SHOWN_MS });
    expect(page.url()).toBe(`${it_.dashboard}/tinh/01?window=2026-03`);
    const title = 'Thành phố Hà Nội · Tháng 3/2026 — Tổng Hợp — Dự án 5';
    await eventually(
      () => page.title(),
      (shown) => shown === title,
      SHOWN_MS,
    );
    await page.reload();
    await eventually(
      () => page.title(),
      (shown) => shown === title,
      SHOWN_MS,
    );
    await page.goBack();
    await eventually(
      () => page.title(),
      (shown) => shown.startsWith('Cả nước'),
      SHOWN_MS,
    );
  });

  it.each([
    [
      '/tinh/01?window=2026-03&indicator=c&show=table',
      'Thành phố Hà Nội · Tháng 3/2026 · Được tư vấn cai nghiện · dạng bảng',
    ],
    [
      '/tinh/01?window=2026-03&work=late&calendar=open',
      'Thành phố Hà Nội · Tháng 3/2026 · Việc cần làm: Chậm · Lịch báo cáo',
    ],
    ['/?window=2026-03&measure=gap', 'Cả nước · Tháng 3/2026 · So với chỉ tiêu'],
    ['/?window=2026-Q1&why=00004.c.2026-03', 'Vì sao? · Phường Ba Đình · Tháng 3/2026 · Được tư vấn cai nghiện'],
    ['/?window=2026-03&asOf=2026-04-20T02:30:00.000Z', 'Cả nước · Tháng 3/2026 · tính đến 09:30:00, 20/04/2026'],
    ['/tinh/99', 'Không có đơn vị “99”'],
  ])('says in the title of %s what is looked at', async (address, title) => {
    await page.goto(`${it_.dashboard}${address}`);
    await eventually(
      () => page.title(),
      (shown) => shown === `${title} — Tổng Hợp — Dự án 5`,
      SHOWN_MS,
    );
  });

  it('has a title in the language of the page, and another one where what is over the page is closed', async () => {
    await page.goto(`${it_.dashboard}/tinh/01?window=2026-03&lang=en&why=01.c.2026-03`);
    const titled = (title: string) =>
      eventually(
        () => page.title(),
        (shown) => shown === `${title} — Tổng Hợp — Project 5`,
        SHOWN_MS,
      );
    await titled('Why? · Thành phố Hà Nội · March 2026 · Counselled on rehabilitation');
    // The title may be there before what is shown over the page, and only that takes the key.
    await page.waitForSelector('[data-testid="history"] [data-testid="close-history"]', { timeout: SHOWN_MS });
    await page.keyboard.press('Escape');
    await titled('Thành phố Hà Nội · March 2026');
  });

  it.each([
    ['/tinh/99', 'Không có đơn vị “99”', '/'],
    ['/?unit=99999', 'Không có đơn vị “99999”', '/'],
    ['/tinh/01?window=2026-13', 'Không có kỳ báo cáo “2026-13”', '/tinh/01'],
  ])('says of %s that there is no such thing, shows no figure for it, and leads on', async (address, words, next) => {
    await page.goto(`${it_.dashboard}${address}`);
    const notice = page.locator('[data-testid="unknown"]');
    await notice.waitFor({ timeout: SHOWN_MS });
    expect(await page.locator('#summaries-title').count()).toBe(0);
    expect(await notice.textContent()).toContain(words);
    expect(await page.locator('[data-testid^="indicator-"]').count()).toBe(0);
    await notice.locator('button').click();
    await page.waitForSelector('[data-testid="indicator-c"]', { timeout: SHOWN_MS });
    expect(page.url()).toBe(`${it_.dashboard}${next}`);
  });

  it('names a province under the pointer with its figure, and no bare code', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.locator('[data-testid="map"] canvas').first().waitFor({ timeout: SHOWN_MS });
    const box = await page.locator('[data-testid="map"]').boundingBox();
    if (!box) throw new Error('there is no map');
    const tip = page.locator('.map-tip');
    // Down the middle, until it meets land.
    for (let down = 20; down < box.height && !(await tip.isVisible()); down += 10)
      await page.mouse.move(box.x + box.width * 0.25, box.y + down, { steps: 2 });
    expect(await tip.locator('strong').textContent()).toMatch(/^\p{L}[\p{L} .-]+$/u);
    expect(await tip.textContent()).toMatch(/Đã báo cáo: [\d.]+ \/ [\d.]+/);
  });

  it('prints every row of its tables', async () => {
    await page.goto(`${it_.dashboard}/?window=2026-03&unit=01`);
    const table = page.locator('.table-communes');
    await table.locator('tbody tr').first().waitFor({ timeout: SHOWN_MS });
    const isWhole = () => table.evaluate((box) => box.scrollHeight <= box.clientHeight);
    expect(await isWhole()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await isWhole()).toBe(true);
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(125);
  });

  it('keeps the rest where a part of the page is gone, and says so', async () => {
    await page.route(/province-map-.*\.js/, (route) => route.fulfill({ status: 404, body: 'gone' }));
    let loads = 0;
    page.on('load', () => (loads += 1));
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    await page.waitForSelector('[data-testid="broken"]', { timeout: SHOWN_MS });
    // Once by the visitor, once by itself.
    expect(loads).toBe(2);
    expect(await page.textContent('[data-testid="broken"]')).toContain('Trang đã có bản mới');
    await page.waitForSelector('[data-testid="indicator-c"]');
    await isLive();
  });

  it('goes on to the next report month where it stays open over the fifteenth, and not where its address names one', async () => {
    const shown = () => page.inputValue('[data-testid="window"]');
    await page.clock.install({ time: new Date('2026-11-14T23:59:30+07:00') });
    await page.goto(it_.dashboard);
    await page.waitForSelector('[data-testid="window"]', { timeout: SHOWN_MS });
    expect(await shown()).toBe('2026-11');
    await page.clock.runFor(90_000);
    await eventually(shown, (window) => window === '2026-12', SHOWN_MS);
    await page.goto(`${it_.dashboard}/?window=2026-11`);
    await page.clock.runFor(90_000);
    expect(await shown()).toBe('2026-11');
  });
});
