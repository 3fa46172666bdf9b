import fc from 'fast-check';
import { localPath } from './local-path.js';

describe('where to go after signing in', () => {
  it.each(['/', '/?unit=01&window=2026-Q1', '/a/b?x=%2F%2Fy#z', '/ đ'])('may be a path here: %s', (to) => {
    expect(localPath(to)).toBe(encodeURI(decodeURI(to)).replaceAll('%252F', '%2F'));
  });

  it.each([
    undefined,
    '',
    'x',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/..//evil.example/x',
    '/x/..//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    `/${'x'.repeat(3_000)}`,
  ])('is nowhere else: %j', (to) => expect(localPath(to)).toBeUndefined());

  it('stays here whatever is asked for, as a browser reads it', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('/', '\\', '.', '\t', '\n', '@', ':', '?', '#', 'e', '%2f', ' '),
    });
    fc.assert(
      fc.property(hostile, (rest) => {
        const path = localPath(`/${rest}`);
        if (path !== undefined) expect(new URL(path, 'https://here.example').origin).toBe('https://here.example');
      }),
      { numRuns: 2_000 },
    );
  });
});
