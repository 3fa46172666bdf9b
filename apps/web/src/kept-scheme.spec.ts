/** The kept choice of light or dark. */
import { schemeIn } from './kept-scheme';

it.each([
  ['theme=dark', 'dark'],
  ['session=x; theme=light', 'light'],
  ['theme=auto; other=1', 'auto'],
  ['my-theme=dark', undefined],
  ['theme=pink', undefined],
  ['', undefined],
])('cookies %j keep %s', (cookies, scheme) => {
  expect(schemeIn(cookies)).toBe(scheme);
});
