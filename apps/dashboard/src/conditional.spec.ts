import { isNamed, tagOf } from './conditional.js';

describe('a conditional request', () => {
  const tag = tagOf('text');

  it.each([tag, tag.slice(2), `"other", ${tag}`, '*'])('has the answer already: %s', (header) =>
    expect(isNamed(header, tag)).toBe(true),
  );
  it.each([undefined, '', '"other"', tagOf('other text'), tag.slice(3, -1)])('has it not: %s', (header) =>
    expect(isNamed(header, tag)).toBe(false),
  );
});
