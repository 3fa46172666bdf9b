import { isLostChunk, mayReload } from './lost-chunk';

test('the page is loaded again once, and again only when a minute has gone', () => {
  expect(mayReload('navigate', 500)).toBe(true);
  expect(mayReload(undefined, 500)).toBe(true);
  expect(mayReload('reload', 59_000)).toBe(false);
  expect(mayReload('reload', 61_000)).toBe(true);
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
