/** Reminders and contacts on the page, in a real browser: the signer of a province sees what was sent and changes contacts; others see no button. */
import type { Browser, Page } from 'playwright-core';
import { reminderModel, connectStore, ReminderRepository, type ReminderRecord } from '#store';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { closePages, keepPicture, openBrowser } from '../kit/browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';

const aReminder = (unit: string, fields: Partial<ReminderRecord> = {}): ReminderRecord => {
  const { step = 'after-1', channel = 'email' } = fields;
  const at = new Date('2026-03-18T01:00:00Z');
  return {
    id: `${unit}|2026-03|${step}|${channel}`,
    unit,
    province: '01',
    period: '2026-03',
    step,
    channel,
    state: 'sent',
    about: [unit],
    plannedAt: at,
    settledAt: at,
    until: new Date('2026-04-15T00:00:00Z'),
    forgottenAt: new Date('2028-04-15T00:00:00Z'),
    attempts: 1,
    ...fields,
  };
};

describe('reminders on the page', () => {
  let it_: TestInstallation;
  let browser: Browser;

  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation('dashboard,demo-sign-in', { env });
    const connection = await connectStore(it_.config);
    const reminders = new ReminderRepository(connection);
    await reminders.plan([
      aReminder('00004', { to: ['ubnd.badinh@example.vn'] }),
      aReminder('00008', { state: 'unknown', to: ['ubnd.ngocha@example.vn'], reason: 'ETIMEDOUT' }),
      aReminder('00025', { channel: 'none', state: 'no-contact', attempts: 0 }),
      aReminder('01', { step: 'escalation-3', to: ['pc04@example.vn'], about: ['00008', '00025'] }),
    ]);
    expect(await reminderModel(connection).countDocuments()).toBe(4);
    await connection.close();
    browser = await openBrowser();
  });
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser?.close();
    await it_?.stop();
  });

  const signedIn = async (user: string, path: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
    await page.goto(`${it_.dashboard}${path}`);
    await page.click(`[data-testid="sign-in-${user}"]`);
    await page.waitForSelector('[data-testid="who"]');
    return page;
  };
  const states = (page: Page) =>
    page
      .locator('[data-testid="reminders"] tr[data-state]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')));

  it('say to whom they went and what became of them, and can be cut down to what has to be looked at', async () => {
    const page = await signedIn('ha-noi', '/?window=2026-03');
    await page.waitForSelector('[data-testid="reminder-counts"]');
    expect(await page.locator('[data-testid="reminder-counts"]').textContent()).toBe(
      'Đã gửi 2 · đang chờ 0 · cần xem 1 · chưa có nơi nhận 1',
    );
    const sent = await page.locator('[data-testid="reminder-00004|2026-03|after-1|email"]').textContent();
    for (const part of [
      'Phường Ba Đình',
      'Quá hạn 1 ngày làm việc',
      'Thư điện tử',
      'ubnd.badinh@example.vn',
      '18/03/2026',
      'Đã gửi',
    ])
      expect(sent).toContain(part);
    expect(await page.locator('[data-testid="reminder-01|2026-03|escalation-3|email"]').textContent()).toContain(
      '2 xã',
    );
    await page.selectOption('[data-testid="reminders-filter"]', 'trouble');
    expect(await states(page)).toEqual(['unknown']);
    await shot(page, 'list');
  });

  it('go where the signer of the province says, commune by commune; the secret is shown once; two who change at once', async () => {
    const page = await signedIn('ha-noi', '/?window=2026-03');
    const second = await page.context().newPage();
    await second.goto(`${it_.dashboard}/?window=2026-03`);
    for (const each of [page, second]) {
      await each.click('[data-testid="contacts-00025|2026-03|after-1|none"]');
      await each.waitForSelector('[data-testid="contacts-emails"]');
    }
    expect(await page.locator('[data-testid="contacts-unit"]').inputValue()).toBe('00025');
    await page.fill('[data-testid="contacts-emails"]', 'mot@example.vn\nhai@example.vn');
    await page.fill('[data-testid="contacts-webhook"]', 'https://xa.example.vn/nhac-viec');
    await page.click('[data-testid="save-contacts"]');
    const secret = await page.locator('[data-testid="webhook-secret"]').textContent();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await shot(page, 'contacts');
    await second.fill('[data-testid="contacts-emails"]', 'ba@example.vn');
    await second.click('[data-testid="save-contacts"]');
    expect(await second.locator('[data-testid="contacts-failed"]').textContent()).toContain('Người khác vừa sửa');
    await second.waitForFunction(`document.querySelector('[data-testid="contacts-emails"]').value.startsWith('mot@')`);
    await page.click('[data-testid="close-contacts"]');
    await page.click('[data-testid="contacts-00025|2026-03|after-1|none"]');
    await page.waitForSelector('[data-testid="contacts-emails"]');
    expect(await page.locator('[data-testid="contacts-webhook"]').inputValue()).toBe('https://xa.example.vn/nhac-viec');
    expect(await page.locator('[data-testid="webhook-secret"]').count()).toBe(0);
    await page.fill('[data-testid="contacts-webhook"]', 'https://127.0.0.1/');
    await page.click('[data-testid="save-contacts"]');
    expect(await page.locator('[data-testid="contacts-failed"]').textContent()).toContain('not public');
  });

  it('show an analyst of the country no address and no button', async () => {
    const page = await signedIn('trung-uong', '/?window=2026-03&unit=01');
    await page.waitForSelector('[data-testid="reminder-counts"]');
    const isSigner = (await page.locator('[data-testid="who"]').textContent())?.includes('ký duyệt');
    expect(await page.locator('[data-testid="contacts-button"]').count()).toBe(isSigner ? 1 : 0);
    expect(await states(page)).toHaveLength(4);
  });

  const shot = async (page: Page, name: string): Promise<void> => {
    await page.locator('[data-testid="reminders"]').scrollIntoViewIfNeeded();
    await keepPicture(page, `reminders-${name}`);
  };
});
