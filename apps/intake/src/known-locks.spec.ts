import { aReport } from '../../../test/kit/builders.js';
import { KnownLocks } from './known-locks.js';

const record = (offset: number, fields: object) => ({
  offset: String(offset),
  timestamp: '1773480601250',
  value: Buffer.from(
    JSON.stringify({ v: 1, province: '01', period: '2026-03', by: { id: 'a', name: 'A' }, reason: '', ...fields }),
  ),
});
const lock = record(0, { type: 'month.locked', cutOff: '2026-03-14T09:30:00.000Z' });

describe('the locks that the intake knows', () => {
  it('hold the province and its communes in the month, until it is reopened', () => {
    const locks = new KnownLocks();
    const holds = () =>
      [aReport(), aReport({ unit: '01' }), aReport({ unit: '01273' })].map((each) => locks.holds(each));
    expect(holds()).toEqual([false, false, false]);
    locks.take(lock);
    locks.take(lock);
    expect(holds()).toEqual([true, true, false]);
    expect(locks.holds(aReport({ month: '2026-04' }))).toBe(false);
    locks.take(record(1, { type: 'month.reopened' }));
    expect(holds()).toEqual([false, false, false]);
  });

  it('pass over what is no decision', () => {
    const locks = new KnownLocks();
    for (const value of [null, Buffer.from('nonsense'), Buffer.from('{"v":2}'), Buffer.from('null')])
      locks.take({ ...lock, value });
    expect(locks.holds(aReport())).toBe(false);
  });
});
