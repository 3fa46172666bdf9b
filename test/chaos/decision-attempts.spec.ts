/** What the check of decisions finds: each kind of answer against each number of decisions that may stand in the topic. */
import type { Decision } from '#domain';
import { Attempts, type Attempt, type Bounds, type Outcome } from './decision-attempts.js';

const by = { id: 'k', name: 'K' };
const at = (order: number) => ({ order, receivedAt: order, province: '01', month: 14, by, id: `d${order}` });
const lock = (order: number): Decision => ({ ...at(order), type: 'month.locked', cutOff: 0, figures: 'f' });
const reopened = (order: number, reason: string): Decision => ({ ...at(order), type: 'month.reopened', reason });

const attemptsOf = (...all: readonly (readonly [string, Outcome])[]): Attempts => {
  const attempts = new Attempts();
  const bounds: Record<Outcome, Bounds> = { made: [1, 1], 'turned down': [0, 0], unknown: [0, 1] };
  for (const [key, outcome] of all)
    attempts.note({ key, what: key, outcome, bounds: bounds[outcome], askedAt: 0, of: '01' } satisfies Attempt);
  return attempts;
};
const lockKey = new Attempts().lock({
  province: '01',
  period: '2026-03',
  by: 'k',
  cutOff: new Date(0).toISOString(),
  figures: 'f',
});
const countsOf = (attempts: Attempts, ...topic: readonly Decision[]) => [
  attempts.lacking(topic).length,
  attempts.excess(topic).length,
];

describe('attempts to decide, held against the topic', () => {
  it('lack a decision that was answered for and is not there, or came too late', () => {
    const attempts = attemptsOf([lockKey, 'made'], ['a', 'made']);
    expect(countsOf(attempts, lock(1), reopened(2, 'a'))).toEqual([0, 0]);
    expect(countsOf(attempts, lock(1))).toEqual([1, 0]);
    expect(countsOf(attempts, reopened(1, 'a'), lock(2))).toEqual([1, 0]);
  });

  it('say by which ways nothing was decided yet', () => {
    const attempts = attemptsOf(['months/01/2026-03/lock', 'made'], ['months/01/2026-03/reopen', 'unknown']);
    expect(attempts.notMade()).toEqual(['/submit', '/reopen', '/accept', '/refuse']);
  });

  it('find what was turned down and is in effect, and what nobody tried', () => {
    expect(countsOf(attemptsOf([lockKey, 'made'], ['a', 'turned down']), lock(1), reopened(2, 'a'))).toEqual([0, 1]);
    expect(countsOf(attemptsOf([lockKey, 'made']), lock(1), reopened(2, 'b'))).toEqual([0, 1]);
  });

  it('let what is not known be or not be, but once', () => {
    const attempts = attemptsOf([lockKey, 'unknown'], ['a', 'made'], ['b', 'unknown']);
    expect(countsOf(attempts, lock(1), reopened(2, 'a'))).toEqual([0, 0]);
    const relocked = [lock(1), reopened(2, 'a'), lock(3)];
    expect(countsOf(attempts, ...relocked)).toEqual([0, 1]);
    expect(countsOf(attempts, ...relocked.slice(0, 2), { ...lock(3), id: 'd1' })).toEqual([0, 0]);
    const tried = attemptsOf([lockKey, 'unknown'], [lockKey, 'made'], ['a', 'made']);
    expect(countsOf(tried, ...relocked)).toEqual([0, 0]);
  });
});
