import { RateCounts, WINDOW_MS } from './rate-counts.js';

const START = 1_000_000;

describe('what is used of a limit', () => {
  it('is used up when as much has been charged as is allowed, and no sooner', () => {
    const counts = new RateCounts();
    counts.charge('a', 9);
    expect(counts.usedUpUntil('a', 10, START)).toBeUndefined();
    counts.charge('a', 1);
    expect(counts.usedUpUntil('a', 10, START)).toBe(START + WINDOW_MS);
    expect(counts.usedUpUntil('b', 10, START)).toBeUndefined();
  });

  it('tells the counter each point once', () => {
    const counts = new RateCounts();
    counts.charge('a', 3);
    expect(counts.take(START)).toEqual([{ id: 'a', points: 3 }]);
    counts.charge('a', 2);
    counts.answered([{ id: 'a', used: 3, forMs: 10_000 }], START);
    expect(counts.take(START)).toEqual([{ id: 'a', points: 2 }]);
    expect(counts.take(START)).toEqual([]);
  });

  it('counts what others have used, what is on its way to the counter, and what is not', () => {
    const counts = new RateCounts();
    counts.charge('a', 1);
    counts.take(START);
    counts.answered([{ id: 'a', used: 7, forMs: 4_000 }], START);
    counts.charge('a', 1);
    counts.take(START);
    counts.charge('a', 1);
    expect(counts.usedUpUntil('a', 10, START)).toBeUndefined();
    expect(counts.usedUpUntil('a', 9, START)).toBe(START + 4_000);
  });

  it('lets in again when the window is over', () => {
    const counts = new RateCounts();
    counts.charge('a', 10);
    counts.take(START);
    counts.answered([{ id: 'a', used: 10, forMs: 4_000 }], START);
    expect(counts.usedUpUntil('a', 10, START + 3_999)).toBe(START + 4_000);
    expect(counts.usedUpUntil('a', 10, START + 4_000)).toBeUndefined();
  });

  it('forgets whose window is over, and holds no more than it may', () => {
    const counts = new RateCounts(2);
    for (const id of ['a', 'b', 'c']) counts.charge(id, 1);
    expect(counts.size).toBe(2);
    counts.answered(
      counts.take(START).map(({ id }) => ({ id, used: 1, forMs: WINDOW_MS })),
      START,
    );
    counts.take(START + WINDOW_MS - 1);
    expect(counts.size).toBe(2);
    counts.take(START + WINDOW_MS);
    expect(counts.size).toBe(0);
  });
});
