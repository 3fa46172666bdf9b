import { windowCode, windowIndex, unitOf, type Rollup, type Unit } from '#domain';
import type { HistoryReader, RollupReader, StoredRollup } from '#store';
import { TableView } from './table-view.js';

const HANOI = '01';
const reporting = { expected: 126, reported: 120, current: 120 };
const stored = (rollup: Partial<Rollup> & { indicator: string }): StoredRollup => ({
  percent: null,
  breakdown: {},
  reporting,
  updatedAt: '2026-04-20T00:00:00.000Z',
  ...rollup,
});

/** The windows that stand ready, by unit and window; what is asked for is noted. */
const readerOf = (ready: Readonly<Record<string, readonly StoredRollup[]>>, asked: string[]) =>
  ({
    windows: (units: readonly string[], windows: readonly string[]) => {
      asked.push(`${units.length} × ${windows.join(',')}`);
      const found = units.flatMap((unit) =>
        windows.flatMap((window) => {
          const items = ready[`${unit}|${window}`];
          return items === undefined ? [] : [{ unit, window, version: 1, items, updatedAt: '' }];
        }),
      );
      return Promise.resolve(found);
    },
  }) as unknown as RollupReader;
const noHistory = {} as HistoryReader;

const NOW = Date.UTC(2026, 5, 1);
const country = unitOf('VN') as Unit;
const windowOf = (code: string) => windowIndex(code) as number;

interface Row {
  readonly unit: string;
  readonly items: readonly Record<string, unknown>[];
}
const rowsOf = async (
  ready: Readonly<Record<string, readonly StoredRollup[]>>,
  window: string,
  { asked = [], group }: { asked?: string[]; group?: 'target' | 'activity' } = {},
) => (await new TableView(readerOf(ready, asked), noHistory).rows(country, windowOf(window), group, NOW)) as Row[];

describe('the table of the provinces', () => {
  const c = stored({ indicator: 'c', numerator: 60, denominator: 100, percent: 60 });
  const h = stored({ indicator: 'h', value: 12 });

  it('has a row for each, with the gap to its target and what it was in the window before', async () => {
    const earlier = stored({ indicator: 'c', numerator: 50, denominator: 100, percent: 50 });
    const rows = await rowsOf({ [`${HANOI}|2026-Q1`]: [c], [`${HANOI}|2025-Q4`]: [earlier] }, '2026-Q1');
    expect(rows).toHaveLength(34);
    const [hanoi, other] = rows;
    expect(hanoi).toMatchObject({ unit: HANOI, name: 'Thành phố Hà Nội', hasPlan: true });
    const [item] = hanoi.items;
    const { percent } = item.target as { percent: number };
    expect(item).toMatchObject({ indicator: 'c', percent: 60, attained: true, gap: 60 - percent, reporting });
    expect(item.before).toEqual({ numerator: 50, denominator: 100, value: undefined, percent: 50 });
    expect(other.items).toEqual([]);
  });

  it('reads each window once for all of them, and the year before where a plan asks for growth of what is there', async () => {
    const asked: string[] = [];
    await rowsOf({ [`${HANOI}|2026-Q1`]: [c] }, '2026-Q1', { asked });
    expect(asked).toEqual(['34 × 2026-Q1', '34 × 2025-Q4']);
    const yearBefore = { [`${HANOI}|2025`]: [stored({ indicator: 'h', value: 11 })] };
    const [hanoi] = await rowsOf({ [`${HANOI}|2026-Q1`]: [h], ...yearBefore }, '2026-Q1', { asked });
    expect(asked.slice(2)).toEqual(['34 × 2026-Q1', '34 × 2025-Q4', `34 × ${windowCode(windowOf('2025'))}`]);
    expect(hanoi.items[0]).toMatchObject({ value: 12, attained: true, gap: null, before: null });
  });

  it('has no window before the first', async () => {
    const asked: string[] = [];
    const [hanoi] = await rowsOf({ [`${HANOI}|2025-01`]: [c] }, '2025-01', { asked });
    expect([asked, hanoi.items[0].before]).toEqual([['34 × 2025-01'], null]);
  });

  it('has one group of indicators where that is asked for', async () => {
    const ready = { [`${HANOI}|2026-Q1`]: [c, stored({ indicator: 'relapses', value: 3 })] };
    const codes = async (group: 'target' | 'activity') =>
      (await rowsOf(ready, '2026-Q1', { group }))[0].items.map(({ indicator }) => indicator);
    expect([await codes('target'), await codes('activity')]).toEqual([['c'], ['relapses']]);
  });
});
