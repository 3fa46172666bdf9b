import fc from 'fast-check';
import { anEvent } from '../../../test/kit/builders.js';
import { processorMs } from '../../../test/kit/processor-time.js';
import { splitArray } from './json-array.js';

const split = (text: string | Buffer) => splitArray(Buffer.from(text))?.map(({ bytes }) => String(bytes));
/** Elements that are broken by where they stand, in brackets. */
const cut = (text: string) =>
  splitArray(Buffer.from(text))?.map(({ bytes, fault }) => (fault === undefined ? String(bytes) : `<${bytes}>`));

describe('splitting an array', () => {
  it('gives every element as it was written', () => {
    expect(split('\ufeff [ {"a":[1,2],"b":"],\\"["} , 3.0 ,"\\\\" ] ')).toEqual([
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

  it.each(['', '{}', '"[1]"', '\ufeff', 'x['])('%s is no array', (text) => expect(split(text)).toBeUndefined());
  it('an empty one has no elements', () => expect(split(' [ ] ')).toEqual([]));
  it('ends with the first element that is too much', () =>
    expect(splitArray(Buffer.from(`[${'1,'.repeat(1_000_000)}1]`), 3)).toHaveLength(4));
});

const good = JSON.stringify(anEvent());
const other = JSON.stringify(anEvent({ id: 'other' }));

describe('an array with something broken in it', () => {
  const broken: [string, string][] = [
    ['another literal', '{"a":tru}'],
    ['a fraction of a number', '{"a":1.}'],
    ['a list of events, and a fault', `{"a":[${good},${good}],"b":nul}`],
    ['words', '00004;2026-03;b;12;30'],
    ['more words', 'not JSON at all'],
    ['nothing', ''],
    ['a comma too many', '{"a":1,}'],
    ['a raw line break in a text', '{"a":"x\ny"}'],
  ];
  it.each(broken)('that balances costs only itself: %s', (_what, element) =>
    expect(cut(`[${good},${element},${other}]`)).toEqual([good, element, other]),
  );

  const unbalanced: [string, string][] = [
    ['an end that is missing', good.slice(0, -1)],
    ['half of it missing', good.slice(0, 150)],
    ['an end too many', `${good}}`],
    ['the wrong end', `${good.slice(0, -1)}]`.replace(']', ')')],
    ['a quote that is missing at the end of a text', good.replace('event-1"', 'event-1')],
    ['a quote that is missing at its beginning', good.replace('"event-1', 'event-1')],
    ['a quote that is missing in a name', good.replace('"id"', 'id"')],
    ['a quote too many', good.replace('event-1', 'event"1')],
    ['text cut off within a name', good.slice(0, good.indexOf('"source') + 4)],
    ['a comma that is missing behind it', `${good}${good}`],
    ['single quotes', good.replaceAll('"', "'")],
  ];
  it.each(unbalanced)('that does not balance costs only itself, where an event follows: %s', (_what, element) => {
    expect(cut(`[${good},${element},${other},${good}]`)).toEqual([good, `<${element}>`, other, good]);
    expect(cut(`[ ${element} ,\n ${other} , 7 ]`)).toEqual([`<${element}>`, other, '7']);
    expect(cut(`[${element},${other},${element},${good}]`)).toEqual([`<${element}>`, other, `<${element}>`, good]);
    const [first, last] = cut(`[${good},${element}]`) as string[];
    expect([first, last.startsWith(`<${element}`)]).toEqual([good, true]);
  });

  it('never takes an event out of a broken element', () => {
    expect(cut(`[{"a":[{"b":1},${good},${other}]`)).toEqual([`<{"a":[{"b":1},${good},${other}]>`]);
    expect(cut(`[{"a":"x,[ ,${good},${other}]`)).toHaveLength(1);
    // As text it has its quotes escaped, and is no object.
    expect(cut(`[{"a":${JSON.stringify(`,${good},`)},${good}]`)).toEqual([
      `<{"a":${JSON.stringify(`,${good},`)}>`,
      good,
    ]);
  });

  it('that breaks off gives what is whole', () => {
    expect(cut(`[${good},${other.slice(0, 99)}`)).toEqual([good, `<${other.slice(0, 99)}>`]);
    expect(cut(`[${good}`)).toEqual([`<${good}>`]);
    expect(cut('[')).toEqual(['<>']);
  });

  it('says what stands behind its end', () => expect(cut(`[${good}] ${other}`)).toEqual([good, `<${other}>`]));

  it('with bytes that are no UTF-8 is cut all the same', () => {
    const bad = Buffer.from([0x7b, 0x22, 0xe1, 0x22, 0x3a, 0x31, 0x7d]);
    const bytes = Buffer.concat([Buffer.from(`[${good},`), bad, Buffer.from(`,${other}]`)]);
    expect(splitArray(bytes)?.map((element) => element.bytes)).toEqual([Buffer.from(good), bad, Buffer.from(other)]);
  });

  it('keeps whole events whole, whatever one of them is turned into', () => {
    const edits = fc.record({
      at: fc.nat(300),
      cut: fc.nat(5),
      piece: fc.constantFrom('', '"', '{', '}', ',', ':', '\\', 'x'),
    });
    fc.assert(
      fc.property(edits, ({ at, cut: length, piece }) => {
        const spoilt = good.slice(0, at % good.length) + piece + good.slice((at % good.length) + length);
        const elements = split(`[${other},${spoilt},${other},${other}]`) as string[];
        expect([elements[0], ...elements.slice(-2)]).toEqual([other, other, other]);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['objects that open', ',{'],
    ['names', ',{"a":'],
    ['strings that do not end', ',{"'],
    ['escapes', ',{"\\"'],
    ['lists', ',{"a":[{}'],
    ['brackets', '['],
    ['backslashes', '\\'],
    ['small events', ',{"specversion":"1.0"'],
  ])('takes time in proportion to its length: %s', async (_what, piece) => {
    const time = (bytes: number) => {
      const body = Buffer.from(`[{${piece.repeat(bytes / piece.length)}`);
      return processorMs(() => splitArray(body, 1_000));
    };
    await time(100_000);
    expect(await time(4_000_000)).toBeLessThan(5_000);
  });
});
