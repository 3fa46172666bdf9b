import fc from 'fast-check';
import { checkEvent, type Refusal } from '#domain';
import {
  isJsonType,
  isUtf8Type,
  mediaTypeOf,
  structuredEvent,
  utf8Text,
  type Attribute,
} from './cloudevent-binding.js';

const attributes: Attribute[] = [
  ['specversion', '1.0'],
  ['id', 'event-1'],
  ['source', '/units/00004'],
  ['type', 'vn.duan5.indicator.reported.v1'],
  ['time', '2026-03-14T09:30:00Z'],
];
const DATA = '{"unit":"00004","indicator":"c","period":"2026-03","revision":1,"numerator":12,"denominator":30}';
const json = mediaTypeOf('application/json');
const event = (data: string | Buffer | null, given = attributes, type = json) =>
  structuredEvent(given, type, typeof data === 'string' ? Buffer.from(data) : data);
const refusalOf = (outcome: string | Refusal) => {
  if (typeof outcome === 'string') throw new Error(`not refused: ${outcome}`);
  return `${outcome.code} ${outcome.pointer}`;
};

describe('an event in binary mode', () => {
  it('is the structured event with its data to the letter', () => {
    const data = DATA.replace(':12,', ':1.20e1, ').replace('30}', '30.0 }');
    const text = event(` \ufeff ${data}\n`.trimStart());
    expect(text).toContain(`"data":${data}}`);
    expect(checkEvent({ bytes: 1, text: text as string, key: '00004', receivedAt: Date.now() })).toMatchObject({
      id: 'event-1',
      figure: [12, 30],
    });
  });

  it('without data has none, so that the checks say what is missing', () => {
    for (const nothing of [null, '']) expect(JSON.parse(event(nothing) as string)).not.toHaveProperty('data');
  });

  it.each([
    ['MALFORMED_JSON /data', '},"source":"/units/00008","data":{'],
    ['MALFORMED_JSON /data', '{},"source":"/units/00008"'],
    ['MALFORMED_JSON /data', '{"unit":'],
    ['MALFORMED_JSON /data', Buffer.from([0x22, 0xff, 0x22])],
    ['TOO_LARGE ', `"${'x'.repeat(65_536)}"`],
  ])('%s: data that is not one value: %s', (refusal, data) => expect(refusalOf(event(data))).toBe(refusal));

  it.each([
    ['NOT_CLOUDEVENT ', 'data', DATA],
    ['NOT_CLOUDEVENT ', 'data_base64', 'e30='],
    ['NOT_CLOUDEVENT ', 'Id', 'x'],
    ['NOT_CLOUDEVENT ', 'x"y', 'x'],
    ['NOT_CLOUDEVENT ', '', 'x'],
    ['NOT_CLOUDEVENT ', '__proto__', 'x'],
    ['NOT_CLOUDEVENT /id', 'id', 'again'],
    ['NOT_CLOUDEVENT ', 'nguyenvanan', undefined],
    ['NOT_CLOUDEVENT /subject', 'subject', undefined],
  ])('%s: the attribute %j', (refusal, name, value) =>
    expect(refusalOf(event(DATA, [...attributes, [name, value]]))).toBe(refusal),
  );

  it('says what is wrong with the data in the terms of its sender', () => {
    const detailOf = (data: Buffer, type = 'application/json') =>
      (event(data, attributes, mediaTypeOf(type)) as Refusal).detail;
    expect(detailOf(Buffer.from([0x1f, 0x8b, 8]))).toContain('gzip');
    expect(detailOf(Buffer.from(`\ufeff${DATA}`, 'utf16le'))).toContain('UTF-16');
    expect(detailOf(Buffer.from(DATA), 'application/avro')).toContain('content type');
    expect(detailOf(Buffer.from(DATA), 'application/json; charset=windows-1258')).toContain('charset');
  });

  it('has the attributes of its headers and no others, whatever the data and the values are', () => {
    const data = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom(DATA, '},"id":"other","data":{', '{}', '"}', '{"data":{}}', '[],"id":"other"'),
    );
    const more = fc.uniqueArray(fc.tuple(fc.stringMatching(/^e[a-z0-9]{1,9}$/), fc.string({ unit: 'binary' })), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(data, more, (text, extensions) => {
        const outcome = event(text, [...attributes, ...extensions]);
        if (typeof outcome !== 'string') return;
        const { data: parsed, datacontenttype, ...rest } = JSON.parse(outcome) as Record<string, unknown>;
        expect(rest).toEqual(JSON.parse(JSON.stringify(Object.fromEntries([...attributes, ...extensions]))));
        expect(datacontenttype).toBe('application/json');
        expect(parsed).toEqual(text === '' ? undefined : JSON.parse(text.replace(/^\ufeff/, '')));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a content type', () => {
  it.each(['', 'application/json', 'Application/JSON; charset="UTF-8"', 'text/json', 'application/vnd.a.b+json'])(
    'may be JSON: %s',
    (type) => expect([isJsonType(mediaTypeOf(type)), isUtf8Type(mediaTypeOf(type))]).toEqual([true, true]),
  );

  it.each(['text/plain', 'application/avro', 'application/jsonx', 'application/x+json/y', 'x/y+json'])(
    'may be another: %s',
    (type) => expect(isJsonType(mediaTypeOf(type))).toBe(false),
  );

  it('may be of another charset', () =>
    expect(isUtf8Type(mediaTypeOf('application/json; version=1; charset=utf-16'))).toBe(false));
});

describe('bytes as text', () => {
  it('are the text that they are in UTF-8, or none', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.constant(Buffer.from('\ufffd')),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        let expected: string | undefined;
        try {
          expected = decoder.decode(each);
        } catch {
          expected = undefined;
        }
        expect(utf8Text(Buffer.from(each))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
