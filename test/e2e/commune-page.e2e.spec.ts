/** A commune's page in a real browser: its year, what became of each cell, and who sees it. */
import type { Browser, Page } from 'playwright-core';
import { issueKey } from '../../cli/access-keys.js';
import type { Role } from '#access';
import { anEvent, aQuietMonth } from '../kit/builders.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { closePages, keepPicture, openBrowser, openPage } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const WINDOW = '?window=2026-03';

describe("a commune's page", () => {
  let it_: TestInstallation;
  let browser: Browser;
  const tokens = new Map<string, string>();

  const publish = async (...events: readonly Record<string, unknown>[]) => {
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    });
    expect(response.status).toBe(202);
    await it_.drained();
  };
  const opened = (as: string, path: string) => openPage(browser, `${it_.dashboard}${path}`, tokens.get(as));
  const wrong = (indicator: string, numerator: number) =>
    anEvent({ id: `refused-${indicator}`, data: { indicator, numerator } });
  const cell = (page: Page, indicator: string, month = '2026-03') =>
    page.locator(`[data-testid="cell-${indicator}-${month}"]`);

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', {
      env: { CLOCK_SKEW_MS: '200' },
    });
    const give = async (name: string, role: Role, unit: string) =>
      tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
    await give('commune', 'signer', '00004');
    await give('province', 'signer', '01');
    await give('elsewhere', 'analyst', '15');
    await give('country', 'analyst', 'VN');
    await publish(anEvent(), aQuietMonth({}, { id: 'quiet' }), wrong('c', 31));
    await publish(anEvent({ id: 'event-2', data: { revision: 2, numerator: 13 } }), wrong('d', 31));
    const people = [80, 81, 79, 80, 82, 80, 800].map((value, n) => {
      const period = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'][n];
      const data = { unit: '00004', indicator: 'pop_addicts', period, revision: 1, value };
      return { ...anEvent({ id: `people-${period}` }), data };
    });
    await publish(...people);
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  it('shows its own people the year: what is reported, corrected, and that nothing arose', async () => {
    const page = await opened('commune', `/${WINDOW}`);
    await page.waitForSelector('[data-testid="unit-year"] table');
    expect(await page.title()).toContain('Phường Ba Đình');
    const states = await Promise.all(['c', 'jobs', 'd'].map((code) => cell(page, code).getAttribute('data-state')));
    expect(states).toEqual(['corrected', 'nothingArose', 'missing']);
    expect(await cell(page, 'c').textContent()).toBe('✎ 43,33%');
    expect(await cell(page, 'jobs').textContent()).toBe('∅ 0');
    expect(await cell(page, 'd').getAttribute('data-refused')).toBe('NUMERATOR_EXCEEDS_DENOMINATOR');
    expect(await cell(page, 'd').locator('button').getAttribute('title')).toContain('Tử số lớn hơn mẫu số');
    expect(await page.getAttribute('[data-testid="year-2026-03"]', 'data-status')).toBe('partial');
    expect(await page.textContent('[data-testid="year-2026-03"]')).toContain('hạn ');
  });

  it('marks a figure that is to be asked about, and says why', async () => {
    const page = await opened('commune', `/${WINDOW}`);
    const flagged = cell(page, 'pop_addicts', '2026-04');
    await flagged.waitFor();
    expect(await flagged.getAttribute('data-flagged')).toBe('jump');
    expect(await flagged.textContent()).toBe('? 800');
    expect(await flagged.locator('button').getAttribute('title')).toContain(
      'Đáng ngờ: Số liệu khác hẳn các tháng trước (thường 80).',
    );
    expect(await cell(page, 'pop_addicts', '2026-03').getAttribute('data-flagged')).toBeNull();
    expect(await page.textContent('.year-legend')).toContain('Đáng ngờ, cần hỏi lại');
    await page.screenshot({ path: '.local/screenshots/flagged.png', fullPage: true });
  });

  it('opens the history of a cell of any month, down to its event, in one click', async () => {
    const page = await opened('commune', '/?window=2026-05');
    await cell(page, 'c').locator('button').click();
    const history = page.locator('[data-testid="history"]');
    await history.locator('text=event-2').waitFor();
    const text = await history.textContent();
    for (const words of ['Phường Ba Đình · Tháng 3/2026', 'Tỷ lệ = Số người được tư vấn ÷ Tổng số người nghiện × 100.'])
      expect(text).toContain(words);
  });

  it("is one click from its province's table, and says whose it is when it is shared", async () => {
    const page = await opened('province', `/tinh/01${WINDOW}`);
    await page.click('[data-testid="open-00004"]');
    await page.waitForSelector('[data-testid="unit-year"] table');
    expect(new URL(page.url()).pathname).toBe('/xa/00004');
    expect(await page.textContent('h2')).toContain('Phường Ba Đình');
    await page.click('[data-testid="province-of"]');
    await page.waitForSelector('[data-testid="communes"]');
    const shared = await opened('country', `/xa/00004${WINDOW}`);
    await cell(shared, 'c').waitFor();
  });

  it("is named on its province's open page when its figure changes", async () => {
    const page = await opened('province', `/tinh/01${WINDOW}`);
    // What changes is told by two readings: the first has to be there.
    await page.waitForSelector('[data-testid="open-00004"]');
    await page.waitForSelector('[data-testid="live"][data-state="live"]');
    const breakdown = { addict: { numerator: 12, denominator: 30 } };
    await publish(anEvent({ id: 'event-b', data: { indicator: 'b', breakdown } }));
    await page.locator('.change-name', { hasText: 'Phường Ba Đình' }).waitFor({ timeout: 20_000 });
  });

  it('is nothing for who may not see it, and nothing where there is no such commune', async () => {
    for (const [as, path] of [
      ['elsewhere', '/xa/00004'],
      ['country', '/xa/99999'],
    ]) {
      const page = await opened(as, `${path}${WINDOW}`);
      expect(await page.textContent('[data-testid="unknown"]')).toContain(path.slice(4));
      expect(await page.locator('[data-testid="unit-year"]').count()).toBe(0);
    }
  });

  it('shows a locked month, and the correction that waits beside what the month says', async () => {
    const ask = (path: string, body?: object) =>
      fetch(`${it_.dashboard}/v1/${path}`, {
        headers: { authorization: `Bearer ${tokens.get('province')}`, 'content-type': 'application/json' },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
    const month = (await (await ask('months/01/2026-03')).json()) as { cutOff: string; figures: string };
    expect((await ask('months/01/2026-03/lock', { cutOff: month.cutOff, figures: month.figures })).status).toBe(200);
    await publish(anEvent({ id: 'event-3', data: { revision: 3, numerator: 14 } }));
    const held = async () => ((await (await ask('held?unit=01')).json()) as { total: number }).total;
    await eventually(held, (total) => total === 1);
    const page = await opened('commune', `/xa/00004${WINDOW}`);
    await page.waitForSelector('[data-testid="cell-c-2026-03"][data-held]');
    expect(await cell(page, 'c').textContent()).toBe('▲ ✎ 43,33%');
    expect(await page.textContent('[data-testid="year-2026-03"]')).toContain('đã khóa sổ');
    await keepPicture(page, 'commune', true);
  });
});
