/**
 * What hostile events are made of: valid ones, changed in their structure by fast-check, as texts of JSON or nearly so.
 *
 * The members of an object are written by hand: a parser would lose repeated names, lone surrogates and the spelling of numbers, and
 * those are the point. Making them is slow, so that a pool is made once and varied cheaply afterwards (`varied`).
 */
import fc from 'fast-check';
import { indicators, reportingUnits } from '#domain';
import { seededWorkload } from '../kit/seeded-workload.js';

export type Random = () => number;
export const below = (random: Random, top: number): number => Math.floor(random() * top);
export const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)];

/** Texts that something down the line may trip over. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u2066',
  '💥'.repeat(40),
  'Ha\u0300 No\u0323\u0302i',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  '$where',
  '$ne',
  '{"$gt":""}',
  '[object Object]',
  '../../etc/passwd',
  "' OR '1'='1",
  '${7*7}',
  '%00%ff%',
  '00004\n',
  '٠٠٠٠٤',
  'VN',
  '2026-13',
  '9999-12-31T23:59:60.999999999999999999Z',
  '2026-02-30T24:00:00+14:60',
  'x'.repeat(257),
  'x'.repeat(4_000),
];

const hostileValues: readonly string[] = [
  ...hostileTexts.map((text) => JSON.stringify(text)),
  '"\\ud800"',
  '"\\u0000"',
  '"a\u0001b"',
  'null',
  'true',
  '{}',
  '[]',
  '{"$ne":null}',
  '{"__proto__":{"isAdmin":true}}',
  '{"toString":1,"valueOf":2}',
  '-0',
  '0',
  '-1',
  '3.0',
  '1e0',
  '1E400',
  '-1e400',
  '1e-400',
  '0.1',
  '9007199254740991',
  '9007199254740993',
  '123456789012345678901234567890',
  '10000001',
  'NaN',
  '0x10',
  '+1',
  '01',
  '[[[[[[[[{}]]]]]]]]',
];

const hostileMembers: readonly (readonly [string, string])[] = [
  ['__proto__', '{"polluted":true}'],
  ['constructor', '{"prototype":{"polluted":true}}'],
  ['data', '{"unit":"00004"}'],
  ['data', 'null'],
  ['data_base64', '"eyJ1bml0Ijo="'],
  ['specversion', '"0.3"'],
  ['subject', '"x"'],
  ['traceparent', '"00-zz"'],
  ['breakdown', '{"__proto__":{"value":1}}'],
  ['value', '1'],
  ['\\u0064ata', '{}'],
];

type Member = readonly [name: string, value: string];

const membersOf = (object: Readonly<Record<string, unknown>>): Member[] =>
  Object.entries(object).map(([name, value]) => [name, JSON.stringify(value)]);

const textOf = (members: readonly Member[]): string =>
  `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`;

type Change = (members: readonly Member[]) => readonly Member[];

const at = (members: readonly Member[], place: number): number => (members.length === 0 ? 0 : place % members.length);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.nat(20).map(
    (n): Change =>
      (members) =>
        members.filter((_, place) => place !== at(members, n)),
  ),
  fc.nat(20).map((n): Change => (members) => [...members, ...members.slice(at(members, n), at(members, n) + 1)]),
  fc.tuple(fc.nat(20), fc.constantFrom(...hostileValues)).map(
    ([n, value]): Change =>
      (members) =>
        members.map((member, place) => (place === at(members, n) ? [member[0], value] : member)),
  ),
  fc.tuple(fc.nat(20), fc.json({ maxDepth: 3 })).map(
    ([n, value]): Change =>
      (members) =>
        members.map((member, place) => (place === at(members, n) ? [member[0], value] : member)),
  ),
  fc.constantFrom(...hostileMembers).map((member): Change => (members) => [...members, member]),
  fc.constantFrom(...hostileMembers).map((member): Change => (members) => [member, ...members]),
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .map((name): Change => (members) => [...members, [JSON.stringify(name).slice(1, -1), '1']]),
  fc.constant<Change>((members) => [...members].reverse()),
);

const applied = (members: readonly Member[], changes: readonly Change[]): readonly Member[] =>
  changes.reduce((changed, one) => one(changed), members);

const around = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text,
  (text) => text,
  (text) => `\ufeff${text}`,
  (text) => `\ufeff\ufeff${text}`,
  (text) => ` \n${text}\t`,
  (text) => text.slice(0, -1),
  (text) => `${text}${text}`,
  (text) => `[${text}]`,
  (text) => `${'['.repeat(2_000)}${text}${']'.repeat(2_000)}`,
  (text) => text.replaceAll('"', "'"),
);

const among = {
  units: [...reportingUnits.slice(0, 60), ...reportingUnits.filter(({ level }) => level === 'province').slice(0, 5)],
  indicators,
  months: ['2026-01', '2026-02', '2026-03', '2026-09'],
  wholeMonths: 0.03,
};

export interface Pool {
  /** Texts of valid events. */
  readonly valid: readonly string[];
  /** Texts that were changed; some of them are valid still. */
  readonly changed: readonly string[];
}

/** The same pool for the same seed. */
export const poolOf = (seed: number, size = 3_000): Pool => {
  const valid = seededWorkload(1_000, seed, 0, among).messages.map(({ value }) => value);
  const changedText = fc
    .tuple(
      fc.nat(valid.length - 1),
      fc.array(change, { maxLength: 2 }),
      fc.array(change, { minLength: 1, maxLength: 2 }),
      around,
    )
    .map(([n, outer, inner, wrap]) => {
      const { data, ...envelope } = JSON.parse(valid[n]) as { data: Readonly<Record<string, unknown>> };
      const members: readonly Member[] = [...membersOf(envelope), ['data', textOf(applied(membersOf(data), inner))]];
      return wrap(textOf(applied(members, outer)));
    });
  return { valid, changed: fc.sample(changedText, { seed, numRuns: size }) };
};

/** One of the pool, with an id of its own, or with some of its bytes changed. */
export const varied = (pool: Pool, random: Random, validShare: number): Buffer => {
  const isValid = random() < validShare;
  const text = pick(random, isValid ? pool.valid : pool.changed);
  const named = random() < 0.5 ? text.replace(/"id":"[^"]*"/, `"id":"f${below(random, 1e9)}"`) : text;
  const bytes = Buffer.from(named);
  return isValid || random() < 0.8 ? bytes : withChangedBytes(bytes, random);
};

/** Some bytes set, taken out or repeated. */
export const withChangedBytes = (bytes: Buffer, random: Random): Buffer => {
  let changed = Buffer.from(bytes);
  for (let n = 1 + below(random, 3); n > 0 && changed.length > 0; n -= 1) {
    const place = below(random, changed.length);
    const way = random();
    if (way < 0.5) changed[place] = below(random, 256);
    else if (way < 0.75) changed = Buffer.concat([changed.subarray(0, place), changed.subarray(place + 1)]);
    else changed = Buffer.concat([changed.subarray(0, place), changed.subarray(Math.max(0, place - 9))]);
  }
  return changed;
};

/** Of one number of a seeded run, whatever was drawn for the others. */
export const randomSeed = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) + Math.imul(n + 1, 0x85ebca6b)) >>> 0;
