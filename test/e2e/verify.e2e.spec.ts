import { GENERATION_ID, metaModel, rejectionModel, unitYearModel, windowModel } from '#store';
import { connectStore, type Connection } from '#store';
import { unitOf, type Unit } from '#domain';
import { verify } from '../../cli/verify.js';
import type { Difference } from '../../cli/verification.js';
import { seededWorkload } from '../kit/seeded-workload.js';
import type { AuditEntry } from '#contracts';
import { boundsOf, readTopic } from '#stream';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const everything = { scope: undefined, repair: false, wait: true };
const places = (differences: readonly Difference[]) =>
  new Set(differences.map(({ unit, window }) => `${unit}|${window}`));

describe('verify', () => {
  const workload = seededWorkload(2_000, 21);
  let it_: TestInstallation;
  let connection: Connection;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection');
    connection = await connectStore(it_.config);
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: [...workload.messages] });
  });
  afterAll(async () => {
    await connection.close();
    await it_.stop();
  });

  it('finds nothing wrong where nothing is', async () => {
    const verified = await verify(it_.env, everything);
    expect(verified.differences).toEqual([]);
    expect(verified).toMatchObject({ events: workload.messages.length, refused: workload.refused, behind: [] });
    expect(verified.compared).toBeGreaterThan(7_000);
  });

  const window = () => windowModel(connection, 1);
  const year = () => unitYearModel(connection, 1);
  const aYear = async (unit: Unit) =>
    (await year()
      .findOne({ province: unit.code, unit: { $ne: unit.code } })
      .lean())!;
  const hanoi = unitOf('01') as Unit;

  /** Each does its damage and says where it is to be found. */
  const damages: [string, () => Promise<string>][] = [
    [
      'an altered window',
      async () => {
        const { items } = (await window().findById('VN|2026').lean())!;
        const altered = items.replace(/\[(\d+),/, (_, n: string) => `[${Number(n) + 1},`);
        await window().updateOne({ _id: 'VN|2026' }, { $set: { items: altered } });
        return 'VN|2026';
      },
    ],
    [
      'a deleted window',
      () =>
        window()
          .deleteOne({ _id: '01|2026-Q1' })
          .then(() => '01|2026-Q1'),
    ],
    [
      'an unreadable window',
      () =>
        window()
          .updateOne({ _id: '15|2026' }, { items: '[[' })
          .then(() => '15|2026'),
    ],
    [
      'a version that no record has',
      () =>
        window()
          .updateOne({ _id: '04|2026' }, { version: 2 ** 50 })
          .then(() => '04|2026'),
    ],
    [
      "a unit's year of another time",
      async () => {
        const { _id, unit, months, version } = await aYear(hanoi);
        const [month] = Object.keys(months);
        await year().updateOne({ _id }, { $set: { [`months.${month}.cells`]: '{}', version: version - 1 } });
        return `${unit}|2026-${month}`;
      },
    ],
    [
      "a deleted unit's year",
      async () => {
        const { _id, months } = await aYear(unitOf('79') as Unit);
        await year().deleteOne({ _id });
        return `${_id}-${Object.keys(months)[0]}`;
      },
    ],
    [
      'a deleted refusal',
      async () => {
        const { _id, unit } = (await rejectionModel(connection).findOneAndDelete({}).lean())!;
        return `${unit ?? '-'}|${_id}`;
      },
    ],
  ];

  const audited = async (): Promise<AuditEntry[]> => {
    const entries: AuditEntry[] = [];
    const topic = it_.topics.auditEntries;
    await readTopic(it_.kafka, topic, await boundsOf(it_.kafka, topic), (_, { value }) =>
      entries.push(JSON.parse(String(value)) as AuditEntry),
    );
    return entries.filter(({ what }) => what === 'figures.repaired');
  };

  it('names every damage to the documents, and mends it from the newest records', async () => {
    const done: string[] = [];
    for (const [, damage] of damages) done.push(await damage());
    const { differences } = await verify(it_.env, everything);
    const found = places(differences);
    for (const place of done) expect(found).toContain(place);
    const inHanoi = await verify(it_.env, { ...everything, scope: { unit: hanoi, withUnits: true } });
    for (const { unit } of inHanoi.differences) expect(unit).toMatch(/^01$|^[0-9]{5}$/);
    expect(places(inHanoi.differences)).toContain('01|2026-Q1');
    expect(places(inHanoi.differences)).not.toContain('VN|2026');
    const before = await audited();
    expect((await verify(it_.env, { ...everything, repair: true })).differences).toEqual([]);
    expect((await audited()).slice(before.length)).toMatchObject([
      { what: 'figures.repaired', unit: null, outcome: 'begun', facts: { differences: String(differences.length) } },
    ]);
  });

  it('says that the accounts do not add up, and mends them', async () => {
    const accounts = connection.collection('accounts_g1');
    const document = (await accounts.findOne({}))!;
    const [partition] = Object.keys(document.accounts as object);
    await accounts.updateOne({ _id: document._id }, { $inc: { [`accounts.${partition}.won`]: 1 } });
    expect([...places((await verify(it_.env, everything)).differences)]).toEqual([`accounts|partition ${partition}`]);
    expect((await verify(it_.env, { ...everything, repair: true })).differences).toEqual([]);
  });

  it('compares what readers see, whatever generation that is', async () => {
    await metaModel(connection).updateOne({ _id: GENERATION_ID }, { current: 7 });
    const { differences, generation } = await verify(it_.env, {
      ...everything,
      scope: { unit: hanoi, withUnits: false },
    });
    expect([generation, differences.length > 0]).toEqual([7, true]);
    await metaModel(connection).updateOne({ _id: GENERATION_ID }, { current: 1 });
  });
});
