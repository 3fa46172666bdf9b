/** The page by the keyboard alone, with the system's own colours, and at 200 %: maps too. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { anEvent } from '../kit/builders.js';
import { closePages, keepPicture, openBrowser } from '../kit/browser.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const SHOWN_MS = 20_000;
const MARCH = '?window=2026-03';

describe('the page for every hand and eye', () => {
  let it_: TestInstallation;
  let browser: Browser;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    const counselled = (id: string, unit: string, period: string, numerator: number) => ({
      key: unit,
      value: JSON.stringify(anEvent({ id, data: { unit, period, numerator, denominator: 100 } })),
    });
    const messages = [
      counselled('before', '00004', '2026-02', 70),
      counselled('now', '00004', '2026-03', 55),
      counselled('far', '02683', '2026-03', 90),
    ];
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
    browser = await openBrowser();
  });
  afterEach(() => closePages(browser));
  afterAll(async () => {
    await browser.close();
    await it_.stop();
  });

  const opened = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const extraHTTPHeaders = { authorization: `Bearer ${it_.keys.signer}` };
    const context = await browser.newContext({ extraHTTPHeaders, viewport: { width: 1366, height: 900 }, ...options });
    const page = await context.newPage();
    await page.goto(`${it_.dashboard}${address}`);
    await page.waitForSelector('[data-testid="indicator-c"]', { timeout: SHOWN_MS });
    return page;
  };

  describe('by the keyboard', () => {
    /** Which area of a map the keyboard is at. */
    const area = (page: Page) => page.evaluate<string | null>('document.activeElement.dataset.area ?? null');
    const said = (page: Page) => page.evaluate<string>('document.activeElement.textContent');
    /** Tab, until it comes to a map. */
    const tabToMap = async (page: Page, map: string) => {
      await page.waitForSelector(`[data-testid="${map}"] canvas`, { timeout: SHOWN_MS });
      const isThere = () => page.evaluate<boolean>(`!!document.activeElement.closest('[data-testid="${map}"]')`);
      for (let steps = 0; steps < 1_000 && !(await isThere()); steps += 1) await page.keyboard.press('Tab');
    };

    it('goes over the map of the country as provinces lie, hears each with its figure, sees where it is, and opens one', async () => {
      const page = await opened(`/${MARCH}`);
      await tabToMap(page, 'map');
      expect(await area(page)).toBe('01');
      await page.keyboard.press('ArrowUp');
      expect(await area(page)).toBe('19');
      expect(await said(page)).toMatch(/^Tỉnh Thái Nguyên, Đã báo cáo: 0 \/ [\d.]+/);
      const tip = page.locator('.map-tip');
      await tip.locator('strong', { hasText: 'Thái Nguyên' }).waitFor();
      expect(await tip.textContent()).toContain('Đã báo cáo: 0 /');
      const map = `document.querySelector('[data-testid="map"]')`;
      expect(await page.evaluate<string>(`getComputedStyle(${map}).outline`)).toMatch(/solid 3px/);
      expect(await page.locator('[data-testid="map"] .map-hint').isVisible()).toBe(true);
      await keepPicture(page, 'map-by-keyboard');
      await page.keyboard.press('End');
      expect(await area(page)).toBe('96');
      await page.keyboard.press('ArrowDown');
      // The country ends here.
      expect(await area(page)).toBe('96');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowLeft');
      expect(await said(page)).toMatch(/^Tỉnh Phú Thọ, /);
      await page.keyboard.press('Enter');
      await page.locator('h2', { hasText: 'Phú Thọ' }).waitFor({ timeout: SHOWN_MS });
      expect(page.url()).toBe(`${it_.dashboard}/tinh/25${MARCH}`);
      // What stands behind the map is all there: between it and the map nothing comes in any more.
      for (const behind of ['history-a', 'unit-year'])
        await page.waitForSelector(`[data-testid="${behind}"]`, { timeout: SHOWN_MS });
      // One stop, however many provinces there are.
      await page.keyboard.press('Tab');
      expect(await area(page)).toBeNull();
      await page.keyboard.press('Shift+Tab');
      expect(await area(page)).toBe('25');
      await page.keyboard.press('Shift+Tab');
      expect(await area(page)).toBeNull();
    });

    it("goes over the map of a province's communes too, and opens one", async () => {
      const page = await opened(`/tinh/01${MARCH}&indicator=c`);
      await page.waitForSelector('[data-testid="commune-map"] canvas', { timeout: SHOWN_MS });
      const names = page.locator('[data-testid="commune-map"]').getByRole('button');
      expect(await names.count()).toBe(126);
      await page.locator('[data-testid="commune-map"] [data-area="00004"]', { hasText: '55 / 100' }).focus();
      expect(await said(page)).toMatch(/^Phường Ba Đình, 55 \/ 100 \(55%\)$/);
      await page.keyboard.press('ArrowRight');
      const next = await area(page);
      expect(next).toMatch(/^\d{5}$/);
      expect(next).not.toBe('00004');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.table-year', { timeout: SHOWN_MS });
      expect(new URL(page.url()).pathname).toMatch(/^\/xa\/\d{5}$/);
    });
  });

  describe.each(['light', 'dark'] as const)("with the system's own colours, %s", (colorScheme) => {
    const forced = { forcedColors: 'active', colorScheme } as const;
    /** What a colour of the system is here. */
    const system = (page: Page, name: string) =>
      page.evaluate<string>(
        `(() => { const e = document.body.appendChild(document.createElement('i')); e.style.color = '${name}'; return getComputedStyle(e).color; })()`,
      );
    const styleOf = (page: Page, selector: string, property: string) =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue('${property}')`,
      );

    it('draws the map with edges that stand out, and hatches what has no figure, and fills bars', async () => {
      const page = await opened(`/${MARCH}`, forced);
      await page.waitForSelector('[data-testid="map"] canvas', { timeout: SHOWN_MS });
      const ink = await system(page, 'CanvasText');
      const paper = await system(page, 'Canvas');
      expect(ink).not.toBe(paper);
      const [red, green, blue] = ink.match(/\d+/g) ?? [];
      const isInk = `pixels[i] === ${red} && pixels[i + 1] === ${green} && pixels[i + 2] === ${blue} && pixels[i + 3] === 255`;
      const inked = await page.evaluate<number>(`(() => {
        const drawing = document.querySelector('[data-testid="map"] canvas');
        const pixels = drawing.getContext('2d').getImageData(0, 0, drawing.width, drawing.height).data;
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) if (${isInk}) count += 1;
        return count;
      })()`);
      expect(inked).toBeGreaterThan(1_000);
      expect(await styleOf(page, '.legend .shade-none', 'background-image')).toContain(ink);
      expect(await styleOf(page, '.bar-all', 'fill')).toBe(paper);
      expect(await styleOf(page, '.bar-part', 'fill')).toBe(await system(page, 'Highlight'));
      await keepPicture(page, `forced-colours-${colorScheme}`);
    });

    it('writes badges and marks in ink', async () => {
      const page = await opened(`/xa/00004${MARCH}`, forced);
      await page.waitForSelector('.table-year .badge', { timeout: SHOWN_MS });
      const ink = await system(page, 'CanvasText');
      expect(await styleOf(page, '.table-year .badge', 'color')).toBe(ink);
      expect(await styleOf(page, '.table-year .badge', 'border-top-color')).toBe(ink);
      await page.goto(`${it_.dashboard}/tinh/01${MARCH}&calendar=open`);
      await page.waitForSelector('td .mark-report-missing', { timeout: SHOWN_MS });
      expect(await styleOf(page, 'td .mark-report-missing', 'color')).toBe(ink);
      await keepPicture(page, `forced-colours-calendar-${colorScheme}`);
    });

    it('draws the lines of "Vì sao?" in ink', async () => {
      const page = await opened(`/tinh/01${MARCH}&why=01.c.2026-03`, forced);
      await page.waitForSelector('[data-testid="trend"] .trend-line', { timeout: SHOWN_MS });
      const ink = await system(page, 'CanvasText');
      expect(await styleOf(page, '[data-testid="trend"] .trend-line', 'stroke')).toBe(ink);
      expect(await styleOf(page, '[data-testid="trend"] .timeline-ground', 'fill')).toBe(await system(page, 'Canvas'));
      await keepPicture(page, `forced-colours-why-${colorScheme}`);
    });
  });

  describe('at 200 %', () => {
    /** As a screen of 1280 × 900 shows it. */
    const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
    /** What is beside the screen, tables aside, which scroll for themselves. */
    const beside = (page: Page) =>
      page.evaluate<string[]>(`[...document.querySelectorAll('h1,h2,h3,h4,p,a,button,input,select,canvas,svg,table')]
        .filter((e) => e.checkVisibility() && !e.closest('.table-box, .unseen, .skip'))
        .filter((e) => { const { left, right, width } = e.getBoundingClientRect(); return width > 0 && (left < -1 || right > innerWidth + 1); })
        .map((e) => e.outerHTML.slice(0, 160))`);
    const isNarrow = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

    it.each([
      ['the country', `/${MARCH}`, '[data-testid="league-01"]'],
      ['the country by an indicator', `/${MARCH}&indicator=c&lang=en`, '[data-testid="league-01"]'],
      ['a province', `/tinh/01${MARCH}&calendar=open`, '[data-testid="commune-map"] canvas'],
      ['a commune', `/xa/00004${MARCH}`, '.table-year'],
      ['the making of a figure', `/tinh/01${MARCH}&why=01.c.2026-03`, '[data-testid="history-rows"]'],
      ['an earlier instant', `/${MARCH}&asOf=2026-04-20T02:30:00.000Z`, '.as-of-banner'],
    ])('shows all of %s on the screen', async (name, address, there) => {
      const page = await opened(address, zoomed);
      await page.waitForSelector(there, { timeout: SHOWN_MS });
      await keepPicture(page, `zoomed-${name.replaceAll(' ', '-')}`);
      expect(await beside(page)).toEqual([]);
      expect(await isNarrow(page)).toBe(true);
    });
  });
});
