import { plans, provinces, unitOf, type Rollup, type Unit } from '#domain';
import { versionOf } from '#store';
import { YearsBefore, type YearSource } from './years-before.js';

const { unit: code } = plans.find(({ targets }) =>
  Object.values(targets).some(({ trend }) => trend !== undefined),
) as Plan;
const growing = unitOf(code) as Unit;
const { code: other } = provinces.find((each) => plans.every(({ unit }) => unit !== each.code)) as Unit;
const saying = (value: number) => [{ indicator: 'c', value } as unknown as Rollup];
type Plan = (typeof plans)[number];
type Stored = Awaited<ReturnType<YearSource['windows']>>;

/** A store whose contents a test changes, and how often it was asked. */
const aStore = (...windows: { unit: string; window: string; g?: number; offset: number; value: number }[]) => {
  const store = { asked: [] as string[][], windows };
  const source: YearSource = {
    windows: (units, years) => {
      store.asked.push([...units, ...years]);
      const stored = store.windows.map(({ unit, window, g = 1, offset, value }) => ({
        ...{ unit, window, version: versionOf(g, String(offset)), items: saying(value) },
      }));
      return Promise.resolve(stored as unknown as Stored);
    },
  };
  return { store, years: new YearsBefore(source) };
};
const valueOf = (years: YearsBefore, year = 2026) => years.of(growing, year).map(({ value }) => value);

describe('the year before', () => {
  const stored = { unit: code, window: '2025', offset: 10, value: 7 };

  it('is read once, of the provinces whose plan asks for growth, and not at a change', async () => {
    const { store, years } = aStore(stored);
    await years.load(1);
    expect([valueOf(years), valueOf(years, 2027), valueOf(years)]).toEqual([[7], [], [7]]);
    expect(store.asked).toHaveLength(1);
    expect(store.asked[0]).toEqual(expect.arrayContaining([code, '2025', '2030']));
    expect(store.asked[0]).not.toContain(other);
  });

  it('is kept current by the topic, and an older record or document does not take it back', async () => {
    const { years } = aStore(stored);
    await years.load(1);
    years.take(code, '2025', { g: 1, offset: 11 }, saying(8));
    expect(valueOf(years)).toEqual([8]);
    await years.load(1);
    expect(valueOf(years)).toEqual([8]);
    years.take(code, '2025', { g: 1, offset: 9 }, saying(6));
    expect(valueOf(years)).toEqual([8]);
  });

  it('holds whole years only, of those provinces only', () => {
    const { years } = aStore();
    expect([years.isWanted(code, '2025'), years.isWanted(code, '2025-Q1'), years.isWanted(other, '2025')]).toEqual([
      true,
      false,
      false,
    ]);
    years.take(other, '2025', { g: 1, offset: 1 }, saying(1));
    expect(years.of(unitOf(other) as Unit, 2026)).toEqual([]);
  });

  it('is of the generation that was read last, however low its offsets, and nothing of the one before stays', async () => {
    const another = { unit: code, window: '2026', offset: 500, value: 9 };
    const { store, years } = aStore(stored, another);
    await years.load(1);
    store.windows = [{ ...stored, g: 2, offset: 0, value: 3 }];
    await years.load(2);
    expect([valueOf(years), valueOf(years, 2027)]).toEqual([[3], []]);
    for (const window of ['2025', '2026']) years.take(code, window, { g: 1, offset: 900 }, saying(1));
    expect([valueOf(years), valueOf(years, 2027)]).toEqual([[3], []]);
  });
});
