import readWorkbook from 'read-excel-file/node';
import { auditModel, connectStore, type Connection } from '#store';
import { authorizedFetch } from '../../../../test/kit/authorized-fetch.js';
import { anEvent } from '../../../../test/kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../../../../test/kit/installation.js';

describe('lists as tables', () => {
  let it_: TestInstallation;
  let store: Connection;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,audit,dashboard');
    store = await connectStore(it_.config);
    const breakdown = { addict: { numerator: 5, denominator: 10 }, family: { numerator: 7, denominator: 20 } };
    const events = [anEvent(), anEvent({ id: '=2', data: { indicator: 'b', breakdown } })];
    const messages = events.map((event) => ({ key: '00004', value: JSON.stringify(event) }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
  });
  afterAll(async () => {
    await store.close();
    await it_.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    authorizedFetch(`${it_.dashboard}${path}`, { headers });

  it('come as CSV by the end of the path, compressed where that is understood, and 304 while nothing changed', async () => {
    const answer = await get('/v1/rollups.csv?unit=01&window=2026-03', { 'accept-encoding': 'gzip' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="tonghop-rollups-01-2026-03.csv"');
    const lines = (await answer.text()).trim().split('\r\n');
    const [head, ...rows] = lines.map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    expect(rows.map((row) => [row[head.indexOf('indicator')], row[head.indexOf('category')]])).toEqual([
      ...[
        ['b', ''],
        ['b', 'addict'],
        ['b', 'family'],
      ],
      ['c', ''],
    ]);
    const tag = answer.headers.get('etag') ?? '';
    expect((await get('/v1/rollups.csv?unit=01&window=2026-03', { 'if-none-match': tag })).status).toBe(304);
  });

  it('come by Accept as lines of JSON, of children with every one of them', async () => {
    const accept = 'application/x-ndjson';
    const answer = await get('/v1/units/01/children?window=2026-03&indicator=c', { accept });
    expect([answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([
      accept,
      expect.stringContaining('accept'),
    ]);
    const rows = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(126);
    const first = { unit: '00004', unit_name: 'Phường Ba Đình', indicator: 'c', numerator: 12, denominator: 30 };
    expect(rows[0]).toMatchObject({ ...first, percent: 40, reported: 1, classification: 'restricted' });
    expect(new Set(rows.map((row) => Object.keys(row).join()))).toHaveProperty('size', 1);
  });

  it('come as a workbook with heads in Vietnamese and a sheet that says what it is', async () => {
    const answer = await get('/v1/completeness.xlsx?unit=VN&window=2026-03');
    const book = Buffer.from(await answer.arrayBuffer());
    const [figures, notes] = await readWorkbook(book);
    expect([figures.sheet, notes.sheet]).toEqual(['Số liệu', 'Ghi chú']);
    const [head, ...rows] = figures.data;
    expect(head).toEqual(expect.arrayContaining(['Mã đơn vị', 'Đơn vị', 'Phải báo cáo', 'Chưa gửi']));
    expect(rows).toHaveLength(34);
    expect(rows[0][head.indexOf('Phải báo cáo')]).toBe(127);
  });

  it('say where the next page is', async () => {
    const answer = await get('/v1/units/01/history.csv?window=2026-03&indicator=c&limit=1');
    expect((await answer.text()).split('\r\n')).toHaveLength(3);
    expect(answer.headers.get('link')).toBeNull();
    const units = await get('/v1/units.ndjson?level=province');
    expect((await units.text()).trim().split('\n')).toHaveLength(34);
  });

  it('are problems as ever where they are refused, and JSON where there is no table', async () => {
    const wrong = await get('/v1/rollups.csv?unit=01&window=2026-13');
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    const me = await get('/v1/me', { accept: 'text/csv' });
    expect(me.headers.get('content-type')).toContain('application/json');
    expect((await get('/v1/me.csv')).status).toBe(404);
  });

  it('are in the audit trail as exports, of whichever level', async () => {
    await get('/v1/rollups?unit=VN&window=2026-03', { accept: 'text/csv' });
    const find = () => auditModel(store).find({ what: 'export', unit: 'VN' }).lean().exec();
    const entries = await eventually(find, (found) => found.length >= 2);
    const facts = entries.map(({ text }) => (JSON.parse(text) as { entry: { facts?: unknown } }).entry.facts);
    expect(facts).toContainEqual({ form: 'csv', of: 'figures.read', window: '2026-03' });
  });
});
