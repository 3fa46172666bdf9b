import fc from 'fast-check';
import { anEvent, aRetraction } from '../../../../test/kit/builders.js';
import { checkEvent } from './event-check.js';
import { readEvent } from './event-reader.js';

const outcomeOf = (text: string) =>
  checkEvent({ bytes: text.length, text, key: '00004', receivedAt: Date.parse('2026-06-01T00:00:00Z') });
/** The same JSON, in a form that the reader leaves to the general way. */
const generally = (text: string) => `\n${text}`;

const breakdown = { addict: { numerator: 5, denominator: 10 }, family: { numerator: 7, denominator: 20 } };
const events = [
  anEvent(),
  aRetraction(),
  anEvent({ data: { indicator: 'b', breakdown } }),
  anEvent({ data: { indicator: 'h', numerator: undefined, denominator: undefined, value: 1 } }),
  anEvent({ time: '2026-03-14T09:30:00.120+07:00', id: 'một hai' }),
].map((event) => JSON.stringify(event));
const spaced = (text: string) => text.replaceAll(':{', ': {').replaceAll(',"', ', "').replaceAll('":', '": ');

const pieces = [
  '"',
  '{',
  '}',
  ',',
  ':',
  '0',
  '1',
  '-',
  '.',
  'e',
  ' ',
  '\\u0041',
  '\\',
  'x',
  'null',
  '"id":"2",',
  '"value":3,',
];
const broken = fc
  .tuple(
    fc.constantFrom(...events, ...events.map(spaced)),
    fc.array(fc.record({ at: fc.nat(400), cut: fc.nat(3), piece: fc.constantFrom('', ...pieces) }), { maxLength: 2 }),
  )
  .map(([text, edits]) =>
    edits.reduce((held, { at, cut, piece }) => {
      const from = at % (held.length + 1);
      return held.slice(0, from) + piece + held.slice(from + cut);
    }, text),
  );

describe('the reader of events', () => {
  it.each(events.slice(0, 4).flatMap((text) => [text, spaced(text)]))('takes the usual form: %s', (text) => {
    const { specversion: _s, datacontenttype: _d, data, ...envelope } = JSON.parse(text) as Record<string, object>;
    expect(readEvent(text)).toMatchObject({
      ...envelope,
      ...data,
      ...('breakdown' in data ? { breakdown: expect.any(Array) } : {}),
    });
  });

  it.each([
    ['an escape', (text: string) => text.replace('specversion', '\\u0073pecversion')],
    ['a number that is not plain digits', (text: string) => text.replace(':12,', ':12.0,')],
    ['a leading zero', (text: string) => text.replace(':12,', ':012,')],
    ['a name that comes twice', (text: string) => text.replace('"data":', '"id":"other","data":')],
    ['an extension', (text: string) => text.replace('"data":', '"partitionkey":"x","data":')],
    ['anything behind the event', (text: string) => `${text} x`],
  ])('leaves %s to the general way', (_what, change) => {
    expect(change(events[0])).not.toBe(events[0]);
    expect(readEvent(change(events[0]))).toBeUndefined();
  });

  it('comes to the answer of the general way, for anything', () => {
    fc.assert(
      fc.property(broken, (text) => expect(outcomeOf(text)).toEqual(outcomeOf(generally(text)))),
      { numRuns: 5_000 },
    );
  });
});
