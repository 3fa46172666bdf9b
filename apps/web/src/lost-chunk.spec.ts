import { isLostChunk, mayReload } from './lost-chunk';

test('the page is loaded again once, and again only when a minute has gone', () => {
  const now = 1_800_000_000_000;
  expect(mayReload(null, now)).toBe(true);
  expect(mayReload(String(now - 59_000), now)).toBe(false);
  expect(mayReload(String(now - 61_000), now)).toBe(true);
});

test.each([
  ['Failed to fetch dynamically imported module: http://x/assets/map-1.js', true],
  ['error loading dynamically imported module: http://x/a.js', true],
  ['Importing a module script failed.', true],
  ['Unable to preload CSS for /assets/a.css', true],
  ['x is not a function', false],
])('%s', (message, is) => {
  expect(isLostChunk(new Error(message))).toBe(is);
});
