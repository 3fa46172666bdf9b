import fc from 'fast-check';
import { anEvent, aQuietMonth, aRetraction } from '../../../../test/kit/builders.js';
import { checkEvent, isRefusal, MAX_EVENT_BYTES } from './event-check.js';
import { refusalCodes } from './refusal.js';

const receivedAt = Date.parse('2026-06-01T00:00:00Z');

const check = (
  event: unknown,
  { key, at = receivedAt, province }: { key?: string; at?: number; province?: string } = {},
) => {
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  const unit = (event as { data?: { unit?: string } } | null)?.data?.unit;
  return checkEvent({ bytes: text.length, text, key: key ?? unit, receivedAt: at, province });
};
const codeOf = (event: unknown, options = {}): string => {
  const outcome = check(event, options);
  return isRefusal(outcome) ? `${outcome.code} ${outcome.pointer}` : 'accepted';
};

const e = { indicator: 'e', numerator: 1, denominator: 2 };
const loans = { indicator: 'loans', numerator: undefined, denominator: undefined };
const b = { indicator: 'b' };

describe('an event', () => {
  it('that is valid becomes a report in slot order', () => {
    const breakdown = { family: { numerator: 7, denominator: 20 }, addict: { numerator: 5, denominator: 10 } };
    expect(check(anEvent({ data: { ...b, breakdown } }))).toMatchObject({
      revision: 1,
      seconds: 1_773_480_600,
      figure: [12, 30, 5, 10, null, null, 7, 20],
    });
  });

  it('may write whole numbers as 3.0 or 3e0', () => {
    const text = JSON.stringify(anEvent()).replace(':12,', ':1.2e1,').replace(':30}', ':30.0}');
    expect(checkEvent({ bytes: 1, text, key: '00004', receivedAt })).toMatchObject({ figure: [12, 30] });
  });

  it('that takes a cell back carries no figure', () => expect(check(aRetraction())).toMatchObject({ figure: null }));

  it('that nothing arose in a month names no indicator, and is checked in the same order', () => {
    const said = check(aQuietMonth({ revision: 4 }));
    expect(said).toMatchObject({ revision: 4, seconds: 1_773_480_600, id: 'event-1', receivedAt });
    expect(said).not.toHaveProperty('indicator');
    expect(codeOf(aQuietMonth({ unit: '01' }, { source: '/units/01' }))).toBe('accepted');
    for (const strange of [{ indicator: 'c' }, { value: 0 }, { numerator: 0, denominator: 0 }, { breakdown: {} }])
      expect(codeOf(aQuietMonth(strange))).toBe(`SCHEMA /data/${Object.keys(strange)[0]}`);
    const wrong = { revision: 0, unit: 'VN', period: '2026-13', indicator: 'nobody' };
    const codes = ['SCHEMA /data/revision', 'UNKNOWN_UNIT /data/unit', 'INVALID_PERIOD /data/period'];
    for (const [n, field] of (['revision', 'unit', 'period'] as const).entries())
      expect(codeOf(aQuietMonth({ [field]: wrong[field] }, field === 'unit' ? { source: '/units/VN' } : {}))).toBe(
        codes[n],
      );
    expect(codeOf(aQuietMonth({ period: '2026-07' }))).toBe('FUTURE_PERIOD /data/period');
    expect(codeOf(aQuietMonth({}, { time: '2026-06-01T00:05:01Z' }))).toBe('FUTURE_TIME /time');
    expect(codeOf(aQuietMonth({}, { source: '/units/00008' }))).toBe('SOURCE_MISMATCH /source');
    expect(codeOf(aQuietMonth({}, { subject: 'Nguyễn Văn Minh' }))).toBe('PERSONAL_DATA /subject');
  });

  it('may begin with one byte order mark', () =>
    expect(codeOf(`\ufeff${JSON.stringify(anEvent())}`, { key: '00004' })).toBe('accepted'));

  it('may carry its data as JSON text in base64', () => {
    const { data, ...envelope } = anEvent({ data: { numerator: 7 } });
    const encoded = (text: string) => ({ ...envelope, data_base64: Buffer.from(text).toString('base64') });
    const key = '00004';
    expect(check(encoded(JSON.stringify(data)), { key })).toMatchObject({ figure: [7, 30] });
    expect(check(encoded(`\ufeff${JSON.stringify(data)}`), { key })).toMatchObject({ figure: [7, 30] });
    expect(check({ ...encoded(JSON.stringify(data)), data: null }, { key })).toMatchObject({ figure: [7, 30] });
    expect(check(anEvent({ data_base64: null }), { key })).toMatchObject({ figure: [12, 30] });
  });

  it('may have an id of 256 bytes and a time of 40 characters', () => {
    const time = `2026-03-14T09:30:00.${'1'.repeat(19)}Z`;
    expect(codeOf(anEvent({ id: `${'ế'.repeat(85)}x`, time }))).toBe('accepted');
    expect(codeOf(anEvent({ id: '\u{1f600}'.repeat(64) }))).toBe('accepted');
    expect(codeOf(anEvent({ id: '\u{1f600}'.repeat(65) }))).toBe('NOT_CLOUDEVENT /id');
  });

  it.each([
    ['2026-06-01T00:05:00Z', 0, 'accepted'],
    ['2026-06-01T07:05:00+07:00', 0, 'accepted'],
    ['2026-06-01T00:05:00.0000000000001Z', 0, 'FUTURE_TIME /time'],
    ['2026-06-01T00:05:00.25Z', 250, 'accepted'],
    ['2026-06-01T00:05:00.250000000000Z', 250, 'accepted'],
    ['2026-06-01T00:05:00.2500000000001Z', 250, 'FUTURE_TIME /time'],
    ['2026-06-01T00:05:00.249999Z', 250, 'accepted'],
    ['2026-06-01T00:05:01Z', 0, 'FUTURE_TIME /time'],
    ['2026-06-01T00:05:01Z', 1_000, 'accepted'],
  ])('of %s, received %d ms into June, is %s', (time, after, outcome) =>
    expect(codeOf(anEvent({ time }), { at: receivedAt + after })).toBe(outcome),
  );

  it('of the period that begins today is accepted, of tomorrow refused, in Asia/Ho_Chi_Minh', () => {
    const midnight = Date.parse('2026-02-14T17:00:00Z');
    const early = anEvent({ time: '2026-02-14T16:59:00Z' });
    expect(codeOf(early, { at: midnight })).toBe('accepted');
    expect(codeOf(early, { at: midnight - 1 })).toBe('FUTURE_PERIOD /data/period');
  });
});

describe('a refusal', () => {
  const { id: _id, ...withoutId } = anEvent();
  const cases: [string, string, unknown, object?][] = [
    ['MALFORMED_JSON ', 'broken JSON', '{"specversion":'],
    ['MALFORMED_JSON ', 'an array', [anEvent()]],
    ['MALFORMED_JSON ', 'two byte order marks', `\ufeff\ufeff${JSON.stringify(anEvent())}`],
    ['NOT_CLOUDEVENT /specversion', 'another version', anEvent({ specversion: 1 })],
    ['NOT_CLOUDEVENT /id', 'no id', withoutId],
    ['NOT_CLOUDEVENT /id', 'an empty id', anEvent({ id: '' })],
    ['NOT_CLOUDEVENT /time', 'a time without an offset', anEvent({ time: '2026-03-14T09:30:00' })],
    ['NOT_CLOUDEVENT /time', 'a day that does not exist', anEvent({ time: '2026-02-29T09:30:00Z' })],
    ['NOT_CLOUDEVENT /id', 'an id of 257 bytes', anEvent({ id: 'ế'.repeat(85) + 'xx', type: 'x' })],
    [
      'NOT_CLOUDEVENT /source',
      'a source of 257 characters',
      anEvent({ source: 'x'.repeat(257), data: { revision: 0 } }),
    ],
    ['NOT_CLOUDEVENT /time', 'a time of 41 characters', anEvent({ time: `2026-03-14T09:30:00.${'0'.repeat(20)}Z` })],
    ['NOT_CLOUDEVENT /data_base64', 'data twice', anEvent({ data_base64: 'e30=' })],
    ['SCHEMA /data_base64', 'data_base64 that is no JSON', { ...anEvent(), data: undefined, data_base64: 'e3' }],
    ['SCHEMA /data_base64', 'data_base64 that is no text', { ...anEvent(), data: undefined, data_base64: '/w==' }],
    ['SCHEMA /data_base64', 'data_base64 that is no base64', { ...anEvent(), data: undefined, data_base64: '!' }],
    ['UNKNOWN_TYPE /type', 'another type', anEvent({ type: 'vn.duan5.indicator.reported.v2' })],
    ['SCHEMA /data', 'no data', anEvent({ data: undefined, type: undefined }) && { ...anEvent(), data: 7 }],
    ['SCHEMA /data/unit', 'a unit that is a number', anEvent({ data: { unit: 4 }, source: '/units/4' })],
    ['SCHEMA /data/revision', 'revision 0', anEvent({ data: { revision: 0 } })],
    ['SCHEMA /data', 'a field that does not belong', anEvent({ data: { name: 'x' } })],
    ['SCHEMA /data/numerator', 'half a person', anEvent({ data: { numerator: 0.5 } })],
    ['SCHEMA /data/numerator', 'over 2^53 - 1', anEvent({ data: { numerator: 2 ** 53 } })],
    ['SCHEMA /data/numerator', 'a figure in a retraction', aRetraction({ numerator: 1 })],
    [
      'SCHEMA /data/breakdown/addict',
      'a stray field in a category',
      anEvent({ data: { ...b, breakdown: { addict: { x: 1 } } } }),
    ],
    ['UNKNOWN_UNIT /data/unit', 'the country', anEvent({ data: { unit: 'VN' } })],
    ['SOURCE_MISMATCH /source', "another unit's source", anEvent({ source: '/units/00008' })],
    ['SOURCE_MISMATCH /data/unit', 'another key', anEvent(), { key: '00008' }],
    ['SOURCE_MISMATCH /source', "another province's way in", anEvent(), { province: '79' }],
    [
      'UNKNOWN_INDICATOR /data/indicator',
      "its own province's way in",
      anEvent({ data: { indicator: 'zz' } }),
      { province: '01' },
    ],
    [
      'UNKNOWN_INDICATOR /data/indicator',
      'an indicator of no catalogue',
      anEvent({ data: { indicator: 'constructor' } }),
    ],
    ['LEVEL_NOT_ALLOWED /data/indicator', 'a commune for a province', anEvent({ data: { indicator: 'a' } })],
    ['INVALID_PERIOD /data/period', 'a quarter', anEvent({ data: { period: '2026-Q1' } })],
    ['INVALID_PERIOD /data/period', 'a year too early', anEvent({ data: { period: '2024-12' } })],
    ['FUTURE_PERIOD /data/period', 'next year', anEvent({ data: { period: '2027-01' } })],
    ['FUTURE_TIME /time', 'the year 9999', anEvent({ time: '9999-01-01T00:00:00Z', data: { value: 1 } })],
    ['FUTURE_PERIOD /data/period', 'both', anEvent({ time: '9999-01-01T00:00:00Z', data: { period: '2027-01' } })],
    [
      'WRONG_MEASURE /data',
      'a value for a ratio',
      anEvent({ data: { numerator: undefined, denominator: undefined, value: 1 } }),
    ],
    ['WRONG_MEASURE /data', 'a ratio and a value', anEvent({ data: { value: 1 } })],
    ['VALUE_TOO_LARGE /data/denominator', 'over ten million people', anEvent({ data: { denominator: 10_000_001 } })],
    ['VALUE_TOO_LARGE /data/value', 'two of a yes or no', anEvent({ data: { ...loans, indicator: 'h', value: 2 } })],
    ['NUMERATOR_EXCEEDS_DENOMINATOR /data/numerator', 'more than all', anEvent({ data: { numerator: 31 } })],
    ['BREAKDOWN_INVALID /data/breakdown', 'e without its breakdown', anEvent({ data: e })],
    [
      'BREAKDOWN_INVALID /data/breakdown',
      'a breakdown where there is none',
      anEvent({ data: { breakdown: { x: {} } } }),
    ],
    ['BREAKDOWN_INVALID /data/breakdown', 'an empty one', anEvent({ data: { ...b, breakdown: {} } })],
    [
      'BREAKDOWN_INVALID /data/breakdown',
      'an unknown category',
      anEvent({ data: { ...b, breakdown: { x: { numerator: 12, denominator: 30 } } } }),
    ],
    [
      'BREAKDOWN_INVALID /data/breakdown/family',
      'other fields',
      anEvent({ data: { ...b, breakdown: { family: { value: 12 } } } }),
    ],
    [
      'BREAKDOWN_INVALID /data/breakdown',
      'not adding up',
      anEvent({ data: { ...b, breakdown: { family: { numerator: 12, denominator: 29 } } } }),
    ],
    [
      'NUMERATOR_EXCEEDS_DENOMINATOR /data/breakdown/addict/numerator',
      'more than all in a category',
      anEvent({
        data: {
          ...b,
          breakdown: { addict: { numerator: 12, denominator: 10 }, family: { numerator: 0, denominator: 20 } },
        },
      }),
    ],
  ];

  it.each(cases)('%s: %s', (code, _what, event, options = {}) => expect(codeOf(event, options)).toBe(code));

  it('TOO_LARGE comes before anything is read', () => {
    const refusal = checkEvent({ bytes: MAX_EVENT_BYTES + 1, text: undefined, key: undefined, receivedAt });
    expect(refusal).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('never repeats text of the event', () => {
    const name = 'Nguyễn Văn A';
    const breakdown = { [name]: { [name]: 1 } };
    const events = [
      anEvent({ data: { unit: name }, source: name }),
      anEvent({ data: { [name]: 1 } }),
      anEvent({ data: { ...b, breakdown } }),
      anEvent({ data: { ...b, breakdown: { addict: { [name]: 1 } } } }),
      anEvent({ data: { ...b, breakdown: { [name]: { numerator: 12, denominator: 30 } } } }),
      anEvent({ [name]: 1 }),
    ];
    const outcomes = events.map((event) => check(event, { key: '00004' }));
    expect(outcomes.map((outcome) => isRefusal(outcome))).toEqual(events.map(() => true));
    expect(JSON.stringify(outcomes)).not.toContain(name);
  });

  it('repeats no id that is longer than it may be', () => {
    const id = 'x'.repeat(257);
    expect(check(anEvent({ id, specversion: '0.3' }))).not.toHaveProperty('id');
    expect(check(anEvent({ id: 'x', specversion: '0.3' }))).toHaveProperty('id', 'x');
  });

  it('or a report is the answer to anything at all', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc.object().map((object) => JSON.stringify({ ...anEvent(), ...object })),
    );
    const broken = fc.record({
      field: fc.constantFrom(...Object.keys(anEvent().data as object), 'breakdown'),
      value: fc.jsonValue(),
    });
    const brokenData = broken.map(({ field, value }) => JSON.stringify(anEvent({ data: { [field]: value } })));
    fc.assert(
      fc.property(fc.oneof(anything, brokenData), (text) => {
        const outcome = check(text, { key: '00004' });
        if (isRefusal(outcome)) expect(refusalCodes).toContain(outcome.code);
        else expect(outcome).toHaveProperty('figure');
      }),
      { numRuns: 2000, endOnFailure: true },
    );
  });
});
