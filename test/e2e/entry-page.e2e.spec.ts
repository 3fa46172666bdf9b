/** A commune's clerk types a month in, in a real browser: from the sign-in to the figures, wrong ones, another who was first, a locked month. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import type { Role } from '#access';
import { issueKey } from '../../cli/access-keys.js';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { anEvent } from '../kit/builders.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { closePages, keepPicture, openBrowser } from '../kit/browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';

const WINDOW = '?window=2026-03';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('typing a month in', () => {
  let it_: TestInstallation;
  let browser: Browser;
  const tokens = new Map<string, string>();
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  beforeAll(async () => {
    const signIn = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard,demo-sign-in', {
      env: { ...signIn, CLOCK_SKEW_MS: '200' },
    });
    const give = async (name: string, role: Role, unit: string) =>
      tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
    await give('province', 'signer', '01');
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  /** Signed in by one click, at the year of Ba Đình. */
  const opened = async (user = 'ba-dinh', path = `/${WINDOW}`): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 900 } })).newPage();
    await page.goto(`${it_.dashboard}${path}`);
    await page.click(`[data-testid="sign-in-${user}"]`);
    await page.waitForSelector('[data-testid="unit-year"] table');
    return page;
  };
  const field = (page: Page, place: string) => page.locator(`input[data-testid="field-${place}"]`);
  const type = async (page: Page, place: string, text: string) => field(page, place).fill(text);
  const summary = (page: Page, changes: number, faults = 0) =>
    page.waitForSelector(`[data-testid="entry-summary"][data-changes="${changes}"][data-faults="${faults}"]`);
  const arrived = async (page: Page): Promise<string> => {
    await page.waitForSelector('[data-testid="entered"][data-arrived="true"]', { timeout: 20_000 });
    return (await page.textContent('[data-testid="entered"]')) ?? '';
  };
  const cell = (page: Page, indicator: string, month = '2026-03') =>
    page.locator(`[data-testid="cell-${indicator}-${month}"]`);

  it('is one click from the commune’s page; what is wrong is said beside the field; what was sent is in the table', async () => {
    const page = await opened();
    await page.click('[data-testid="enter-month"]');
    await field(page, 'c||numerator').waitFor();
    expect(await page.textContent('[data-testid="entry"] h3')).toBe('Nhập số liệu tháng 3/2026: Phường Ba Đình');
    expect(await page.locator('fieldset.entry-cell').count()).toBe(26);
    expect(await page.isDisabled('[data-testid="entry-send"]')).toBe(true);
    // Half of a figure is no fault yet while one types on.
    await type(page, 'c||numerator', '31');
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
    await type(page, 'c||denominator', '30');
    await summary(page, 0, 1);
    expect(await field(page, 'c||numerator').getAttribute('aria-invalid')).toBe('true');
    expect(await page.textContent('[data-testid="entry-c"]')).toContain('Tử số lớn hơn mẫu số.');
    await type(page, 'jobs||value', '1,5');
    await summary(page, 0, 2);
    // What is typed is not lost by one key.
    await field(page, 'jobs||value').press('Escape');
    await page.locator('[data-testid="entry-close"]', { hasText: 'Bỏ, không gửi' }).waitFor();
    // Sending shows the first fault in place of sending.
    await field(page, 'jobs||value').press('Enter');
    await page.waitForSelector('input[data-testid="field-c||numerator"]:focus');
    await type(page, 'c||numerator', '12');
    await type(page, 'jobs||value', '1.234');
    await summary(page, 2);
    expect(await page.textContent('.entry-changes')).toMatch(/tư vấn cai nghiện: – → 12 \/ 30.*sinh kế: – → 1.234/);
    await keepPicture(page, 'entry');
    await field(page, 'jobs||value').press('Enter');
    expect(await arrived(page)).toBe('Đã gửi 2 chỉ số của tháng 3/2026. Bảng đã có số mới.');
    expect(await page.locator('[data-testid="entry"]').count()).toBe(0);
    expect([await cell(page, 'c').textContent(), await cell(page, 'jobs').textContent()]).toEqual(['40,00%', '1.234']);
  });

  it('passes over nobody: who reported meanwhile is shown, and what was typed stays', async () => {
    const page = await opened();
    await page.click('[data-testid="enter-2026-03"]');
    await type(page, 'c||numerator', '13');
    const event = anEvent({ id: 'other', data: { revision: 2, numerator: 20 } });
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(202);
    await it_.drained();
    await page.click('[data-testid="entry-send"]');
    await page.waitForSelector('[data-testid="entry-failed"][data-code="REPORT_CHANGED"]');
    await page.locator('[data-testid="entry-c"]', { hasText: 'trước: 20 / 30' }).waitFor();
    expect(await field(page, 'c||numerator').inputValue()).toBe('13');
    await page.click('[data-testid="entry-send"]');
    await arrived(page);
    expect(await cell(page, 'c').textContent()).toBe('✎ 43,33%');
  });

  it('says in one step that nothing arose in a month, after what that takes away was shown', async () => {
    const page = await opened('ba-dinh', '/?window=2026-02');
    await page.click('[data-testid="enter-month"]');
    await page.click('[data-testid="nothing-arose"]');
    expect(await page.textContent('[data-testid="entry-quiet"]')).toContain('11 chỉ số cộng dồn');
    await page.click('[data-testid="nothing-arose-now"]');
    expect(await arrived(page)).toContain('không phát sinh trong tháng 2/2026');
    expect(await cell(page, 'jobs', '2026-02').textContent()).toBe('∅ 0');
    expect(await cell(page, 'pop_addicts', '2026-02').getAttribute('data-state')).toBe('missing');
    await page.click('[data-testid="enter-2026-03"]');
    await page.click('[data-testid="nothing-arose"]');
    expect(await page.textContent('[data-testid="entry-quiet"] ul')).toMatch(/sinh kế: 1.234/);
  });

  it('takes a month by Excel: the template down, faults by row and column, and what is right into the form', async () => {
    const page = await opened('ba-dinh', '/?window=2026-01');
    await page.click('[data-testid="enter-month"]');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-testid="template"]')]);
    expect(download.suggestedFilename()).toBe('tong-hop-00004-2026-01.xlsx');
    const rows = (await readSheet(await download.path())) as (string | number | null)[][];
    const [c, jobs] = ['c', 'jobs'].map((code) => rows.findIndex(([first]) => first === code));
    const upload = async (...cells: [row: number, column: number, value: string | number][]) => {
      const filled = rows.map((row) => [...row]);
      for (const [row, column, value] of cells) filled[row][column] = value;
      const buffer = await writeWorkbook(filled).toBuffer();
      await page.setInputFiles('[data-testid="entry-upload"]', { name: 'thang-1.xlsx', mimeType: XLSX, buffer });
    };
    await upload([c, 4, 31], [c, 5, 30], [jobs, 6, 'năm']);
    const faults = page.locator('[data-testid="entry-file-faults"] li');
    await faults.first().waitFor();
    expect(await faults.allTextContents()).toEqual([
      `Dòng ${c + 1}, cột E: Tử số lớn hơn mẫu số.`,
      `Dòng ${jobs + 1}, cột G: Gõ số nguyên không âm, ví dụ 12 hoặc 1.234.`,
    ]);
    await keepPicture(page, 'entry-file');
    await summary(page, 0);
    await upload([c, 4, 12], [c, 5, 30], [jobs, 6, 5]);
    await summary(page, 2);
    expect(await page.textContent('[data-testid="entry-read"]')).toContain('đúng cả, 2 chỉ số thay đổi');
    expect(await faults.count()).toBe(0);
    await page.click('[data-testid="entry-send"]');
    await arrived(page);
    expect(await cell(page, 'jobs', '2026-01').textContent()).toBe('5');
    await page.click('[data-testid="enter-month"]');
    await page.setInputFiles('[data-testid="entry-upload"]', {
      name: 'x.xlsx',
      mimeType: XLSX,
      buffer: Buffer.from('no'),
    });
    await faults.first().waitFor();
    expect(await faults.allTextContents()).toEqual(['Không phải tệp Excel (.xlsx) đọc được.']);
  });

  it.each([
    ['light', 'vi'],
    ['dark', 'en'],
  ] as const)('is for everybody: axe finds nothing serious in the form, %s and %s', async (colorScheme, lang) => {
    const page = await opened('ba-dinh', `/${WINDOW}&lang=${lang}`);
    await page.emulateMedia({ colorScheme });
    await page.click('[data-testid="enter-month"]');
    await type(page, 'c||numerator', '99');
    await summary(page, 0, 1);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }>('axe.run(document.querySelector("dialog"))');
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 160)}`))).toEqual([]);
    await keepPicture(page, `entry-${colorScheme}-${lang}`);
  });

  it('says before it sends that a locked month waits for a decision', async () => {
    const headers = { authorization: `Bearer ${tokens.get('province')}`, 'content-type': 'application/json' };
    const at = `${it_.dashboard}/v1/months/01/2026-03`;
    const { cutOff, figures } = (await (await fetch(at, { headers })).json()) as Record<string, string>;
    const locked = await fetch(`${at}/lock`, { method: 'POST', headers, body: JSON.stringify({ cutOff, figures }) });
    expect(locked.status).toBe(200);
    const page = await opened();
    await page.click('[data-testid="enter-month"]');
    await page.waitForSelector('[data-testid="entry-locked"]');
    expect(await page.textContent('[data-testid="entry-send"]')).toBe('Gửi, chờ quyết định');
    await type(page, 'c||numerator', '14');
    await page.click('[data-testid="entry-send"]');
    expect(await arrived(page)).toContain('chờ cấp tỉnh quyết định');
    await page.waitForSelector('[data-testid="cell-c-2026-03"][data-held]');
  });

  it('is the same for what a province reports itself, on its own page', async () => {
    const page = await opened('lao-cai');
    expect(await page.textContent('#year-title')).toBe('Báo cáo của cấp tỉnh từng tháng, năm 2026');
    await page.click('[data-testid="enter-month"]');
    await field(page, 'certificates||value').waitFor();
    expect(await page.textContent('[data-testid="entry"] h3')).toBe('Nhập số liệu tháng 3/2026: Tỉnh Lào Cai');
    expect(await page.locator('[data-testid="field-c||numerator"]').count()).toBe(0);
    await type(page, 'certificates||value', '12');
    await summary(page, 1);
    await page.click('[data-testid="entry-send"]');
    expect(await arrived(page)).toBe('Đã gửi 1 chỉ số của tháng 3/2026. Bảng đã có số mới.');
    expect(await cell(page, 'certificates').textContent()).toBe('12');
    await keepPicture(page, 'entry-province');
  });

  it('is there for who reports for the unit alone', async () => {
    const page = await opened('ha-noi', `/xa/00004${WINDOW}`);
    await cell(page, 'c').waitFor();
    for (const id of ['enter-month', 'enter-2026-03'])
      expect(await page.locator(`[data-testid="${id}"]`).count()).toBe(0);
  });
});
