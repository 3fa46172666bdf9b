/** Chromium for tests of the page: it asks for nothing by itself, so nothing but the page is heard. */
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../cli/chromium.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: flags });
