import { dashboardClient } from './index.js';

describe('the client of the dashboard', () => {
  const asked: Request[] = [];
  const answering = (status: number, body: object) =>
    dashboardClient({
      baseUrl: 'https://tonghop.example.vn',
      headers: { authorization: 'Bearer key' },
      fetch: (request) => {
        asked.push(request);
        const type = status < 400 ? 'application/json' : 'application/problem+json';
        return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }));
      },
    });
  beforeEach(() => asked.splice(0));

  it('asks for what is meant, as JSON, with the headers that it was given', async () => {
    const items = [{ code: '00004' }];
    const query = { level: 'commune', parent: '01' } as const;
    const { data } = await answering(200, { items }).GET('/v1/units', { params: { query } });
    expect(data?.items).toEqual(items);
    expect(asked[0].url).toBe('https://tonghop.example.vn/v1/units?level=commune&parent=01');
    expect(asked[0].headers.get('accept')).toBe('application/json');
    expect(asked[0].headers.get('authorization')).toBe('Bearer key');
  });

  it('writes what stands in a path so that it stays one', async () => {
    await answering(200, {}).POST('/v1/held/{id}/refuse', {
      params: { path: { id: '00004.c/../x' } },
      body: { reason: 'trùng' },
    });
    expect(new URL(asked[0].url).pathname).toBe('/v1/held/00004.c%2F..%2Fx/refuse');
    expect(asked[0].headers.get('content-type')).toBe('application/json');
    expect(await asked[0].json()).toEqual({ reason: 'trùng' });
  });

  it('hands a problem on as what it is', async () => {
    const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'UNKNOWN_UNIT', detail: '…' };
    const client = answering(404, problem);
    const { data, error } = await client.GET('/v1/units/{code}/contacts', { params: { path: { code: '99' } } });
    expect([data, error?.code]).toEqual([undefined, 'UNKNOWN_UNIT']);
  });
});
