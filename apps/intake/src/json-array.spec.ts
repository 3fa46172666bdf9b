import fc from 'fast-check';
import { splitArray } from './json-array.js';

const split = (text: string) => splitArray(Buffer.from(text))?.map(String);

describe('splitting an array', () => {
  it('gives every element as it was written', () => {
    expect(split(' [ {"a":[1,2],"b":"],\\"["} , 3.0 ,"\\\\" ] ')).toEqual([
      '{"a":[1,2],"b":"],\\"["}',
      '3.0',
      '"\\\\"',
    ]);
  });

  it('finds the elements of any JSON array, however it is indented', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (values, indent) => {
        const elements = split(JSON.stringify(values, null, indent));
        expect(elements?.map((element) => JSON.parse(element) as unknown)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it.each(['', '{}', '[', '[1,]', '[,1]', '[1]x', '[1,,2]', '"[1]"', '[1}'])('%s is no array', (text) => {
    expect(split(text)).toBeUndefined();
  });

  it('of none gives none', () => expect(split('[ ]')).toEqual([]));
});
