/** A month signed on the page in a real browser: locked by what its signer saw, corrections held, accepted and refused, and what others see of it. */
import type { Browser, Page } from 'playwright-core';
import { issueKey } from '../../cli/access-keys.js';
import type { Role } from '#access';
import { anEvent } from '../kit/builders.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { closePages, openBrowser, openPage } from '../kit/browser.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const MONTH = '2026-03';

describe('decisions on the page', () => {
  let it_: TestInstallation;
  let browser: Browser;
  const tokens = new Map<string, string>();
  let reports = 0;

  const report = async (unit: string, numerator: number, revision: number, indicator = 'c') => {
    const event = anEvent({ id: `r${(reports += 1)}`, data: { unit, indicator, numerator, revision } });
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({ ...event, source: `/units/${unit}` }),
    });
    expect(response.status).toBe(202);
  };
  const ask = async (as: string, path: string, body?: object) => {
    const response = await fetch(`${it_.dashboard}/v1/${path}`, {
      headers: { authorization: `Bearer ${tokens.get(as)}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const opened = async (as: string, search = `?window=${MONTH}&unit=01`): Promise<Page> => {
    const page = await openPage(browser, `${it_.dashboard}/${search}`, tokens.get(as));
    await page.waitForSelector('[data-testid="month"][data-state]');
    return page;
  };
  const state = (page: Page, wanted: string) =>
    page.waitForSelector(`[data-testid="month"][data-state="${wanted}"]`, { timeout: 20_000 });
  const figure = (page: Page, numerator: number) =>
    page.waitForSelector(`[data-testid="indicator-c"][data-numerator="${numerator}"]`, { timeout: 20_000 });
  const count = (page: Page, testId: string) => page.locator(`[data-testid="${testId}"]`).count();
  const held = (total: number) =>
    eventually(
      () => ask('signer', 'held?unit=01'),
      ({ body }) => body.total === total,
    );

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', {
      env: { CLOCK_SKEW_MS: '200' },
    });
    const give = async (name: string, role: Role, unit: string) =>
      tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
    await give('signer', 'signer', '01');
    await give('second', 'signer', '01');
    await give('commune', 'signer', '00004');
    await give('analyst', 'analyst', '01');
    await eventually(
      () => ask('commune', `months/00004/${MONTH}`),
      ({ status }) => status === 200,
    );
    await report('00004', 12, 1);
    await it_.drained();
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  it("a commune submits; its signer has no button of the province's", async () => {
    const page = await opened('commune', `?window=${MONTH}`);
    expect([await count(page, 'lock'), await count(page, 'reopen')]).toEqual([0, 0]);
    await page.click('[data-testid="submit-month"]');
    expect(await page.textContent('[data-testid="submitted-00004"]')).toContain('Đúng như đã trình');
  });

  it('is locked as what was shown: completeness, what changed since the day before, cut-off and hash', async () => {
    const analyst = await opened('analyst');
    expect([await count(analyst, 'lock'), await count(analyst, 'submit-month')]).toEqual([0, 0]);
    const page = await opened('signer');
    await page.click('[data-testid="lock"]');
    await page.waitForSelector('[data-testid="lock-changes"]');
    expect(await page.textContent('[data-testid="lock-completeness"]')).toContain('Đã nhận 1 trên 127');
    expect(await page.textContent('[data-testid="lock-changes"] tbody')).toMatch(/–12 \/ 30$/);
    const seen = await page.textContent('[data-testid="lock-figures"]');
    const cutOff = await page.getAttribute('[data-testid="lock-cut-off"]', 'datetime');
    // What comes in while it is read is not signed.
    await report('00004', 13, 2);
    await figure(page, 13);
    await page.click('[data-testid="lock-now"]');
    await state(page, 'locked');
    expect(await count(page, 'lock-dialog')).toBe(0);
    expect((await ask('signer', `months/01/${MONTH}`)).body).toMatchObject({ state: 'locked', cutOff, figures: seen });
    await figure(page, 12);
  });

  it('says in words that another was first, and shows what stands', async () => {
    await ask('signer', `months/01/${MONTH}/reopen`, { reason: 'kiểm tra lại' });
    const page = await opened('signer');
    await page.click('[data-testid="lock"]');
    await page.waitForSelector('[data-testid="lock-figures"]');
    const { body } = await ask('second', `months/01/${MONTH}`);
    const { cutOff, figures } = body;
    expect((await ask('second', `months/01/${MONTH}/lock`, { cutOff, figures })).status).toBe(200);
    await page.click('[data-testid="lock-now"]');
    expect(await page.textContent('[data-testid="why-not"]')).toContain('vừa được người khác khóa');
    await state(page, 'locked');
  });

  it('shows held corrections with their effect; one is accepted, a commune’s others are refused with a reason', async () => {
    await report('00004', 20, 3);
    await report('00008', 7, 1);
    await report('00008', 8, 1, 'd');
    await held(3);
    expect(await count(await opened('analyst'), 'accept-00004-c')).toBe(0);
    const page = await opened('signer');
    const row = page.locator('[data-testid^="held-00004.c."]');
    await row.waitFor();
    expect(await row.textContent()).toContain('13 / 30 → 20 / 30');
    await page.click('[data-testid="accept-00004-c"]');
    const dialog = page.locator('[data-testid="held-dialog"]');
    expect(await dialog.locator('.effect').textContent()).toContain('+7 / 0');
    await page.click('[data-testid="decide-now"]');
    await figure(page, 20);
    await page.waitForSelector('[data-testid="accept-00004-c"]', { state: 'detached' });
    await page.click('[data-testid="refuse-all-00008"]');
    expect(await page.isDisabled('[data-testid="decide-now"]')).toBe(true);
    await page.fill('[data-testid="reason"]', 'chưa có danh sách kèm theo');
    await page.click('[data-testid="decide-now"]');
    await page.waitForSelector('[data-testid="held-00008-2026-03"]', { state: 'detached' });
    await page.selectOption('[data-testid="held-show"]', 'done');
    const decided = await page.waitForSelector('[data-testid="held-decided"] [data-testid^="decided-00008.c."]');
    expect(await decided.textContent()).toMatch(/Đã bác.*chưa có danh sách kèm theo/);
    expect(await page.locator('[data-testid="held-decided"] tbody tr').count()).toBe(3);
  });

  it('is reopened with a reason, and its history has the decisions', async () => {
    const page = await opened('signer');
    await page.click('[data-testid="reopen"]');
    await page.fill('[data-testid="reason"]', 'sai số liệu của một xã');
    await page.click('[data-testid="reopen-now"]');
    await state(page, 'open');
    await figure(page, 27);
    await page.click('[data-testid="history-c"]');
    await page.waitForSelector('[data-testid="history-rows"] tr[data-cause="decision"]');
    expect(await page.locator('[data-testid="history-timeline"] .mark-decision').count()).toBeGreaterThan(0);
  });
});
