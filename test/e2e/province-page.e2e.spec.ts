/** What a province's officer does each day, in a real browser: who has sent, who has not, until when, and what is to do; each in three clicks at most. */
import type { Browser, Page } from 'playwright-core';
import { monthAt, monthCode } from '#domain';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { anEvent } from '../kit/builders.js';
import { closePages, openBrowser } from '../kit/browser.js';
import { eventually, freePort, startInstallation, type TestInstallation } from '../kit/installation.js';
import { wholeReport } from '../kit/whole-reports.js';

const SHOWN_MS = 20_000;
/** The page's clock stands: March's reports are due the next day. */
const BEFORE = '2026-03-16T10:00:00+07:00';

const monthNow = (): string => monthCode(monthAt(Date.now()));

describe("a province's officer", () => {
  let it_: TestInstallation;
  let browser: Browser;

  const publish = async (events: readonly Record<string, unknown>[]) => {
    const messages = events.map((event) => ({
      key: (event.data as { unit: string }).unit,
      value: JSON.stringify(event),
    }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
  };
  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation('check,province,ministry,projection,dashboard,demo-sign-in', { env });
    // Complete, though received long after March's deadline; in part; refused.
    await publish([...wholeReport('00004', '2026-03'), anEvent({ id: 'partial', data: { unit: '00008' } })]);
    // In time, whenever this runs: the running month is not due yet.
    await publish(wholeReport('00004', monthNow()));
    await publish([anEvent({ id: 'refused', data: { unit: '00025', numerator: 31 } })]);
    // Of the year before, so that no count of this one moves.
    const people = [80, 81, 79, 80, 82, 80, 8_000].map((value, n) => {
      const period = `2025-${String(n + 3).padStart(2, '0')}`;
      const data = { unit: '00097', indicator: 'pop_addicts', period, revision: 1, value };
      return { ...anEvent({ id: `people-${period}`, data: { unit: '00097' } }), data };
    });
    await publish(people);
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  const newcomer = async (now = BEFORE, path = '/'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 900 } });
    await context.grantPermissions(['clipboard-read']);
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date(now));
    await page.goto(`${it_.dashboard}${path}`);
    return page;
  };
  const textOf = async (page: Page, testId: string): Promise<string> =>
    (await (await page.waitForSelector(`[data-testid="${testId}"]`, { timeout: SHOWN_MS })).textContent()) ?? '';
  const rowsOf = async (page: Page): Promise<string[]> => {
    await page.waitForSelector('[data-testid="work-rows"] tbody tr', { timeout: SHOWN_MS });
    const rows = page.locator('[data-testid="work-rows"] tbody tr');
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-testid')?.slice(-5) ?? ''));
  };
  /** What a cell of the calendar is, what it shows, and what it is called. */
  const cellOf = async (page: Page, unit: string, period: string): Promise<(string | null)[]> => {
    const row = page.locator(`[data-testid="calendar-row-${unit}"]`);
    await row.waitFor({ timeout: SHOWN_MS });
    const mark = row.locator('[data-status]').nth(Number(period.slice(5)) - 1);
    return [await mark.getAttribute('data-status'), await mark.textContent(), await mark.getAttribute('aria-label')];
  };
  /** What a paste would bring. */
  const pasted = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');
  const shown = (page: Page) => page.inputValue('[data-testid="window"]');

  it('signs in and is told how many have sent the month that is due, and how long it is until then', async () => {
    const page = await newcomer();
    await page.click('[data-testid="sign-in-ha-noi"]');
    expect(await textOf(page, 'home-status')).toBe('Đã gửi 2/127 · đầy đủ 1 · chậm 1 · thiếu 1 · chưa gửi 125');
    expect(await textOf(page, 'home-due')).toBe('Hạn nộp 17/03/2026, còn 1 ngày 13 giờ · báo cáo của tỉnh 20/03/2026');
    expect(await shown(page)).toBe('2026-03');
  });

  it('sees the time go by while the page is open, and a report as it comes in', async () => {
    const page = await newcomer();
    await page.click('[data-testid="sign-in-ha-noi"]');
    await textOf(page, 'home-due');
    await page.waitForSelector('[data-testid="live"][data-state="live"]', { timeout: SHOWN_MS });
    await publish([anEvent({ id: 'live', data: { unit: '00070' } })]);
    await eventually(
      () => textOf(page, 'home-status'),
      (text) => text.startsWith('Đã gửi 3/127 · đầy đủ 1 · chậm 1 · thiếu 2'),
      SHOWN_MS,
    );
    await page.clock.install({ time: new Date('2026-03-17T23:59:00+07:00') });
    await page.reload();
    expect(await textOf(page, 'home-due')).toContain('còn 0 phút');
    await page.clock.runFor(90_000);
    await eventually(
      () => textOf(page, 'home-due'),
      (text) => text.startsWith('Vừa quá hạn (hạn nộp 17/03/2026'),
      SHOWN_MS,
    );
  });

  it('opens on the overdue month while reports of it are missing, and on no other than its address names', async () => {
    const page = await newcomer('2026-04-01T10:00:00+07:00');
    await page.click('[data-testid="sign-in-ha-noi"]');
    expect(await textOf(page, 'home-due')).toMatch(/^Quá hạn 14 ngày \(hạn nộp 17\/03\/2026/);
    expect(await shown(page)).toBe('2026-03');
    await page.goto(`${it_.dashboard}/?window=2026-Q1`);
    expect(await textOf(page, 'home-status')).toMatch(/^Đã gửi 3\/381 ·/);
    expect(await page.locator('[data-testid="home-due"]').count()).toBe(0);
  });

  it('finds who has not sent without a click, narrows and copies the list, and is led to the place of each', async () => {
    const page = await newcomer();
    await page.click('[data-testid="sign-in-ha-noi"]');
    await page.waitForSelector('[data-testid="work-rows"] tbody tr', { timeout: SHOWN_MS });
    expect(await page.getAttribute('[data-testid="work-missing"]', 'aria-pressed')).toBe('true');
    // By the name itself: xã and phường stand among each other.
    const names = await page.locator('[data-testid="work-rows"] tbody th').allTextContents();
    expect(names).toHaveLength(124);
    expect(names.slice(0, 2)).toEqual(['Xã An Khánh', 'Xã Ba Vì']);
    expect(names.indexOf('Phường Bạch Mai')).toBe(2);
    expect(names).toContain('Thành phố Hà Nội');
    await page.click('[data-testid="work-copy"]');
    expect(await textOf(page, 'work-copied')).toBe('Đã sao chép 124 đơn vị.');
    expect(await pasted(page)).toMatch(/^Xã An Khánh\t\d{5}\n/);
    await page.fill('[data-testid="work-filter"]', 'cua nam');
    await page.click('[data-testid="work-copy"]');
    expect(await pasted(page)).toBe('Phường Cửa Nam\t00082');
  });

  it('sees late, partial and refused apart, keeps the choice in the address, and follows its links', async () => {
    const page = await newcomer(new Date().toISOString(), '/?window=2026-03');
    await page.click('[data-testid="sign-in-ha-noi"]');
    await page.click('[data-testid="work-late"]');
    expect(await rowsOf(page)).toEqual(['00004']);
    expect(page.url()).toContain('work=late');
    await page.reload();
    expect(await rowsOf(page)).toEqual(['00004']);
    await page.click('[data-testid="work-partial"]');
    expect(await rowsOf(page)).toEqual(['00070', '00008']);
    await page.click('[data-testid="work-row-00070"] td a');
    await page.waitForSelector('#commune-00070:target');
    expect(await page.locator('#commune-00070').isVisible()).toBe(true);
    await page.goto(`${it_.dashboard}/?window=2026-03&work=refused`);
    expect(await rowsOf(page)).toEqual(['00025']);
    expect(await textOf(page, 'work-row-00025')).toContain('1 bản ghi bị từ chối: sửa rồi gửi lại.');
    await page.click('[data-testid="work-row-00025"] td a');
    await page.waitForSelector('#refused-00025-NUMERATOR_EXCEEDS_DENOMINATOR:target');
  });

  it('finds the figures to ask about with the reason, and is one click from what made each', async () => {
    const page = await newcomer(new Date().toISOString(), '/?window=2025-09');
    await page.click('[data-testid="sign-in-ha-noi"]');
    await page.click('[data-testid="work-suspicious"]');
    const row = page.locator('[data-testid="suspicious-00097-pop_addicts-2025-09"]');
    await row.waitFor({ timeout: SHOWN_MS });
    const text = await row.textContent();
    expect(await textOf(page, 'work-suspicious')).toBe('Đáng ngờ 1');
    for (const words of ['Tháng 9/2025', '8.000', 'Số liệu khác hẳn các tháng trước (thường 80).'])
      expect(text).toContain(words);
    expect(await page.getAttribute('[data-testid="download-xlsx"][href*="suspicious"]', 'href')).toContain(
      'window=2025-09',
    );
    await page.screenshot({ path: '.local/screenshots/suspicious.png', fullPage: true });
    await row.locator('td button').click();
    await page.waitForSelector('[data-testid="history"]', { timeout: SHOWN_MS });
    expect(page.url()).toContain('work=suspicious');
    await page.goto(`${it_.dashboard}/?window=2025-08&work=suspicious`);
    await page.waitForSelector('[data-testid="work"] .empty', { timeout: SHOWN_MS });
  });

  it('asks once for the months of all indicators', async () => {
    const page = await newcomer(new Date().toISOString(), '/?window=2025-09');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(it_.dashboard.length)));
    await page.click('[data-testid="sign-in-ha-noi"]');
    const list = page.locator('[data-testid="all-indicators"]');
    await list.scrollIntoViewIfNeeded({ timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="trend-pop_addicts"] path', { state: 'attached', timeout: SHOWN_MS });
    const label = await page.getAttribute('[data-testid="trend-pop_addicts"] svg', 'aria-label');
    expect(label).toContain('Tháng 9/2025: 8.000');
    expect(asked.filter((path) => path.startsWith('/v1/rollups/monthly'))).toEqual([
      '/v1/rollups/monthly?unit=01&from=2025-01&to=2025-12',
    ]);
    expect(asked.filter((path) => /^\/v1\/rollups\?.*window=2025-0[1-8]/.test(path))).toEqual([]);
  });

  it('opens the calendar of communes and months, reads it without colours, shares it, and goes to a month', async () => {
    const page = await newcomer(new Date().toISOString(), `/?window=${monthNow()}`);
    await page.click('[data-testid="sign-in-ha-noi"]');
    await page.click('[data-testid="calendar-toggle"]');
    expect(await cellOf(page, '00004', monthNow())).toEqual(['onTime', '✓', 'Đúng hạn']);
    expect(await cellOf(page, '00008', monthNow())).toEqual(['missing', '✕', 'Chưa gửi']);
    expect(page.url()).toContain('calendar=open');
    await page.goto(`${it_.dashboard}/?window=2026-Q1&calendar=open`);
    expect(await cellOf(page, '00004', '2026-03')).toEqual(['late', 'C', 'Chậm']);
    expect(await cellOf(page, '00008', '2026-03')).toEqual(['partial', 'T', 'Thiếu chỉ tiêu']);
    expect(await page.locator('[data-testid="calendar-rows"] tbody tr').count()).toBe(127);
    const march = page.locator('th:has([data-testid="calendar-2026-03"])');
    expect(await march.textContent()).toBe('T31/127');
    await page.click('[data-testid="calendar-2026-03"]');
    expect(await shown(page)).toBe('2026-03');
  });

  it('a commune whose report of the month is in opens on the next one; another is told that it has not sent', async () => {
    const page = await newcomer('2026-04-01T10:00:00+07:00');
    await page.click('[data-testid="sign-in-ba-dinh"]');
    await eventually(
      () => shown(page),
      (window) => window === '2026-04',
      SHOWN_MS,
    );
    await eventually(
      () => textOf(page, 'home-status'),
      (text) => text === 'Chưa gửi',
      SHOWN_MS,
    );
    await page.goto(`${it_.dashboard}/?window=2026-03`);
    expect(await textOf(page, 'home-status')).toBe('Đã gửi đầy đủ, chậm hạn');
    expect(await textOf(page, 'home-due')).toBe('✓ Đã nhận đủ báo cáo (hạn nộp 17/03/2026)');
  });

  it('sees a cell of the open calendar and of the league table change with the report, not at the next pace', async () => {
    const page = await newcomer(BEFORE, '/?window=2026-03&calendar=open');
    await page.click('[data-testid="sign-in-ha-noi"]');
    await page.click('[data-testid="league-open"]', { timeout: SHOWN_MS });
    await page.waitForSelector('[data-testid="live"][data-state="live"]', { timeout: SHOWN_MS });
    expect((await cellOf(page, '00091', '2026-03'))[0]).toBe('missing');
    const league = page.locator('[data-testid="league-00091"] td').nth(2);
    expect(await league.textContent({ timeout: SHOWN_MS })).toBe('–');
    await publish([anEvent({ id: 'calendar', data: { unit: '00091' } })]);
    await eventually(
      async () => [(await cellOf(page, '00091', '2026-03'))[0], (await league.textContent())?.slice(0, 6)],
      ([status, figure]) => status === 'partial' && figure === '40,00%',
      SHOWN_MS,
    );
  });
});
