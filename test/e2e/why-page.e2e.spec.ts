/** "Vì sao?" in a real browser: from any figure down to its events, from an event to every figure that it moved, and back by the back button. */
import type { Browser, Page } from 'playwright-core';
import { issueKey } from '../../cli/access-keys.js';
import type { Role } from '#access';
import { anEvent } from '../kit/builders.js';
import { closePages, keepPicture, openBrowser, openPage } from '../kit/browser.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 20_000;
const MARCH = '?window=2026-03';

describe('why a figure is what it is', () => {
  let it_: TestInstallation;
  let browser: Browser;
  const tokens = new Map<string, string>();

  const publish = async (...events: readonly Record<string, unknown>[]) => {
    const messages = events.map((event) => ({
      key: (event.data as { unit: string }).unit,
      value: JSON.stringify(event),
    }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
  };
  const counselled = (id: string, unit: string, period: string, numerator: number, revision = 1) =>
    anEvent({ id, data: { unit, period, numerator, denominator: 100, revision } });
  const opened = (as: string, path: string) => openPage(browser, `${it_.dashboard}${path}`, tokens.get(as));
  const why = (page: Page, selector = '') => page.locator(`[data-testid="history"] ${selector}`.trim());
  const titleOf = async (page: Page, name: string) =>
    page.locator('#history-title', { hasText: name }).waitFor({ timeout: SHOWN_MS });

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    const give = async (name: string, role: Role, unit: string) =>
      tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
    await give('country', 'analyst', 'VN');
    await give('province', 'signer', '01');
    await give('commune', 'signer', '00004');
    await publish(
      counselled('february', '00004', '2026-02', 20),
      counselled('first', '00004', '2026-03', 30),
      counselled('neighbour', '00008', '2026-03', 50),
      counselled('far', '02683', '2026-03', 70),
    );
    await publish(counselled('second', '00004', '2026-03', 35, 2));
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  it("goes from the country's card to an event of a commune in two clicks, and says which event counts and what it beat", async () => {
    const page = await opened('country', `/${MARCH}`);
    await page.click('[data-testid="history-c"]', { timeout: SHOWN_MS });
    await page.click('[data-testid="moved-by-second"]', { timeout: SHOWN_MS });
    await why(page, '[data-testid="why-moved"]').waitFor({ timeout: SHOWN_MS });
    expect(await why(page).textContent()).toContain('Ô của đơn vị: 30 / 100 → 35 / 100.');
    await page.goBack();
    const rows = why(page, '[data-testid="history-rows"] tbody tr');
    await rows.first().waitFor({ timeout: SHOWN_MS });
    expect(await rows.filter({ hasText: 'second' }).textContent()).toContain('✓ đang được tính');
    expect(await rows.filter({ hasText: 'first' }).textContent()).toContain('bị báo cáo lần 2 thay: số lần lớn hơn');
  });

  it('goes a level down at a time, each in the address, and up again by the back button, which closes it too', async () => {
    const page = await opened('country', `/${MARCH}`);
    await page.click('[data-testid="history-c"]', { timeout: SHOWN_MS });
    await titleOf(page, 'Cả nước');
    expect(await why(page, '[data-testid="why-figure"]').textContent()).toContain(
      'Số người được tư vấn (tử số)155Tổng số người nghiện (mẫu số)300155 ÷ 300 × 100 = 51,67%',
    );
    await page.click('[data-testid="why-unit-01"]', { timeout: SHOWN_MS });
    await titleOf(page, 'Thành phố Hà Nội');
    const parts = why(page, '[data-testid="why-parts"] tbody tr');
    await parts.first().waitFor({ timeout: SHOWN_MS });
    expect((await parts.allTextContents()).map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      expect.stringMatching(/50 \/ 10050,00%58,82%$/),
      expect.stringMatching(/^Phường Ba Đình35 \/ 10035,00%41,18%$/),
    ]);
    await keepPicture(page, 'why-province');
    await page.click('[data-testid="why-unit-00004"]');
    await titleOf(page, 'Phường Ba Đình');
    expect(new URL(page.url()).searchParams.get('why')).toBe('00004.c.2026-03');
    const shared = await opened('country', new URL(page.url()).pathname + new URL(page.url()).search);
    await titleOf(shared, 'Phường Ba Đình');
    await shared.click('[data-testid="close-history"]');
    await why(shared).waitFor({ state: 'detached' });
    expect(shared.url()).not.toContain('why');
    await page.goBack();
    await titleOf(page, 'Thành phố Hà Nội');
    await page.goBack();
    await titleOf(page, 'Cả nước');
    await page.goBack();
    await why(page).waitFor({ state: 'detached' });
    expect(await page.evaluate<string | null>('document.activeElement.dataset.testid ?? null')).toBe('history-c');
  });

  it('closes from any depth with one key, and leaves no step behind', async () => {
    const page = await opened('province', '/tinh/01?window=2026-Q1');
    const address = page.url();
    await page.click('[data-testid="history-c"]', { timeout: SHOWN_MS });
    await page.click('[data-testid="why-unit-00004"]', { timeout: SHOWN_MS });
    // Of a commune's quarter the months, and which of them counts.
    const months = why(page, '.why-months li');
    await months.first().waitFor({ timeout: SHOWN_MS });
    expect(await months.allTextContents()).toEqual([
      'Tháng 2/2026 20 / 100 không tính: đã có tháng mới hơn',
      'Tháng 3/2026 35 / 100 được tính',
    ]);
    await page.click('[data-testid="why-month-2026-02"]');
    await titleOf(page, 'Tháng 2/2026');
    await page.keyboard.press('Escape');
    await why(page).waitFor({ state: 'detached' });
    expect(page.url()).toBe(address);
    expect(await page.evaluate<number>('history.state?.over ?? 0')).toBe(0);
  });

  it('goes from an event to every figure that it moved, in every window and at every level, each with its link', async () => {
    const page = await opened('country', `/${MARCH}&why=00004.c.2026-03&event=second`);
    const row = async (unit: string, window: string) =>
      ((await why(page, `[data-testid="moved-${unit}-${window}"]`).textContent({ timeout: SHOWN_MS })) ?? '').replace(
        /.*(2026)(?=\D)/,
        '',
      );
    expect(await row('00004', '2026-03')).toContain('30 / 100 → 35 / 100+5 / 035 / 100');
    for (const window of ['2026-Q1', '2026-H1', '2026-9M', '2026'])
      expect(await row('00004', window)).toContain('30 / 100 → 35 / 100+5 / 0');
    await why(page, '[data-testid="moved-VN-2026"] button:has-text("155 / 300")').waitFor({ timeout: SHOWN_MS });
    expect(await row('01', '2026-03')).toContain('+5 / 085 / 200');
    await keepPicture(page, 'why-moved');
    await why(page, '[data-testid="moved-VN-2026-Q1"] button').click();
    await titleOf(page, 'Cả nước · Quý I/2026');
  });

  it('tells that an older month moved the month alone, where a newer one is what counts', async () => {
    const page = await opened('province', '/tinh/01?window=2026-03&why=00004.c.2026-02&event=february');
    // It came first, before March's: then it was the year's figure too.
    await why(page, '[data-testid="moved-00004-2026"]').waitFor({ timeout: SHOWN_MS });
    expect(await why(page, '[data-testid="moved-00004-2026"]').textContent()).toContain('35 / 100');
    expect(await why(page, '[data-testid^="moved-VN"]').count()).toBe(0);
  });

  it("shows a commune's own people its figures alone", async () => {
    const page = await opened('commune', `/${MARCH}&why=00004.c.2026-03&event=second`);
    await why(page, '[data-testid="moved-00004-2026"]').waitFor({ timeout: SHOWN_MS });
    expect(await why(page, '[data-testid^="moved-"]').count()).toBe(5);
    expect(await why(page).textContent()).toContain('Tài khoản này chỉ xem được số liệu của đơn vị mình.');
  });

  it("opens from a league table's cell, and turns the page to the instant of an event", async () => {
    const page = await opened('country', `/${MARCH}`);
    await page.locator('[data-testid="league-01"] td').nth(2).locator('button').click({ timeout: SHOWN_MS });
    await titleOf(page, 'Thành phố Hà Nội');
    const rows = why(page, '[data-testid="history-rows"] tbody tr');
    await rows
      .filter({ hasText: 'first' })
      .locator('button', { hasText: 'Số liệu lúc đó' })
      .click({ timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="as-of-banner"]', { state: 'attached', timeout: SHOWN_MS });
    await rows.locator('.later').first().waitFor({ timeout: SHOWN_MS });
  });

  it("shows a year's months with the target, the gap in points and people with the pace, and what is still possible", async () => {
    const page = await opened('province', `/tinh/01${MARCH}&why=01.c.2026-03`);
    const trend = why(page, '[data-testid="trend"]');
    await trend.waitFor({ timeout: SHOWN_MS });
    expect(await trend.locator('.trend-goal').count()).toBe(1);
    expect(await trend.locator('circle').count()).toBe(2);
    expect(await trend.locator('svg').getAttribute('aria-label')).toMatch(/Tháng 2\/2026: 20%; Tháng 3\/2026: 42,5%/);
    expect(await why(page, '[data-testid="gap-c"]').textContent()).toBe('Vượt 2,5 điểm %');
    const possible = await why(page, '[data-testid="possible"]').textContent({ timeout: SHOWN_MS });
    expect(possible).toContain('Tháng 3/2026: 124 đơn vị còn có thể báo cáo chưa từng có mẫu số');
    // Both have reported no later month of the year: each from 0 to its 100.
    expect(possible).toMatch(/Năm 2026: thấp nhất 0%, cao nhất 100%\..*124 đơn vị chưa từng báo cáo/);
    await keepPicture(page, 'why-trend');
    await page.keyboard.press('Escape');
    await why(page).waitFor({ state: 'detached' });
    await page.locator('[data-testid="all-indicators"]').scrollIntoViewIfNeeded();
    await page.locator('[data-testid="trend-c"] svg .trend-goal').waitFor({ state: 'attached', timeout: SHOWN_MS });
  });

  it('says how many more people reach the target, and how many a month that is', async () => {
    const page = await opened('province', `/tinh/01${MARCH}&why=01.c.2026-02`);
    const gap = why(page, '[data-testid="gap-c"]');
    await gap.waitFor({ timeout: SHOWN_MS });
    expect(await gap.getAttribute('data-more')).toBe('20');
    expect(await gap.textContent()).toMatch(/^Còn thiếu 20 điểm % = thêm 20 người: (mỗi tháng \d+ trong|năm báo cáo)/);
  });
});
