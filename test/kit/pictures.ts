/**
 * `npm run screenshots -- [--url http://127.0.0.1:8080] [--to docs/screenshots]`: pictures of the page for the documents, of a demonstration that runs
 * (`npm start`). The demonstration's figures are the same every time, so the pictures differ only where the page does.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ensureChromium } from '../../cli/chromium.js';
import { openBrowser } from './browser.js';

const SHOWN_MS = 30_000;
/** A document's reader waits for every picture on it. */
const MOST_BYTES = 300_000;
/** What is drawn after the figures, and settles. */
const SETTLED_MS = 1_500;

interface Picture {
  readonly name: string;
  /** Which of the demonstration's users looks. */
  readonly as: string;
  readonly address: string;
  /** What has to be there. */
  readonly there: string;
  readonly options?: BrowserContextOptions;
  readonly before?: (page: Page) => Promise<unknown>;
}

const desk = { viewport: { width: 1366, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const MAP = '[data-testid="map"] canvas';

const pictures: readonly Picture[] = [
  { name: 'country', as: 'trung-uong', address: '/?window=2026-Q3', there: MAP },
  {
    name: 'league',
    as: 'trung-uong',
    address: '/?window=2026-Q3&measure=gap&sort=league.c.asc',
    there: '[data-testid="league-01"]',
    before: (page) => page.locator('[data-testid="league"]').evaluate((table) => table.scrollIntoView()),
  },
  { name: 'province', as: 'ha-noi', address: '/?calendar=open', there: '[data-testid="calendar-row-00004"]' },
  {
    name: 'communes',
    as: 'ha-noi',
    address: '/tinh/01?window=2026-Q3&indicator=c',
    there: '[data-testid="commune-map"] canvas',
    before: (page) => page.locator('#communes-title').evaluate((title) => title.scrollIntoView()),
  },
  {
    name: 'form',
    as: 'ba-dinh',
    address: '/',
    there: '.table-year',
    before: async (page) => {
      await page.locator('.entry-begin button, .entry-open').first().click();
      await page.waitForSelector('.entry-form');
    },
  },
  {
    name: 'why',
    as: 'trung-uong',
    address: '/?window=2026-Q3&why=01.c.2026-Q3',
    there: '[data-testid="trend"]',
  },
  {
    name: 'history',
    as: 'trung-uong',
    address: '/?window=2026-Q3&why=00004.c.2026-Q3',
    there: '[data-testid="history-rows"]',
    before: (page) => page.locator('#why-events').evaluate((title) => title.scrollIntoView()),
  },
  { name: 'phone', as: 'ha-noi', address: '/', there: '[data-testid="work-rows"]', options: phone },
  { name: 'dark', as: 'trung-uong', address: '/?window=2026-Q3', there: MAP, options: { colorScheme: 'dark' } },
];

const take = async (browser: Browser, url: string, folder: string, picture: Picture): Promise<void> => {
  const { name, as, address, there, options, before } = picture;
  const context = await browser.newContext({ ...desk, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?${new URLSearchParams({ to: address, as }).toString()}`);
  await page.waitForSelector(there, { timeout: SHOWN_MS });
  await before?.(page);
  await page.waitForSelector('[data-testid="live"][data-state="live"]', { timeout: SHOWN_MS });
  await page.waitForTimeout(SETTLED_MS);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1_000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${path} has more than ${MOST_BYTES / 1_000} kB`);
};

export const screenshotsCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      to: { type: 'string', default: 'docs/screenshots' },
    },
  });
  ensureChromium();
  mkdirSync(values.to, { recursive: true });
  const browser = await openBrowser();
  try {
    for (const picture of pictures) await take(browser, values.url, values.to, picture);
  } finally {
    await browser.close();
  }
  return 0;
};
