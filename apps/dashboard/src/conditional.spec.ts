import { isNamed, tagOf } from './conditional.js';

describe('a conditional request', () => {
  const tag = tagOf('text');

  it.each([tag, tag.slice(2), `"other", ${tag}`, '*'])(
    'that names %s is from somebody who has the answer already',
    (header) => expect(isNamed(header, tag)).toBe(true),
  );
  it.each([undefined, '', '"other"', tagOf('other text'), tag.slice(3, -1)])(
    'that names %s is from somebody who has it not',
    (header) => expect(isNamed(header, tag)).toBe(false),
  );
});
