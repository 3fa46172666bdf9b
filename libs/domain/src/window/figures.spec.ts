import fc from 'fast-check';
import { fromExactJson, toExactJson } from '../exact/exact-json.js';
import { exactSum, percentOf } from '../exact/figure.js';
import { parseInstant } from '../event/instant.js';
import { attains, targetOf } from '../target/target.js';
import type { Rollup } from './rollup.js';
import { compareCodePoints } from '../exact/text-order.js';
import { childrenOf, provinces, reportingUnits, unitOf, unitOn } from '../reference/unit.js';

describe('a percentage', () => {
  it.each([
    [1, 3, 33.33],
    [2, 3, 66.67],
    [1, 800, 0.13],
    [0, 5, 0],
    [0, 0, null],
  ])('%d of %d is %d: two decimals, half up', (numerator, denominator, percent) => {
    expect(percentOf({ numerator, denominator })).toBe(percent);
  });
});

describe('a sum', () => {
  it('stays exact beyond 2^53', () => expect(exactSum(2 ** 53 - 1, 2)).toBe(9_007_199_254_740_993n));

  it('goes through JSON as the plain integer that it is', () => {
    const text = toExactJson({ value: 39_852_000_000_000_001n, small: 5, list: [1n] });
    expect(text).toBe('{"value":39852000000000001,"small":5,"list":[1]}');
    expect(fromExactJson(text)).toEqual({ value: 39_852_000_000_000_001n, small: 5, list: [1] });
  });
});

describe('an instant', () => {
  it('is the same however it is written', () => {
    expect(parseInstant('2026-03-14T16:30:00.500+07:00')).toEqual(parseInstant('2026-03-14t09:30:00.5z'));
  });

  it.each([
    '0000-01-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01 00:00:00Z',
  ])('%s is none', (text) => expect(parseInstant(text)).toBeUndefined());

  it('agrees with the platform on every second of the years that it shares with it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
        (date) => {
          expect(parseInstant(date.toISOString())?.seconds).toBe(Math.floor(date.getTime() / 1000));
        },
      ),
    );
  });
});

it('text is ordered as UTF-32 would be', () => {
  const points = (text: string) => [...text].map((character) => character.codePointAt(0) as number);
  const byPoints = (a: string, b: string) => {
    const [left, right] = [points(a), points(b)];
    const at = left.findIndex((point, index) => point !== right[index]);
    return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -1);
  };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(byPoints(a, b)));
    }),
  );
});

describe('the units', () => {
  it('are 34 provinces and 3,321 communes', () => {
    expect([provinces.length, reportingUnits.length]).toEqual([34, 34 + 3321]);
    expect([childrenOf('01').length, childrenOf('15').length]).toEqual([126, 99]);
  });

  it('have the name in force on a day', () => {
    const dongNai = unitOf('75');
    if (dongNai === undefined) throw new Error('no such unit');
    expect([unitOn(dongNai, '2026-04-29').fullName, unitOn(dongNai, '2026-04-30').fullName]).toEqual([
      'Tỉnh Đồng Nai',
      'Thành phố Đồng Nai',
    ]);
  });
});

describe('a target', () => {
  const rollup = (fields: Partial<Rollup>): Rollup => ({
    indicator: 'x',
    percent: null,
    breakdown: {},
    reporting: { expected: 1, reported: 1, current: 1 },
    ...fields,
  });

  it('of more than 30 % is not attained at exactly 30 %', () => {
    const target = targetOf('01', 'dd', 2026);
    expect(attains(target, rollup({ numerator: 30, denominator: 100 }), undefined)).toBe(false);
    expect(attains(target, rollup({ numerator: 31, denominator: 100 }), undefined)).toBe(true);
  });

  it.each([
    ['>=', 99.5, 995, 1_000, true],
    ['>', 99.5, 995, 1_000, false],
    ['>=', 99.5, 994, 1_000, false],
    ['>=', 33.3, 333, 1_000, true],
    ['>', 33.3, 333, 1_000, false],
    ['>=', 0.07, 7, 10_000, true],
    ['>=', 99.999999, 99_999_998, 100_000_000, false],
  ] as const)('of %s %d %% at %d of %d is compared exactly: %s', (op, percent, numerator, denominator, attained) => {
    expect(attains({ op, percent }, rollup({ numerator, denominator }), undefined)).toBe(attained);
  });

  it('of a decimal percentage is compared exactly beyond 2⁵³', () => {
    const denominator = 2_000_000_000_000_000_000n;
    const asked = 1_990_000_000_000_000_000n;
    const target = { op: '>=', percent: 99.5 } as const;
    expect(attains(target, rollup({ numerator: asked, denominator }), undefined)).toBe(true);
    expect(attains(target, rollup({ numerator: asked - 1n, denominator }), undefined)).toBe(false);
  });

  it('with a scope looks at its categories only', () => {
    const breakdown = {
      health_station: { numerator: 65, denominator: 100 },
      hospital: { numerator: 0, denominator: 100 },
    };
    const figure = rollup({ numerator: 65, denominator: 200, breakdown });
    expect(attains(targetOf('01', 'e', 2026), figure, undefined)).toBe(true);
    expect(attains(targetOf('15', 'e', 2026), figure, undefined)).toBe(false);
  });

  it('of growth needs more than the year before', () => {
    const target = targetOf('01', 'h', 2026);
    expect(attains(target, rollup({ value: 10 }), rollup({ value: 10 }))).toBe(false);
    expect(attains(target, rollup({ value: 11 }), rollup({ value: 10 }))).toBe(true);
    expect(attains(target, rollup({ value: 11 }), undefined)).toBeNull();
  });

  it('is made up for nobody', () =>
    expect([targetOf('04', 'b', 2026), targetOf('01', 'g', 2026)]).toEqual([null, null]));
});
