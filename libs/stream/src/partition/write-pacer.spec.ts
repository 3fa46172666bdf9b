import fc from 'fast-check';
import { WritePacer, type WritePolicy } from './write-pacer.js';

const policy: WritePolicy = {
  paceMs: 60,
  behindEvents: 500,
  behindMs: 5_000,
  maxPending: 20_000,
  settlePending: 300,
  settleMs: 100,
};
const T = 1_000_000;

/** A pacer after so many events were found waiting, each time at so many milliseconds from T. */
const after = (...found: readonly (readonly [ms: number, events: number])[]): WritePacer => {
  const pacer = new WritePacer(policy);
  for (const [ms, events] of found) pacer.waiting(events, T + ms);
  return pacer;
};
const idle = () => after([0, 0]);

describe('with little to read, a write', () => {
  it('begins at once where none was before', () => {
    expect(idle().msLeft(1, T)).toBeLessThanOrEqual(0);
  });

  it.each([
    ['short', 10, 60],
    ['half the pace', 30, 60],
    ['long', 200, 400],
  ])('after a %s one begins at the pace, or after twice what that took', (_what, tookMs, waitMs) => {
    const pacer = idle();
    pacer.wrote(T, T + tookMs);
    expect(pacer.msLeft(1, T)).toBe(waitMs);
    expect(pacer.msLeft(1, T + waitMs)).toBe(0);
  });

  it('is not hurried by what changes meanwhile', () => {
    const pacer = idle();
    pacer.wrote(T, T + 10);
    expect([1, 200, 300].map((pending) => pacer.msLeft(pending, T + 20))).toEqual([40, 40, 40]);
  });
});

describe('while far behind, a write', () => {
  it.each([
    [500, false],
    [501, true],
  ])('with %i events waiting: behind is %s', (events, isBehind) => {
    expect(after([0, events]).isBehind).toBe(isBehind);
  });

  it('begins an interval after the first change that it carries, whenever it is asked for', () => {
    const pacer = after([0, 100_000]);
    expect([0, 1_000, 4_999, 5_000].map((ms) => pacer.msLeft(1, T + ms))).toEqual([5_000, 4_000, 1, 0]);
  });

  it('begins anew with the first change after the one before', () => {
    const pacer = after([0, 100_000]);
    pacer.msLeft(1, T);
    pacer.emptied();
    expect(pacer.msLeft(1, T + 7_000)).toBe(5_000);
  });

  it('waits for the end of the backlog, three intervals at most, where that is nearer than one', () => {
    // 90,000 in 10 s, so 10,000 in 1.1 s.
    const pacer = after([0, 100_000], [10_000, 10_000]);
    pacer.msLeft(1, T + 10_000);
    expect(pacer.msLeft(1, T + 15_000)).toBe(10_000);
    expect(pacer.msLeft(1, T + 25_000)).toBe(0);
  });

  it('does not wait for an end that is further away, or that no pace leads to', () => {
    expect(after([0, 100_000], [10_000, 50_000]).msLeft(1, T + 10_000)).toBe(5_000);
    expect(after([0, 100_000], [10_000, 100_000]).msLeft(1, T + 10_000)).toBe(5_000);
  });

  it('takes a backlog that grows to begin there', () => {
    // 100,000 in the second since.
    const pacer = after([0, 100_000], [60_000, 200_000], [61_000, 100_000]);
    expect(pacer.msLeft(1, T + 61_000)).toBe(15_000);
  });

  it('takes a backlog after a pause to begin there, smaller than the last or not', () => {
    const pacer = after([0, 100_000], [10_000, 0], [60_000, 1_000], [61_000, 999]);
    expect(pacer.msLeft(1, T + 61_000)).toBe(5_000);
  });
});

describe('just after a catching-up, a write of much', () => {
  const settling = () => after([0, 100_000], [10_000, 0]);

  it('waits for stragglers, a little each time and three times that in all', () => {
    const pacer = settling();
    const asked = [0, 50, 150, 220, 260, 300].map((ms) => pacer.msLeft(301, T + 10_000 + ms));
    expect(asked).toEqual([100, 100, 100, 80, 40, 0]);
  });

  it('is not put off where little has changed', () => {
    expect(settling().msLeft(300, T + 10_000)).toBeLessThanOrEqual(0);
  });

  it('waits anew after the next backlog', () => {
    const pacer = settling();
    pacer.msLeft(301, T + 10_000);
    pacer.waiting(100_000, T + 10_200);
    pacer.msLeft(301, T + 10_200);
    pacer.waiting(0, T + 11_000);
    expect(pacer.msLeft(301, T + 11_000)).toBe(100);
  });

  it('waits anew for what changed after the one before', () => {
    const pacer = settling();
    pacer.msLeft(301, T + 10_000);
    pacer.emptied();
    expect(pacer.msLeft(301, T + 10_290)).toBe(100);
  });
});

describe('any write', () => {
  it.each([0, 100_000])('of as much as may be held begins at once, with %i events waiting', (events) => {
    const pacer = after([0, events]);
    pacer.wrote(T, T + 10_000);
    expect([pacer.isFull(19_999), pacer.isFull(20_000)]).toEqual([false, true]);
    expect(pacer.msLeft(20_000, T)).toBe(0);
  });

  it('comes within three intervals, or twice what the last one took, whatever is found waiting', () => {
    const found = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.nat(200_000), fc.nat(19_999)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(found, fc.nat(20_000), (steps, tookMs) => {
        const pacer = new WritePacer(policy);
        pacer.wrote(T - tookMs, T);
        const longest = Math.max(3 * policy.behindMs, 2 * tookMs) + 3 * policy.settleMs;
        let now = T;
        for (const [ms, events, pending] of steps) {
          now += ms;
          pacer.waiting(events, now);
          const left = pacer.msLeft(pending, now);
          expect(now + left).toBeLessThanOrEqual(T + steps[0][0] + longest + 3_000);
          if (left <= 0) return;
        }
      }),
    );
  });
});
