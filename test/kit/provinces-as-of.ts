/** Every window of every province as of an instant, as the store makes it, held against a recomputation of what was known then. */
import { provinces, rollupsFrom, toExactJson, windowIndex, type Rollup } from '#domain';
import { connectStore, HistoryReader, RollupReader } from '#store';

/**
 * The differences in words.
 *
 * @param year of which the provinces' windows are compared, such as 2026
 * @param at milliseconds since the epoch, of a cut-off that is closed
 * @param expected by `unit|window|indicator`
 */
export const provinceFaultsAsOf = async (
  mongodb: string,
  year: string,
  at: number,
  expected: ReadonlyMap<string, Rollup>,
): Promise<string[]> => {
  const connection = await connectStore({ MONGODB_URI: mongodb });
  try {
    const history = new HistoryReader(connection, new RollupReader(connection, Date.now));
    const faults: string[] = [];
    for (const province of provinces) {
      const windows = await history.provinceAsOf(province, windowIndex(year) as number, at);
      const found = windows.flatMap(({ window, items }) =>
        rollupsFrom(province, items).map((rollup) => ({ window, ...rollup })),
      );
      const wanted = [...expected]
        .filter(([key]) => key.startsWith(`${province.code}|${year}`))
        .map(([key, rollup]) => ({ window: key.split('|')[1], ...rollup }));
      faults.push(...differing(`${province.code} as of ${at}`, found, wanted));
    }
    return faults;
  } finally {
    await connection.close();
  }
};

/** What is lacking among what was found, and what is there and should not be. */
export const differing = (what: string, found: readonly object[], wanted: readonly object[]): string[] => {
  const texts = (items: readonly object[]) => new Set(items.map((item) => toExactJson(item)));
  const [a, b] = [texts(found), texts(wanted)];
  return [
    ...[...b].filter((text) => !a.has(text)).map((text) => `${what}: lacks ${text}`),
    ...[...a].filter((text) => !b.has(text)).map((text) => `${what}: is not to say ${text}`),
  ];
};
