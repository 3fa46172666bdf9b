import { createHash } from 'node:crypto';
import { rollupsText, rollupText, windowIndex } from '#domain';
import { connectStore, databaseOf, type Connection } from './connect.js';
import { RollupReader } from './rollup-reader.js';
import { RollupWriter } from './rollup-writer.js';
import { SummaryRepository, type IssuedSummary } from './summary-repository.js';
import { SummaryScheduleLog } from './summary-schedule-log.js';
import { fingerprintOf, SummarySource } from './summary-source.js';

/** A database of its own beside the one in the address, which has to be one for tests. */
const testDatabase = (name: string): string => {
  const uri = process.env['MONGODB_URI'];
  if (uri === undefined) throw new Error('MONGODB_URI is not set');
  const database = databaseOf(uri);
  if (!database.includes('test')) throw new Error(`refusing ${database}: the name of a test database contains "test"`);
  const address = new URL(uri);
  address.pathname = `/${database}_${name}_${process.pid}`;
  return address.toString();
};

const now = new Date('2026-03-22T00:00:00.000Z');
const json = Buffer.from('{"unit":"VN","tên":"đủ"}');
const anIssue = (fields: Partial<IssuedSummary> = {}): IssuedSummary => ({
  issuedAt: now,
  cutOff: now,
  fingerprint: 'f1',
  checksum: createHash('sha256').update(json).digest('hex'),
  json,
  docx: Buffer.from([0x50, 0x4b, 0, 255]),
  ...fields,
});

let connection: Connection | undefined;
let summaries: SummaryRepository;

beforeAll(async () => {
  connection = await connectStore(testDatabase('summaries'));
  summaries = new SummaryRepository(connection);
  await summaries.prepare();
});
afterEach(async () => {
  for (const name of ['summaries', 'scheduled_summaries']) await connection?.collection(name).deleteMany({});
});
afterAll(async () => {
  try {
    await connection?.dropDatabase();
  } finally {
    await connection?.close();
  }
});

describe('asking for a summary', () => {
  it('gives everyone who asks at once the same id', async () => {
    const asked = Array.from({ length: 12 }, (_, n) => summaries.request('2026-Q1', `f${n % 2}`, now));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['VN-2026-Q1-r1']));
  });

  it('gives the issued one while nothing has changed, and a new revision when something has', async () => {
    const id = await summaries.request('2026-Q1', 'f0', now);
    await summaries.issue(id, anIssue({ fingerprint: 'f1' }));
    expect(await summaries.request('2026-Q1', 'f1', now)).toBe(id);
    expect(await summaries.request('2026-Q1', 'f2', now)).toBe('VN-2026-Q1-r2');
    expect(await summaries.request('2026-Q2', 'f1', now)).toBe('VN-2026-Q2-r1');
    expect(await summaries.issuedBefore('2026-Q1', 2)).toMatchObject({ id, revision: 1 });
  });

  it('asks anew after a failure', async () => {
    const id = await summaries.request('2026-Q1', 'f1', now);
    expect(await summaries.fail(id, 'why')).toBe(true);
    expect(await summaries.get(id)).toMatchObject({ status: 'failed', error: 'why' });
    expect(await summaries.request('2026-Q1', 'f1', now)).toBe('VN-2026-Q1-r2');
    expect(await summaries.issuedBefore('2026-Q1', 2)).toBeUndefined();
  });
});

describe('issuing a summary', () => {
  it('happens once, and nothing changes it afterwards', async () => {
    const id = await summaries.request('2026-Q1', 'f1', now);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        summaries.issue(id, anIssue({ json: Buffer.from(String(n)), checksum: String(n) })),
      ),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const issued = await summaries.get(id);
    expect(String(await summaries.document(id, 'json'))).toBe(issued?.checksum);
    expect(await summaries.fail(id, 'too late')).toBe(false);
    expect(await summaries.get(id)).toEqual(issued);
  });

  it('keeps the exact bytes of the documents, and shows none before', async () => {
    const id = await summaries.request('2026-Q1', 'f1', now);
    expect(await summaries.document(id, 'json')).toBeUndefined();
    await summaries.issue(id, anIssue());
    expect(await summaries.document(id, 'json')).toEqual(json);
    expect(await summaries.document(id, 'docx')).toEqual(Buffer.from([0x50, 0x4b, 0, 255]));
    expect(await summaries.document('VN-2026-Q1-r9', 'docx')).toBeUndefined();
  });

  it('lists the newest request first, without the documents', async () => {
    await summaries.request('2026-01', 'f1', now);
    await summaries.issue('VN-2026-01-r1', anIssue());
    await summaries.request('2026-02', 'f1', new Date(now.getTime() + 1));
    const listed = await summaries.list();
    expect(listed.map(({ id, status }) => [id, status])).toEqual([
      ['VN-2026-02-r1', 'pending'],
      ['VN-2026-01-r1', 'issued'],
    ]);
    expect(listed[1]).not.toHaveProperty('json');
    expect((await summaries.pending()).map(({ id }) => id)).toEqual(['VN-2026-02-r1']);
  });
});

describe('the source of summaries', () => {
  const window = windowIndex('2026-Q1') as number;
  let version = 0;
  const source = () => new SummarySource(new RollupReader(connection as Connection, Date.now));
  const writes = (units: readonly string[], numerator: number): Promise<number> => {
    const reporting = { expected: 126, reported: 1, current: 1 };
    const figure = { indicator: 'c', numerator, denominator: 4, percent: 25 * numerator, breakdown: {}, reporting };
    const items = rollupsText([rollupText(figure)]);
    version += 1;
    const write = { window: '2026-Q1', version, updatedAt: new Date(version), items };
    return new RollupWriter(connection as Connection, 1).writeWindows(units.map((unit) => ({ unit, ...write })));
  };
  const content = (cutOff = now.getTime()) => source().content(window, { revision: 1, cutOff });
  const said = async () => (await content()).indicators.find(({ indicator }) => indicator === 'c')?.numerator;
  const ask = () => source().request(summaries, window, now.getTime());
  /** The id of a summary that was issued of what all agree on. */
  const issued = async () => {
    await writes(['01', 'VN'], 1);
    const id = await ask();
    await summaries.issue(id, anIssue({ fingerprint: fingerprintOf(await content()) }));
    return id;
  };

  it('has a fingerprint that changes with the figures and not with the time', async () => {
    await writes(['01', 'VN'], 1);
    const before = fingerprintOf(await content());
    await writes(['01', 'VN'], 1);
    expect(fingerprintOf(await content(now.getTime() + 1000))).toBe(before);
    await writes(['01', 'VN'], 2);
    expect(fingerprintOf(await content())).not.toBe(before);
    expect(await said()).toBe(2);
  });

  it('waits for the provinces that follow what the country shows already', async () => {
    const before = await issued();
    await writes(['VN'], 3);
    const asked = ask();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await writes(['01'], 3);
    expect(await asked).not.toBe(before);
    expect(await said()).toBe(3);
  });

  it('goes by what the provinces say where they do not follow', async () => {
    const before = await issued();
    await writes(['VN'], 3);
    expect(await ask()).toBe(before);
  });
});

describe('the log of scheduled summaries', () => {
  it('keeps the first start and the first note', async () => {
    const log = new SummaryScheduleLog(connection as Connection);
    expect(await log.firstStart(now)).toEqual(now);
    expect(await log.firstStart(new Date(now.getTime() + 5))).toEqual(now);
    await log.note('2026-Q1', 'VN-2026-Q1-r1', now);
    await log.note('2026-Q1', 'VN-2026-Q1-r2', now);
    expect([...(await log.seenTo(['2026-Q1', '2026-Q2']))]).toEqual(['2026-Q1']);
  });
});
