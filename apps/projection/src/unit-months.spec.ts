import type { KafkaMessage } from '#kafka';
import { communeRollupKey, encodeCommuneRollup } from '#contracts';
import type { MonthCells } from '#domain';
import { aReport } from '../../../test/kit/builders.js';
import { WaitingMonths, type Change } from './unit-months.js';

const record = (offset: number, month: string, numerator: number, more = true): KafkaMessage =>
  ({
    offset: String(offset),
    key: Buffer.from(communeRollupKey('00004', month)),
    value: Buffer.from(
      encodeCommuneRollup(
        { g: 1, more },
        { unit: '00004', month, reports: [aReport({ month, figure: [numerator, 30] })], earlier: [], later: [] },
      ),
    ),
    timestamp: '0',
  }) as unknown as KafkaMessage;

const months = (changes: readonly Change[]) =>
  changes.map((change) => ('month' in change ? [change.month, (JSON.parse(change.cells) as MonthCells).c] : []));

describe('months that wait to be written', () => {
  it('are the newest of each', () => {
    const waiting = new WaitingMonths(1);
    waiting.apply([record(5, '2026-03', 1), record(6, '2026-03', 2)]);
    expect(months(waiting.take())).toEqual([['2026-03', [2, 30]]]);
  });

  it('are dropped when reading goes back, so that no older month leaves beside a newer one of its year', () => {
    const waiting = new WaitingMonths(1);
    waiting.apply([record(5, '2026-03', 1), record(6, '2026-03', 2), record(7, '2026-04', 3)]);
    waiting.apply([record(5, '2026-03', 1)]);
    expect(months(waiting.take())).toEqual([['2026-03', [1, 30]]]);
  });

  it('may wait while more of the same is on its way', () => {
    const waiting = new WaitingMonths(1);
    expect(waiting.apply([record(5, '2026-03', 1)])).toBeGreaterThan(0);
    expect(waiting.apply([record(6, '2026-03', 1, false)])).toBe(0);
  });

  it('pass over what is no record', () => {
    const waiting = new WaitingMonths(1);
    const broken = { ...record(5, '2026-03', 1), value: Buffer.from('{') };
    expect(waiting.apply([broken])).toBe(0);
    expect(waiting.take()).toEqual([]);
  });
});
