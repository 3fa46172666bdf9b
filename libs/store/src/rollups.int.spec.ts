import { randomBytes } from 'node:crypto';
import type { Rollup } from '#domain';
import { rollupsText, rollupText, unitOf, windowIndex, type Unit } from '#domain';
import { needed, testDatabase } from '../../../test/kit/installation.js';
import { connectStore, type Connection } from './connect.js';
import { RollupReader } from './rollup-reader.js';
import { RollupWriter } from './rollup-writer.js';
import { rejectionModel, windowModel } from './schemas.js';

const rollup = (numerator: number | bigint): Rollup => ({
  indicator: 'c',
  numerator,
  denominator: 100,
  percent: 1,
  breakdown: {},
  reporting: { expected: 126, reported: 1, current: 1 },
});
const updatedAt = new Date('2026-11-22T00:00:00Z');
const window = (version: number, numerator: number | bigint) => ({
  unit: '01',
  window: '2026-03',
  version,
  items: rollupsText([rollupText(rollup(numerator))]),
  updatedAt,
});

describe('rollups in MongoDB', () => {
  let connection: Connection;
  const writer = () => new RollupWriter(connection, 1);
  const reader = () => new RollupReader(connection, Date.now);
  const numerator = async () => (await reader().windows(['01'], ['2026-03']))[0].items[0].numerator;

  beforeAll(async () => {
    connection = await connectStore({
      MONGODB_URI: testDatabase(needed('MONGODB_URI'), `s${randomBytes(4).toString('hex')}`),
    });
    await writer().prepare();
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('a late writer cannot undo a newer one', async () => {
    await writer().writeWindows([window(10, 1)]);
    await writer().writeWindows([window(12, 3)]);
    expect(await writer().writeWindows([window(11, 2)])).toBe(1);
    expect(await numerator()).toBe(3);
  });

  it('of one batch only the newest state of a document is written', async () => {
    await writer().writeWindows([window(20, 5), window(19, 4)]);
    expect(await numerator()).toBe(5);
  });

  it('sums beyond 2^53 come back exact', async () => {
    await writer().writeWindows([window(30, 39_852_000_000_000_001n)]);
    expect(await numerator()).toBe(39_852_000_000_000_001n);
  });

  it("a commune's windows are made from its year", async () => {
    const month = (code: string, version: number, c: number[]) => ({
      unit: '00004',
      province: '01',
      month: code,
      version,
      cells: JSON.stringify({ c }),
      record: Buffer.from('{}'),
      updatedAt,
    });
    await writer().writeUnitMonths([month('2026-02', 1, [1, 10]), month('2026-03', 2, [2, 20])]);
    await writer().writeUnitMonths([month('2026-02', 1, [9, 90])]);
    const of = async (code: string) =>
      (await reader().rollups(unitOf('00004') as Unit, windowIndex(code) as number))[0];
    expect(await of('2026-02')).toMatchObject({ numerator: 1, reporting: { reported: 1, current: 1 } });
    expect(await of('2026-Q1')).toMatchObject({ numerator: 2, denominator: 20 });
    expect(await of('2026-H1')).toMatchObject({ reporting: { reported: 1, current: 0 } });
  });

  it('a unit has the newest refusal of each of its cells, however many others were refused since', async () => {
    const refused = (n: number, fields: object) => ({
      ...{ _id: `r-${n}`, unit: '00008', indicator: 'c', period: '2026-03', code: 'SCHEMA', pointer: '', detail: '' },
      ...{ receivedAt: new Date(n), origin: 'http', ...fields },
    });
    const own = [
      refused(1, { unit: '01', code: 'OLDER' }),
      refused(2, { unit: '01', code: 'NEWER' }),
      refused(3, { unit: '01', indicator: 'd' }),
      refused(4, { unit: '01', period: '2025-12' }),
    ];
    const others = Array.from({ length: 1_100 }, (_, n) => refused(100 + n, {}));
    await rejectionModel(connection).insertMany([...own, ...others]);
    const found = await reader().newestRejections('01', ['2026-03', '2026-04']);
    expect(found.map(({ indicator, period, code }) => [indicator, period, code]).sort()).toEqual([
      ['c', '2026-03', 'NEWER'],
      ['d', '2026-03', 'SCHEMA'],
    ]);
  });

  it('a document of a newer version is not shown, and one that says none is of the first', async () => {
    await writer().writeWindows([window(40, 7)]);
    const { collection } = windowModel(connection, 1);
    const say = (v: number) => collection.updateOne({ _id: '01|2026-03' as never }, { $set: { v } });
    await say(2);
    await expect(numerator()).rejects.toMatchObject({ code: 'NEWER_DOCUMENT', retryable: true });
    await collection.updateOne({ _id: '01|2026-03' as never }, { $unset: { v: 1 } });
    expect(await numerator()).toBe(7);
    await say(1);
  });

  it('a new generation is seen all at once, when it is complete', async () => {
    const next = new RollupWriter(connection, 2);
    await next.prepare();
    await next.writeWindows([window(1, 77)]);
    expect(await numerator()).toBe(7);
    await reader().changeOver(2);
    expect(await numerator()).toBe(77);
  });
});
