import { createHash } from 'node:crypto';
import { rollupsText, rollupText, windowIndex } from '#domain';
import { connectStore, databaseOf, type Connection } from './connect.js';
import { HistoryReader } from './history-reader.js';
import { RollupReader } from './rollup-reader.js';
import { RollupWriter } from './rollup-writer.js';
import { SummaryRepository, type IssuedSummary } from './summary-repository.js';
import { SummaryScheduleLog } from './summary-schedule-log.js';
import { SummaryRequests, type EventProgress } from './summary-requests.js';
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
  connection = await connectStore({ MONGODB_URI: testDatabase('summaries') });
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

const ends = { 0: '12', 1: '7' };
const request = async (window: string, revision = 1, at = now): Promise<string> => {
  expect(await summaries.ask(window, revision, ends, at)).toBe(true);
  return `VN-${window}-r${revision}`;
};
const latest = async () => {
  const found = await summaries.latest('2026-Q1');
  if (found === undefined) throw new Error('nobody asked');
  return found;
};

describe('asking for a summary', () => {
  it('makes a revision once, whoever asks', async () => {
    const asked = Array.from({ length: 12 }, () => summaries.ask('2026-Q1', 1, ends, now));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    expect(await latest()).toMatchObject({ id: 'VN-2026-Q1-r1', status: 'pending', asked: ends, claim: 1 });
  });

  it('raises a claim once, and not after its making began', async () => {
    await request('2026-Q1');
    const read = await latest();
    const more = { 0: '13', 1: '7' };
    expect(await Promise.all([1, 2, 3].map(() => summaries.raise(read, more, now)))).toHaveLength(3);
    const raised = await latest();
    expect(raised).toMatchObject({ asked: more, claim: 2 });
    expect(await summaries.beginMaking(read)).toBe(false);
    expect(await summaries.note(read, '{}', { for: 'check stage', left: 3 })).toBe(false);
    expect(await summaries.note(raised, '{}', { for: 'check stage', left: 3 })).toBe(true);
    expect(await latest()).toMatchObject({ waiting: { for: 'check stage', left: 3 }, followed: '{}' });
    expect(await summaries.beginMaking(raised)).toBe(true);
    expect(await summaries.raise(raised, more, now)).toBe(false);
    expect(await latest()).toMatchObject({ claim: 2, isBeingMade: true, waiting: null });
  });

  it('takes up what an older version asked for', async () => {
    const old = {
      _id: 'VN-2026-Q1-r1',
      unit: 'VN',
      window: '2026-Q1',
      revision: 1,
      status: 'pending',
      requestedAt: now,
    };
    await connection?.collection('summaries').insertOne({ ...old, fingerprint: 'f' } as never);
    expect(await summaries.raise(await latest(), ends, now)).toBe(true);
    expect(await latest()).toMatchObject({ asked: ends, claim: 1 });
  });

  it('knows the revision before', async () => {
    const id = await request('2026-Q1');
    expect(await summaries.isPendingBefore('2026-Q1', 2)).toBe(true);
    await summaries.issue(id, anIssue());
    expect(await summaries.isPendingBefore('2026-Q1', 2)).toBe(false);
    expect(await summaries.issuedBefore('2026-Q1', 2)).toMatchObject({ id, revision: 1 });
    const second = await request('2026-Q1', 2);
    expect(await summaries.fail(second, 'why')).toBe(true);
    expect(await summaries.get(second)).toMatchObject({ status: 'failed', error: 'why' });
    expect(await summaries.issuedBefore('2026-Q1', 3)).toMatchObject({ id });
  });
});

describe('issuing a summary', () => {
  it('happens once, and nothing changes it afterwards', async () => {
    const id = await request('2026-Q1');
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
    const id = await request('2026-Q1');
    expect(await summaries.document(id, 'json')).toBeUndefined();
    await summaries.issue(id, anIssue());
    expect(await summaries.document(id, 'json')).toEqual(json);
    expect(await summaries.document(id, 'docx')).toEqual(Buffer.from([0x50, 0x4b, 0, 255]));
    expect(await summaries.document('VN-2026-Q1-r9', 'docx')).toBeUndefined();
  });

  it('lists the newest request first, without the documents', async () => {
    await request('2026-01');
    await summaries.issue('VN-2026-01-r1', anIssue());
    await request('2026-02', 1, new Date(now.getTime() + 1));
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
  const source = () => {
    const reader = new RollupReader(connection as Connection, Date.now);
    return new SummarySource(reader, new HistoryReader(connection as Connection, reader));
  };
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
  /** A topic that grows, and a pipeline that follows when it is told to. */
  const events = { ends: ends as Record<string, string>, generation: 1 as number | undefined };
  const progress: EventProgress = {
    ends: () => Promise.resolve(events.ends),
    takenIn: () => Promise.resolve(events.generation),
  };
  const ask = () => new SummaryRequests(summaries, source(), progress).request(window, now.getTime());
  const issued = async () => {
    await writes(['01', 'VN'], 1);
    const id = await ask();
    await summaries.issue(id, anIssue({ fingerprint: fingerprintOf(await content()) }));
    return id;
  };
  beforeEach(() => Object.assign(events, { ends, generation: 1 }));

  it('has a fingerprint that changes with the figures and not with the time', async () => {
    await writes(['01', 'VN'], 1);
    const before = fingerprintOf(await content());
    await writes(['01', 'VN'], 1);
    expect(fingerprintOf(await content(now.getTime() + 1000))).toBe(before);
    await writes(['01', 'VN'], 2);
    expect(fingerprintOf(await content())).not.toBe(before);
    expect(await said()).toBe(2);
  });

  it('gives the same id while nothing was appended, or what was changed nothing', async () => {
    const id = await issued();
    expect(await ask()).toBe(id);
    events.ends = { 0: '12', 1: '9' };
    expect(await ask()).toBe(id);
  });

  it('asks anew where the figures changed, or cannot be compared yet', async () => {
    const id = await issued();
    events.generation = undefined;
    events.ends = { 0: '13', 1: '7' };
    const second = await ask();
    expect([id, second]).toEqual(['VN-2026-Q1-r1', 'VN-2026-Q1-r2']);
    await summaries.issue(second, anIssue({ fingerprint: fingerprintOf(await content()) }));
    await writes(['01', 'VN'], 2);
    expect(await ask()).toBe('VN-2026-Q1-r3');
    expect(await latest()).toMatchObject({ asked: events.ends });
  });

  it('does not compare with figures that readers do not see', async () => {
    await issued();
    Object.assign(events, { ends: { 0: '13', 1: '7' }, generation: 2 });
    expect(await ask()).toBe('VN-2026-Q1-r2');
  });
});

describe('the log of scheduled summaries', () => {
  it('keeps the first start and the first claim', async () => {
    const log = new SummaryScheduleLog(connection as Connection);
    expect(await log.firstStart(now)).toEqual(now);
    expect(await log.firstStart(new Date(now.getTime() + 5))).toEqual(now);
    const first = await log.claim('2026-Q1', 'VN-2026-Q1-r1', ends, now);
    expect(await log.claim('2026-Q1', 'VN-2026-Q1-r2', {}, now)).toEqual(first);
    expect(first).toEqual({ window: '2026-Q1', summary: 'VN-2026-Q1-r1', asked: ends, at: now, isAsked: false });
    expect(await log.unfinished()).toEqual([first]);
    await log.noteAsked('2026-Q1');
    expect(await log.unfinished()).toEqual([]);
    expect([...(await log.claims(['2026-Q1', '2026-Q2'])).keys()]).toEqual(['2026-Q1']);
  });
});
