import { httpFaults } from '#contracts';
import { anEvent } from '../../../test/kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../../../test/kit/installation.js';
import { authorizedFetch } from '../../../test/kit/authorized-fetch.js';

/** How each path that answers with a shape is asked. */
const asked: Record<string, string[]> = {
  '/v1/rollups': [
    '/v1/rollups?unit=01&window=2026-Q1',
    `/v1/rollups?unit=01&window=2026-Q1&asOf=${new Date().toISOString()}`,
    '/v1/rollups?unit=00004&window=2026&indicator=c',
  ],
  '/v1/units/{code}/children': [
    '/v1/units/01/children?window=2026-03&indicator=c',
    '/v1/units/VN/children?window=2026-03&indicator=c',
  ],
  '/v1/units/{code}/table': [
    '/v1/units/VN/table?window=2026-Q2',
    '/v1/units/01/table?window=2025-01&group=target',
    `/v1/units/01/table?window=2026-03&group=activity&asOf=${new Date().toISOString()}`,
  ],
  '/v1/units/{code}/history': [
    '/v1/units/00004/history?window=2026-Q1&indicator=c',
    '/v1/units/VN/history?window=2026&indicator=relapses&limit=1',
  ],
  '/v1/units/{code}/year': [
    '/v1/units/00004/year?year=2026',
    '/v1/units/01/year?year=2025',
    '/v1/units/00004/year?year=2026&event=event-1',
  ],
  '/v1/units/{code}/calendar': ['/v1/units/01/calendar?year=2026', '/v1/units/00004/calendar?year=2030'],
  '/v1/rollups/monthly': [
    '/v1/rollups/monthly?unit=01&from=2025-01&to=2026-12',
    '/v1/rollups/monthly?unit=00004&from=2026-03&to=2026-03',
    '/v1/rollups/monthly?unit=VN&from=2026-01&to=2026-12',
  ],
  '/v1/units/{code}/suspicious': [
    '/v1/units/01/suspicious?window=2026-03',
    '/v1/units/00004/suspicious?window=2026&limit=1',
  ],
  '/v1/completeness': ['/v1/completeness?unit=01&window=2026-03', '/v1/completeness?unit=VN&window=2026'],
  '/v1/rejections': ['/v1/rejections', '/v1/rejections?unit=00004&limit=1'],
  '/v1/catalogue': ['/v1/catalogue'],
  '/v1/plans': ['/v1/plans'],
  '/v1/units': ['/v1/units', '/v1/units?level=commune&parent=01'],
  '/v1/summaries': ['/v1/summaries'],
  '/v1/months/{unit}/{period}': ['/v1/months/01/2026-03', '/v1/months/00004/2026-03', '/v1/months/15/2026-04'],
  '/v1/held': ['/v1/held', '/v1/held?unit=01&period=2026-03&limit=1', '/v1/held?unit=00004&decided=true'],
  '/v1/units/{code}/reports/{period}': ['/v1/units/00004/reports/2026-03', '/v1/units/01/reports/2026-04'],
  '/v1/reminders': ['/v1/reminders', '/v1/reminders?unit=01&period=2026-03&limit=1'],
  '/v1/units/{code}/contacts': ['/v1/units/01/contacts', '/v1/units/00004/contacts'],
  '/v1/me': ['/v1/me'],
  '/v1/sessions': ['/v1/sessions'],
  '/v1/audit': ['/v1/audit', '/v1/audit?unit=01&limit=1'],
};

describe('the answers of the dashboard', () => {
  let it_: TestInstallation;
  let paths: Record<string, { get?: { responses: Record<string, any> } }>;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,dashboard');
    const events = [anEvent(), anEvent({ id: 'refused', data: { numerator: 31 } })];
    const messages = [...events.map((event) => JSON.stringify(event)), '{'].map((value) => ({ key: '00004', value }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
    await eventually(
      async () => ((await (await get('/v1/rejections')).json()) as { items: unknown[] }).items,
      (items) => items.length === 2,
    );
    paths = ((await (await get('/docs-json')).json()) as { paths: typeof paths }).paths;
  });
  afterAll(() => it_.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    authorizedFetch(`${it_.dashboard}${path}`, { headers });
  const shapeOf = (path: string): string | undefined =>
    paths[path].get?.responses['200']?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);

  it('are of the shapes that their description names, no more and no less', async () => {
    const described = Object.keys(paths).filter((path) => shapeOf(path) !== undefined);
    expect(described.sort()).toEqual(Object.keys(asked).sort());
    for (const [path, urls] of Object.entries(asked)) {
      for (const url of urls) {
        const answer = await get(url);
        expect([url, answer.status, httpFaults(shapeOf(path) as string, await answer.json())]).toEqual([url, 200, []]);
      }
    }
  });

  it('name a summary by its id as soon as it is asked for', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ window: '2026-Q1' });
    const answer = await authorizedFetch(`${it_.dashboard}/v1/summaries`, { method: 'POST', headers, body });
    const requested = (await answer.json()) as { id: string };
    expect([answer.status, httpFaults('SummaryRequested', requested)]).toEqual([202, []]);
    const summary = await (await get(`/v1/summaries/${requested.id}`)).json();
    expect([httpFaults('Summary', summary), summary]).toEqual([[], expect.objectContaining({ status: 'pending' })]);
    const { items } = (await (await get('/v1/summaries')).json()) as { items: unknown[] };
    expect(items).toEqual([summary]);
    expect(httpFaults('Summaries', { items })).toEqual([]);
  });

  it.each([
    ['/v1/rejections?limit=abc', 400, 'INVALID_PARAMETER'],
    ['/v1/rejections?limit=0', 400, 'INVALID_PARAMETER'],
    ['/v1/rejections?unit=zzz', 404, 'UNKNOWN_UNIT'],
    ['/v1/units?level=nonsense', 400, 'INVALID_PARAMETER'],
    ['/v1/units?parent=zzz', 404, 'UNKNOWN_UNIT'],
    ['/v1/rollups?unit=VN&windw=2026', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups?unit=VN&unit=01&window=2026', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups?unit=VN', 400, 'INVALID_WINDOW'],
    ['/v1/rollups?unit=VN&window=2026&asOf=yesterday', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups?unit=VN&window=2026&asOf=2999-01-01T00:00:00Z', 400, 'INVALID_PARAMETER'],
    ['/v1/units/01/history?window=2026&indicator=c&cursor=1', 400, 'INVALID_PARAMETER'],
    ['/v1/units/VN/year?year=2026', 400, 'INVALID_PARAMETER'],
    ['/v1/units/00004/year?year=2031', 400, 'INVALID_PARAMETER'],
    ['/v1/units/00004/year?year=2026&event=', 400, 'INVALID_PARAMETER'],
    ['/v1/units/VN/table?window=2026&group=both', 400, 'INVALID_PARAMETER'],
    ['/v1/units/VN/table?window=2026-Q5', 400, 'INVALID_WINDOW'],
    ['/v1/stream?unit=zzz', 404, 'UNKNOWN_UNIT'],
    ['/v1/stream?window=2026-03,', 400, 'INVALID_WINDOW'],
    ['/v1/stream?window=2026-03&window=2026-Q1', 400, 'INVALID_PARAMETER'],
    ['/v1/months/VN/2026-03', 400, 'INVALID_PARAMETER'],
    ['/v1/months/01/2026-Q1', 400, 'INVALID_PARAMETER'],
    ['/v1/months/zzz/2026-03', 404, 'UNKNOWN_UNIT'],
    ['/v1/held?unit=01&decided=no', 400, 'INVALID_PARAMETER'],
    ['/v1/units/VN/reports/2026-03', 400, 'INVALID_PARAMETER'],
    ['/v1/units/00004/reports/2026-Q1', 400, 'INVALID_PARAMETER'],
    ['/v1/units/zzz/reports/2026-03', 404, 'UNKNOWN_UNIT'],
    ['/v1/reminders?period=2026-Q1', 400, 'INVALID_PARAMETER'],
    ['/v1/reminders?unit=zzz', 404, 'UNKNOWN_UNIT'],
    ['/v1/units/VN/contacts', 400, 'INVALID_PARAMETER'],
    ['/v1/units/VN/calendar?year=2026', 400, 'INVALID_PARAMETER'],
    ['/v1/units/01/calendar', 400, 'INVALID_PARAMETER'],
    ['/v1/units/01/calendar?year=2031', 400, 'INVALID_PARAMETER'],
    ['/v1/units/zzz/calendar?year=2026', 404, 'UNKNOWN_UNIT'],
    ['/v1/rollups/monthly?unit=01&from=2026-01', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups/monthly?unit=01&from=2026-02&to=2026-01', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups/monthly?unit=01&from=2025-01&to=2027-01', 400, 'INVALID_PARAMETER'],
    ['/v1/rollups/monthly?unit=zzz&from=2026-01&to=2026-01', 404, 'UNKNOWN_UNIT'],
    ['/v1/units/VN/suspicious?window=2026-03', 400, 'INVALID_PARAMETER'],
    ['/v1/units/01/suspicious', 400, 'INVALID_WINDOW'],
    ['/v1/units/01/suspicious?window=2026-03&limit=1001', 400, 'INVALID_PARAMETER'],
    ['/v1/nothing', 404, 'NOT_FOUND'],
  ])('%s is %d %s', async (path, status, code) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it.each(['/v1/catalogue', '/v1/units', '/v1/summaries', '/v1/units/01/children', '/v1/stream'])(
    '%s says which methods it has',
    async (path) => {
      const answer = await authorizedFetch(`${it_.dashboard}${path}`, { method: 'DELETE' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([405, 'application/problem+json']);
      expect(answer.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'HEAD', 'OPTIONS']));
    },
  );

  it('are not sent again to whoever has them', async () => {
    const tag = (await get('/v1/units')).headers.get('etag') as string;
    expect(tag).toMatch(/^W\/"/);
    expect((await get('/v1/units', { 'if-none-match': tag })).status).toBe(304);
    expect((await get('/v1/plans', { 'if-none-match': tag })).status).toBe(200);
  });

  it.each([
    ['/v1/rollups?unit=01&window=2026-03', '00008'],
    ['/v1/units/01/children?window=2026-03&indicator=c', '00025'],
    ['/v1/completeness?unit=01&window=2026-03', '00070'],
    ['/v1/units/01/table?window=2026-03&group=target', '00082'],
    ['/v1/units/01/calendar?year=2026', '00118'],
    ['/v1/rollups/monthly?unit=01&from=2026-01&to=2026-12', '00127'],
  ])('%s is sent again as soon as a figure changes, and not before', async (path, unit) => {
    // What the case before sent is in everywhere.
    await it_.drained();
    const first = await get(path);
    const tag = first.headers.get('etag') as string;
    const same = await get(path, { 'if-none-match': tag });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', tag]);
    expect([first, same].map(({ headers }) => headers.get('cache-control'))).toEqual(
      Array(2).fill('private, no-cache'),
    );
    const event = anEvent({ id: `of-${unit}`, data: { unit } });
    await it_.producer.send({
      topic: it_.topics.indicatorEvents,
      messages: [{ key: unit, value: JSON.stringify(event) }],
    });
    const changed = await eventually(
      () => get(path, { 'if-none-match': tag }),
      ({ status }) => status === 200,
    );
    expect(await changed.json()).not.toEqual(await first.json());
  });

  const send = async (unit: string, ...events: readonly Record<string, unknown>[]) => {
    const messages = events.map((event) => ({ key: unit, value: JSON.stringify(event) }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
  };
  const counted = (unit: string, period: string, value: number) => ({
    ...anEvent({ id: `${unit}-${period}`, data: { unit } }),
    data: { unit, indicator: 'pop_addicts', period, revision: 1, value },
  });
  const read = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T;

  it('name the figures that are unlike their unit’s months before, in the list and in the unit’s year', async () => {
    const before = ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02'];
    await send('00091', ...before.map((period) => counted('00091', period, 80)), counted('00091', '2026-03', 800));
    await it_.drained();
    const why = { reason: 'jump', field: 'value', compared: 80, against: null };
    const list = await eventually(
      () => read<{ total: number; items: unknown[] }>('/v1/units/01/suspicious?window=2026-Q1'),
      ({ total }) => total > 0,
    );
    const figure = { unit: '00091', name: expect.stringContaining('Phường'), period: '2026-03' };
    expect(list.items).toEqual([{ ...figure, indicator: 'pop_addicts', value: 800, percent: null, ...why }]);
    expect((await read<typeof list>('/v1/units/01/suspicious?window=2026-02')).total).toBe(0);
    expect((await read<typeof list>('/v1/units/00004/suspicious?window=2026')).total).toBe(0);
    type Year = { months: { cells: { indicator: string; flagged: unknown }[] }[] };
    const { months } = await read<Year>('/v1/units/00091/year?year=2026');
    const flagged = months.flatMap(({ cells }) => cells.filter((cell) => cell.flagged !== null));
    expect(flagged).toMatchObject([{ indicator: 'pop_addicts', flagged: why }]);
    const csv = await (await get('/v1/units/01/suspicious.csv?window=2026-03')).text();
    expect(csv).toMatch(/\r\n01,.*,00091,.*,2026-03,.*,pop_addicts,800,.*jump,value,80,.*restricted\r\n$/);
  });

  it('have every month of two years in one, of a commune as of a province', async () => {
    const path = 'from=2025-01&to=2026-12';
    type Monthly = { items: { window: string; indicator: string; value?: number }[] };
    for (const [unit, name] of [
      ['00091', 'a commune'],
      ['01', 'a province'],
    ]) {
      const { items } = await read<Monthly>(`/v1/rollups/monthly?unit=${unit}&${path}`);
      const people = items.filter(({ indicator }) => indicator === 'pop_addicts');
      expect([name, people.map(({ window, value }) => [window, value])]).toEqual([
        name,
        [
          ...['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02'].map((month) => [month, 80]),
          ['2026-03', 800],
        ],
      ]);
    }
  });

  it('wait for an event that was just sent, where they are asked to', async () => {
    const sent = anEvent({ id: 'just sent', data: { unit: '00145' } });
    await send('00145', sent);
    type Year = { months: { cells: { indicator: string; event: { id: string } | null }[] }[] };
    const { months } = await read<Year>('/v1/units/00145/year?year=2026&event=just%20sent');
    expect(months[2].cells.find(({ indicator }) => indicator === 'c')?.event?.id).toBe('just sent');
  });

  it('have of a commune’s reports one row as a table too', async () => {
    const csv = await (await get('/v1/completeness.csv?unit=00004&window=2026-03')).text();
    const [head, row, ...rest] = csv
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rest).toEqual([]);
    expect([row[head.indexOf('unit')], row[head.indexOf('partial')]]).toEqual(['00004', '1']);
  });
});
