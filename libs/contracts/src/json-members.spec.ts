import fc from 'fast-check';
import { processorMs } from '../../../test/kit/processor-time.js';
import { membersOf } from './json-members.js';

const parsed = (text: string) => {
  const members = membersOf(text);
  return members && Object.fromEntries([...members].map(([name, value]) => [name, JSON.parse(value) as unknown]));
};

describe('the members of a JSON object', () => {
  const objects = fc
    .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    .filter((object) => !('__proto__' in object));

  it.each([undefined, 1, '\t'])('are what JSON.parse finds, however it is laid out (%j)', (space) => {
    fc.assert(
      fc.property(objects, (object) => {
        const text = JSON.stringify(object, undefined, space);
        expect(parsed(` ${text} `)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('are given as they are written', () => {
    const members = membersOf('{"a":[1.50,{"b":"}"}],"big":12345678901234567890,"\\u0063":"\\\\\\"","c":{}}');
    expect([...(members ?? [])]).toEqual([
      ['a', '[1.50,{"b":"}"}]'],
      ['big', '12345678901234567890'],
      ['c', '{}'],
    ]);
  });

  it.each([
    '',
    ' ',
    '7',
    '[]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{a:1}',
    '{"a":"}',
    '{"a":[}',
    '{"a":1}}',
    '{"a" 1}',
    '{"a":,"b":1}',
  ])('of %j are none', (text) => expect(membersOf(text)).toBeUndefined());

  it('are looked for no further than is asked', () => {
    expect([...(membersOf('{"a":1,"b":[2],"c":', 'b') ?? [])]).toEqual([
      ['a', '1'],
      ['b', '[2]'],
    ]);
  });

  it('takes no longer than the text is long', async () => {
    const quotes = '\\"'.repeat(50_000);
    const text = `{"a":"${quotes}","b":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(await processorMs(() => expect(membersOf(text)?.size).toBe(2))).toBeLessThan(500);
  });
});
