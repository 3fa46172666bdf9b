import type { Principal } from '../principal.js';
import { memoryCounter, type RateCounter } from './rate-counter.js';
import { networkOf, RateLimits, type LimitReason } from './rate-limits.js';

const aKey = (id: string, more: Partial<Principal> = {}): Principal => ({
  id,
  name: '',
  kind: 'key',
  roles: ['reporter'],
  unit: '00004',
  ...more,
});

describe('the rate limits of a service', () => {
  let now = 1_000_000;
  let reasons: LimitReason[] = [];
  let limits: RateLimits;
  const limited = (least: number, signIns = 0, counter: RateCounter = memoryCounter()) => {
    limits = new RateLimits(
      { caller: { least, each: 0 }, signIns, failures: signIns },
      counter,
      (reason) => reasons.push(reason),
      () => now,
    );
    return limits;
  };
  beforeEach(() => {
    now = 1_000_000;
    reasons = [];
  });
  afterEach(() => limits.close());

  const asked = (principal: Principal, times: number): number =>
    Array.from({ length: times }, () => limits.refusal(principal)).filter((refusal) => refusal === undefined).length;

  it('lets a key in as often as it may, says when to come again, and lets another one in meanwhile', () => {
    limited(5);
    expect(asked(aKey('a'), 8)).toBe(5);
    expect(limits.refusal(aKey('a'))).toMatchObject({ code: 'TOO_MANY_REQUESTS', context: { retryAfterSeconds: 10 } });
    expect(asked(aKey('b'), 1)).toBe(1);
    expect(reasons).toEqual(['key', 'key', 'key', 'key']);
  });

  it('lets all keys of a unit together in twice as often', () => {
    limited(5);
    expect([asked(aKey('a'), 9), asked(aKey('b'), 9), asked(aKey('c'), 9)]).toEqual([5, 5, 0]);
    expect(asked(aKey('d', { unit: '00008' }), 1)).toBe(1);
    expect(reasons.at(-1)).toBe('unit');
  });

  it('never refuses a batch in its middle: what it costs beyond is charged', () => {
    limited(5);
    expect(asked(aKey('a'), 1)).toBe(1);
    limits.charge(aKey('a'), 99);
    expect(asked(aKey('a'), 1)).toBe(0);
  });

  it('limits addresses where anybody may ask, a network of version 6 as one', () => {
    limited(5, 2);
    const at = (address: string) => limits.refusalAt(address) === undefined;
    expect([at('10.0.0.1'), at('10.0.0.1'), at('10.0.0.1'), at('10.0.0.2')]).toEqual([true, true, false, true]);
    expect([at('2001:db8::1'), at('2001:db8:0:0:1::2'), at('2001:db8::3')]).toEqual([true, true, false]);
  });

  it('limits what is no credential by the address, and nobody who is known there', () => {
    limited(5, 2);
    const at = (address: string) => limits.refusalOfFailure(address) === undefined;
    expect([at('10.0.0.1'), at('10.0.0.1'), at('10.0.0.1'), at('10.0.0.2')]).toEqual([true, true, false, true]);
    expect([limits.refusalAt('10.0.0.1'), asked(aKey('a'), 5)]).toEqual([undefined, 5]);
    limited(0);
    expect(at('10.0.0.1')).toBe(true);
  });

  it('lets everybody in where a limit is 0, and always whoever scrapes', () => {
    limited(0);
    expect(asked(aKey('a'), 500)).toBe(500);
    expect(limits.refusalAt('10.0.0.1')).toBeUndefined();
    limited(1);
    expect(asked(aKey('m', { kind: 'configuration' }), 50)).toBe(50);
  });

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['::1', '0:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
  ])('takes %s for %s', (address, network) => expect(networkOf(address)).toBe(network));
});
