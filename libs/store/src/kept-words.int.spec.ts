import { randomBytes } from 'node:crypto';
import { encodeCommuneRollup } from '#contracts';
import type { Report } from '#domain';
import { aReport } from '../../../test/kit/builders.js';
import { needed, testDatabase } from '../../../test/kit/installation.js';
import { connectStore, type Connection } from './connect.js';
import { KeptWords } from './kept-words.js';
import { RollupWriter } from './rollup-writer.js';

const GENERATION = 1;
const YEAR = '00004|2026';
const MONTHS = ['2026-02', '2026-03'];

describe('words that are kept', () => {
  let connection: Connection;
  let version = 0;
  let now = 0;
  const words = (most?: number) => new KeptWords(connection, () => now, most);
  /** One report of a month, by its id. */
  const write = (month: string, id: string, unit = '00004', as = (version += 1)) => {
    const reports: Report[] = [aReport({ id })];
    const held = { unit, month, reports, earlier: [], later: [] };
    const record = Buffer.from(encodeCommuneRollup({ g: GENERATION, more: false }, held));
    const updatedAt = new Date(0);
    return new RollupWriter(connection, GENERATION).writeUnitMonths([
      { unit, province: '01', month, version: as, cells: '{}', record, updatedAt },
    ]);
  };
  const ids = async (kept: KeptWords, months: readonly string[], years = [YEAR]) => {
    const found = await kept.read(GENERATION, years, months);
    return Array.from(found, ([year, byMonth]) => [year, ...months.map((month) => byMonth.get(month)?.[0].id)]);
  };

  beforeAll(async () => {
    connection = await connectStore({
      MONGODB_URI: testDatabase(needed('MONGODB_URI'), `w${randomBytes(4).toString('hex')}`),
    });
    await new RollupWriter(connection, GENERATION).prepare();
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(async () => {
    now = 0;
    await write('2026-02', 'february');
  });

  it('are those of the newest version, for every month that is asked for', async () => {
    const kept = words();
    expect(await ids(kept, ['2026-02'])).toEqual([[YEAR, 'february']]);
    expect(await ids(kept, MONTHS)).toEqual([[YEAR, 'february', undefined]]);
    await write('2026-03', 'march');
    expect(await ids(kept, ['2026-02'])).toEqual([[YEAR, 'february']]);
    expect(await ids(kept, MONTHS)).toEqual([[YEAR, 'february', 'march']]);
    await write('2026-02', 'corrected');
    expect(await ids(kept, ['2026-03'])).toEqual([[YEAR, 'march']]);
    expect(await ids(kept, MONTHS)).toEqual([[YEAR, 'corrected', 'march']]);
  });

  it('are the same objects while nothing is written, and others after five seconds', async () => {
    const kept = words();
    const read = async () => (await kept.read(GENERATION, [YEAR], MONTHS)).get(YEAR)?.get('2026-02');
    const first = await read();
    now = 4_999;
    expect(await read()).toBe(first);
    now = 5_000;
    const later = await read();
    expect(later).not.toBe(first);
    expect(later).toEqual(first);
  });

  it('are so many at most: those of the unit that was not asked for the longest go first', async () => {
    const kept = words(2);
    const other = '00008|2026';
    await write('2026-02', 'other', '00008');
    const read = async (id: string) => (await kept.read(GENERATION, [id], ['2026-02'])).get(id)?.get('2026-02');
    const [first, second] = [await read(YEAR), await read(other)];
    expect(await read(YEAR)).toBe(first);
    await write('2026-02', 'third', '00025');
    await read('00025|2026');
    expect(await read(YEAR)).toBe(first);
    expect(await read(other)).not.toBe(second);
  });

  it('of a unit that has no year, or that another generation has, there are none', async () => {
    const kept = words();
    await ids(kept, MONTHS);
    expect(await ids(kept, MONTHS, ['00008|2030'])).toEqual([]);
    expect(await kept.read(GENERATION + 1, [YEAR], MONTHS)).toEqual(new Map());
  });
});
