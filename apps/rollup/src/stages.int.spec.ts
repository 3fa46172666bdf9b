import {
  ACCOUNTS_KEY,
  decodeCommuneReports,
  decodeCommuneRollup,
  decodeNote,
  decodeRejected,
  decodeWindowRollups,
  encodeCommuneReports,
  encodeWindowRollups,
  windowRollupsKey,
  type AccountsNote,
  type RejectedEvent,
  RECORD_VERSION,
} from '#contracts';
import { rollupsText, rollupText, type Report, type Rollup } from '#domain';
import { isFenced, withOwnReceipts } from '#kafka';
import { PartitionProducer, provincePartitions, windowPartition } from '#stream';
import { anEvent, aReport, type EventFields } from '../../../test/kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../../../test/kit/installation.js';
import { readUntil, type ReadRecord } from '../../../test/kit/topic.js';

const text = ({ value }: ReadRecord) => String(value);
const send = async (
  it_: TestInstallation,
  topic: string,
  messages: { key: string | null; value: string; partition?: number }[],
) => {
  await it_.producer.send({ topic, messages });
};
const PARTITIONS = 4;
const hanoi = provincePartitions(PARTITIONS).get('01') as number;

describe('the check stage', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('check');
  });
  afterAll(() => it_.stop());

  it('sends the best report of each cell to its province and every refusal to the refused', async () => {
    const json = (fields: EventFields) => JSON.stringify(anEvent(fields));
    await send(it_, it_.topics.indicatorEvents, [
      { key: '00004', value: json({ data: { revision: 2 } }) },
      { key: '00004', value: json({ data: { revision: 1 } }) },
      { key: '00004', value: json({ data: { revision: 2 } }) },
      { key: '00004', value: 'poison' },
      { key: '00008', value: json({}) },
    ]);
    const refused = await readUntil(it_, it_.topics.rejectedEvents, (records) => records.length >= 2);
    const codes = refused.map((record) => (JSON.parse(text(record)) as { code: string }).code).sort();
    expect(codes).toEqual(['MALFORMED_JSON', 'SOURCE_MISMATCH']);
    expect(JSON.parse(text(refused[0]))).toMatchObject({
      origin: { topic: it_.topics.indicatorEvents },
      raw: expect.any(String),
    });
    const isRead = (records: readonly ReadRecord[]) =>
      records.reduce((sum, record) => sum + (decodeCommuneReports(text(record))?.counts?.read ?? 0), 0) >= 5;
    const reports = await readUntil(it_, it_.topics.communeReports, isRead);
    const best = reports.flatMap((record) =>
      (decodeCommuneReports(text(record))?.reports ?? []).map((tuple) => ({ tuple, record })),
    );
    expect(best.map(({ tuple }) => tuple[3])).toContain(2);
    for (const { record } of best) expect(record.partition).toBe(hanoi);
  });
});

describe('events in binary mode', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('check');
  });
  afterAll(() => it_.stop());

  it('are read from their ce_ headers; what is refused keeps its headers, and its key where it is a unit', async () => {
    const { data, datacontenttype: _type, ...attributes } = anEvent({ id: 'binary', data: { revision: 7 } });
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]),
    );
    const value = JSON.stringify(data);
    const messages = [
      { key: '00004', value, headers },
      { key: '00004', value, headers: { ...headers, ce_data: '{}' } },
      { key: 'x'.repeat(100_000), value, headers },
    ];
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    const refused = await readUntil(it_, it_.topics.rejectedEvents, (records) => records.length >= 2);
    const byCode = new Map(
      refused.map((record) => {
        const rejected = decodeRejected(text(record)) as RejectedEvent;
        return [rejected.code, { key: record.key?.toString(), ...rejected }] as const;
      }),
    );
    const raw = Buffer.from(value).toString('base64');
    const ceData = ['ce_data', Buffer.from('{}').toString('base64')];
    expect(byCode.get('NOT_CLOUDEVENT')).toMatchObject({
      key: '00004',
      raw,
      headers: expect.arrayContaining([ceData]),
    });
    expect(byCode.get('SOURCE_MISMATCH')).toMatchObject({ key: undefined, raw });
    const taken = (record: ReadRecord) => decodeCommuneReports(text(record))?.reports ?? [];
    const isRead = (records: readonly ReadRecord[]) => records.some((record) => taken(record).length > 0);
    const reports = await readUntil(it_, it_.topics.communeReports, isRead);
    expect(reports.flatMap(taken)).toEqual([expect.arrayContaining(['00004', 'c', '2026-03', 7, 'binary'])]);
  });

  it('carry the receipt that the broker gives, whatever the sender says; of a topic put back, the one they had', async () => {
    const topic = it_.topics.indicatorEvents;
    const past = Date.parse('2026-03-20T01:02:03.456Z');
    const sendAs = (revision: number) => {
      const value = JSON.stringify(anEvent({ id: 'received', data: { unit: '00008', revision } }));
      return it_.producer.send({ topic, messages: [{ key: '00008', value, timestamp: String(past) }] });
    };
    await withOwnReceipts(it_.kafka, topic, () => sendAs(1));
    const before = Date.now();
    await sendAs(2);
    const receipts = (records: readonly ReadRecord[]) =>
      new Map(
        records
          .flatMap((record) => decodeCommuneReports(text(record))?.reports ?? [])
          .filter(([unit]) => unit === '00008')
          .map(([, , , revision, , , , receivedAt]) => [revision, receivedAt]),
      );
    const records = await readUntil(it_, it_.topics.communeReports, (read) => receipts(read).size === 2);
    expect(receipts(records).get(1)).toBe(past);
    expect(Math.abs((receipts(records).get(2) ?? 0) - before)).toBeLessThan(60_000);
  });
});

const reportRecord = (reports: readonly Report[]) => {
  const counts = { read: reports.length, superseded: 0, repeated: 0, refused: 0 };
  return { key: null, partition: hanoi, value: encodeCommuneReports({ g: 1, from: 0, behind: 0, counts }, reports) };
};

describe('the province stage', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('province');
  });
  afterAll(() => it_.stop());

  const window = (records: readonly ReadRecord[], code: string) =>
    records
      .map((record) => decodeWindowRollups(text(record)))
      .filter((record) => record?.window === code)
      .at(-1);

  it('passes over poison and publishes the unit, its windows and the accounts together', async () => {
    await send(it_, it_.topics.communeReports, [
      { key: null, partition: hanoi, value: '{"v":' },
      reportRecord([aReport()]),
    ]);
    const windows = await readUntil(it_, it_.topics.provinceRollups, (records) =>
      ['2026-03', '2026-Q1'].every((code) => window(records, code) !== undefined),
    );
    expect(window(windows, '2026-03')).toMatchObject({
      unit: '01',
      changed: ['c'],
      items: [{ numerator: 12, denominator: 30 }],
    });
    const state = await readUntil(it_, it_.topics.communeRollups, (records) =>
      records.some(({ key }) => String(key) === ACCOUNTS_KEY),
    );
    const unit = state.find(({ key }) => String(key) === '00004|2026-03') as ReadRecord;
    expect(decodeCommuneRollup(text(unit))?.figures).toHaveProperty('c');
    const note = decodeNote<AccountsNote>(
      text(state.filter(({ key }) => String(key) === ACCOUNTS_KEY).at(-1) as ReadRecord),
    );
    expect(note?.accounts['0']).toEqual({ read: 1, won: 1, superseded: 0, repeated: 0, refused: 0 });
  });

  it('killed, goes on from what is durable: the next report is added, none is lost', async () => {
    process.kill(it_.supervisor.pids().get('rollup-province') as number, 'SIGKILL');
    await send(it_, it_.topics.communeReports, [reportRecord([aReport({ unit: '00008' })])]);
    const isBoth = (records: readonly ReadRecord[]) => window(records, '2026-03')?.items[0]?.numerator === 24;
    await readUntil(it_, it_.topics.provinceRollups, isBoth);
  });

  it('has after that what each cell said before it was corrected', async () => {
    const corrected = aReport({ revision: 2, receivedAt: aReport().receivedAt + 1_000, figure: [13, 30] });
    await send(it_, it_.topics.communeReports, [reportRecord([corrected])]);
    const month = (records: readonly ReadRecord[]) =>
      records
        .filter(({ key }) => String(key) === '00004|2026-03')
        .map((record) => decodeCommuneRollup(text(record)))
        .at(-1);
    const isCorrected = (records: readonly ReadRecord[]) => month(records)?.reports.c[0] === 2;
    const { reports, earlier } = month(await readUntil(it_, it_.topics.communeRollups, isCorrected)) ?? {};
    expect(reports?.c.at(-1)).toBe(corrected.receivedAt);
    expect(earlier?.c).toEqual([[1, aReport().seconds, aReport().id, aReport().receivedAt, [12, 30]]]);
  });

  it('fences its previous owner: the old owner cannot write any more', async () => {
    const id = `${it_.config.TOPIC_PREFIX}.zombie`;
    const [zombie, owner] = [new PartitionProducer(it_.kafka, id), new PartitionProducer(it_.kafka, id)];
    const record = { topic: it_.topics.communeRollups, partition: 0, key: 'x', value: '{}' };
    try {
      await zombie.open();
      await zombie.publish([record]);
      await owner.open();
      await owner.publish([record]);
      const failure: unknown = await zombie.publish([record]).catch((error: unknown) => error);
      expect(isFenced(failure)).toBe(true);
    } finally {
      await Promise.all([zombie.close(), owner.close()]);
    }
  });

  it('stops in front of a record of a newer version and says so, until a newer worker takes the partition', async () => {
    const newer = JSON.stringify({ v: RECORD_VERSION + 1, g: 1, tallies: [] });
    await send(it_, it_.topics.communeReports, [
      { key: null, partition: hanoi, value: newer },
      reportRecord([aReport({ indicator: 'd' })]),
    ]);
    const log = () => Promise.resolve(it_.log('rollup-province'));
    await eventually(log, (lines) => lines.split('NEWER_RECORD').length > 2);
    const windows = await readUntil(it_, it_.topics.provinceRollups, (records) => records.length > 0);
    const said = window(windows, '2026-03')?.items.map(({ indicator }) => indicator);
    expect(said).toEqual(['c']);
  });
});

describe('the ministry stage', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('ministry');
  });
  afterAll(() => it_.stop());

  const province = (unit: string, numerator: number) => {
    const reporting = { expected: 1, reported: 1, current: 1 };
    const item: Rollup = { indicator: 'c', numerator, denominator: 100, percent: numerator, breakdown: {}, reporting };
    const value = encodeWindowRollups({
      g: 1,
      unit,
      window: '2026-03',
      changed: ['c'],
      items: rollupsText([rollupText(item)]),
    });
    return {
      key: windowRollupsKey(unit, '2026-03'),
      value,
      partition: windowPartition('2026-03', PARTITIONS),
    };
  };
  const national = (records: readonly ReadRecord[]) =>
    decodeWindowRollups(text(records.at(-1) as ReadRecord))?.items[0];

  it('adds up the provinces, each by what it said last', async () => {
    await send(it_, it_.topics.provinceRollups, [province('01', 10), province('15', 5), province('01', 20)]);
    const records = await readUntil(it_, it_.topics.nationalRollups, (all) => national(all)?.numerator === 25);
    expect(national(records)).toMatchObject({
      denominator: 200,
      percent: 12.5,
      reporting: { expected: 3321, reported: 2 },
    });
  });

  it('killed, restores every province before it publishes', async () => {
    process.kill(it_.supervisor.pids().get('rollup-ministry') as number, 'SIGKILL');
    await send(it_, it_.topics.provinceRollups, [province('15', 6)]);
    const records = await readUntil(it_, it_.topics.nationalRollups, (all) => national(all)?.numerator === 26);
    const said = records.map((record) => decodeWindowRollups(text(record))?.items[0]?.numerator);
    expect(said.at(-1)).toBe(26);
    expect(said).not.toContain(6);
  });
});
