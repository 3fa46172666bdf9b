/** Chromium for tests of the page: it asks for nothing by itself, so nothing but the page is heard. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../cli/chromium.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: flags });

/** A page of its own context, as a desk has it, for whoever the key is of. */
export const openPage = async (browser: Browser, url: string, token: string | undefined): Promise<Page> => {
  const extraHTTPHeaders = { authorization: `Bearer ${token}` };
  const viewport = { width: 1366, height: 900 };
  const page = await (await browser.newContext({ extraHTTPHeaders, viewport })).newPage();
  await page.goto(url);
  return page;
};

/** After a test: a page that stays open goes on living beside those of the tests after it. */
export const closePages = async (browser: Browser): Promise<void> => {
  await Promise.all(browser.contexts().map((context) => context.close()));
};

/** A picture of the page as a test left it, for whoever wants to look: `.local/screenshots`, which no commit has. */
export const keepPicture = (page: Page, name: string, fullPage = false): Promise<Buffer> =>
  page.screenshot({ path: `.local/screenshots/${name}.png`, fullPage });
