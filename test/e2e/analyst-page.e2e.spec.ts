/** What an analyst of the ministry takes away, in a real browser: the national summary of a quarter with its documents, and tables as Excel. */
import { readFileSync } from 'node:fs';
import { readSheet } from 'read-excel-file/node';
import type { Browser, Download, Page } from 'playwright-core';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { anEvent } from '../kit/builders.js';
import { closePages, openBrowser } from '../kit/browser.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 30_000;

describe('an analyst of the ministry', () => {
  let it_: TestInstallation;
  let browser: Browser;

  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation('check,province,ministry,projection,dashboard,reports,demo-sign-in', { env });
    const value = JSON.stringify(anEvent());
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: [{ key: '00004', value }] });
    await it_.drained();
    browser = await openBrowser();
  }, 120_000);
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  const signedIn = async (path: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1366, height: 900 } })).newPage();
    await page.goto(`${it_.dashboard}${path}`);
    await page.click('[data-testid="sign-in-trung-uong"]');
    return page;
  };
  const downloaded = async (page: Page, selector: string): Promise<{ name: string; path: string }> => {
    await page.waitForSelector(selector, { timeout: SHOWN_MS });
    const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
    return { name: download.suggestedFilename(), path: await download.path() };
  };

  it('is two clicks from the sign-in to the document of a quarter’s summary, and sees when it is there', async () => {
    const page = await signedIn('/?window=2026-Q1');
    await page.click('[data-testid="make-summary"]');
    const row = '[data-testid="summary-VN-2026-Q1-r1"][data-status="issued"]';
    const document = await downloaded(page, `${row} a[href$=".docx"]`);
    expect(document.name).toBe('VN-2026-Q1-r1.docx');
    // A zip archive, as every .docx is.
    expect(readFileSync(document.path).subarray(0, 2).toString()).toBe('PK');
    const address = (await page.getAttribute(`${row} a[href$=".json"]`, 'href')) as string;
    const json = await page.request.get(new URL(address, it_.dashboard).href);
    const content = (await json.json()) as { indicators: { indicator: string; numerator: number }[] };
    expect(content.indicators.find(({ indicator }) => indicator === 'c')?.numerator).toBe(12);
  });

  it('takes a table that is shown away as Excel by one click, with names in place of codes', async () => {
    const page = await signedIn('/?window=2026-03');
    const { name, path } = await downloaded(page, '[data-testid="league"] [data-testid="download-xlsx"]');
    expect(name).toMatch(/\.xlsx$/);
    const [heads, ...rows] = (await readSheet(path)) as (string | number | null)[][];
    const cell = (row: (string | number | null)[], head: string) => row[heads.indexOf(head)];
    const ofHanoi = rows.filter((row) => cell(row, 'Mã đơn vị') === '01' && cell(row, 'Mã chỉ số') === 'c');
    expect(ofHanoi.map((row) => [cell(row, 'Đơn vị'), cell(row, 'Tử số')])).toEqual([['Thành phố Hà Nội', 12]]);
  });
});
