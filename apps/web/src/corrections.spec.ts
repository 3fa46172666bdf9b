/** Held corrections by unit and month, and what a signer is shown to have changed. */
import type { HeldCorrection, Rollup } from './api';
import { changedFigures, grouped } from './corrections';

const held = (unit: string, period: string, receivedAt: string): HeldCorrection => ({
  id: `${unit}.c.${period}.${receivedAt}`,
  unit,
  indicator: 'c',
  period,
  after: null,
  receivedAt,
  event: null,
});

describe('held corrections', () => {
  it('are decided together by unit and month, up to the newest that was seen', () => {
    const groups = grouped([
      held('00004', '2026-03', '2026-04-20T01:00:00.000Z'),
      held('00008', '2026-03', '2026-04-20T02:00:00.000Z'),
      held('00004', '2026-03', '2026-04-20T03:00:00.000Z'),
      held('00004', '2026-02', '2026-04-20T04:00:00.000Z'),
    ]);
    expect(groups.map(({ unit, period, items, upTo }) => [unit, period, items.length, upTo])).toEqual([
      ['00004', '2026-03', 2, '2026-04-20T03:00:00.000Z'],
      ['00008', '2026-03', 1, '2026-04-20T02:00:00.000Z'],
      ['00004', '2026-02', 1, '2026-04-20T04:00:00.000Z'],
    ]);
  });
});

describe('what has changed', () => {
  const rollup = (indicator: string, value: number) => ({ indicator, value }) as Rollup;

  it('is what is another, new or gone; not what stayed', () => {
    const changed = changedFigures(
      [rollup('stayed', 1), rollup('moved', 1), rollup('gone', 1)],
      [rollup('stayed', 1), rollup('moved', 2), rollup('new', 0)],
    );
    expect(changed.map(({ indicator, before, after }) => [indicator, before?.value, after?.value])).toEqual([
      ['moved', 1, 2],
      ['new', undefined, 0],
      ['gone', 1, undefined],
    ]);
  });
});
