import { dashboardClient } from '#client';
import { anEvent, aRetraction } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, any>;
}

describe('from a commune to the ministry', () => {
  let it_: TestInstallation;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard,reports');
  });
  afterAll(() => it_.stop());

  const send = async (
    body: unknown,
    type = 'application/cloudevents+json',
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await authorizedFetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body: text,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: (await response.json()) as Answer['body'],
    };
  };
  const get = async (path: string): Promise<any> => (await authorizedFetch(`${it_.dashboard}${path}`)).json();
  const figure = async (unit: string, indicator: string, window = '2026-03') =>
    ((await get(`/v1/rollups?unit=${unit}&window=${window}&indicator=${indicator}`)) as { items: any[] }).items[0];

  describe('an event over HTTP', () => {
    it('reaches the national figure', async () => {
      const answer = await send(anEvent());
      expect(answer).toMatchObject({ status: 202, body: { received: 1, accepted: 1, rejected: [] } });
      for (const unit of ['00004', '01', 'VN']) {
        const rollup = await eventually(
          () => figure(unit, 'c'),
          (item) => item !== undefined,
        );
        expect(rollup).toMatchObject({
          numerator: 12,
          denominator: 30,
          percent: 40,
          reporting: { reported: 1, current: 1 },
        });
      }
    });

    it('is read by the client that is made of the description', async () => {
      const headers = { authorization: `Bearer ${it_.keys.analyst}` };
      const client = dashboardClient({ baseUrl: it_.dashboard, headers });
      const query = { window: '2026-03', indicator: 'c' } as const;
      const { data } = await client.GET('/v1/units/{code}/children', { params: { path: { code: '01' }, query } });
      const row = data?.items.find(({ unit }) => unit === '00004');
      expect(row).toMatchObject({ name: 'Phường Ba Đình', numerator: 12, percent: 40 });
      const { error } = await client.GET('/v1/rollups', { params: { query: { unit: '99', window: '2026-03' } } });
      expect(error).toMatchObject({ status: 404, code: 'UNKNOWN_UNIT' });
    });

    it('is shown with the target of its province', async () => {
      expect(await figure('01', 'c')).toMatchObject({ target: { op: '>=', percent: 40 }, attained: true });
      expect(await figure('VN', 'c')).toMatchObject({ target: null, attained: null });
    });

    it('that takes the cell back makes the rollup vanish', async () => {
      await send(anEvent({ data: { indicator: 'd' } }));
      await eventually(
        () => figure('VN', 'd'),
        (item) => item !== undefined,
      );
      await send(aRetraction({ indicator: 'd', revision: 2 }));
      expect(
        await eventually(
          () => figure('VN', 'd'),
          (item) => item === undefined,
        ),
      ).toBeUndefined();
    });

    it('in binary mode is taken too', async () => {
      const { data, ...attributes } = anEvent({ data: { unit: '00008' } });
      const headers = Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]),
      );
      expect((await send(data, 'application/json', headers)).status).toBe(202);
    });

    it('that is refused says why and where, and is kept', async () => {
      const answer = await send(anEvent({ id: 'too-many', data: { numerator: 31 } }));
      const rejected = { index: 0, id: 'too-many', code: 'NUMERATOR_EXCEEDS_DENOMINATOR', pointer: '/data/numerator' };
      expect(answer).toMatchObject({ status: 422, type: 'application/problem+json' });
      expect(answer.body).toMatchObject({ received: 1, accepted: 0, rejected: [rejected] });
      const kept = await eventually(
        () => get('/v1/rejections?unit=00004'),
        ({ items }: any) => items.length > 0,
      );
      expect(kept.items[0]).toMatchObject({ code: 'NUMERATOR_EXCEEDS_DENOMINATOR', origin: 'http' });
      const idsOf = async (unit: string) =>
        (await get(`/v1/rejections?unit=${unit}`)).items.map(({ unit: of, code }: any) => `${of} ${code}`);
      const own = '00004 NUMERATOR_EXCEEDS_DENOMINATOR';
      // Of the province and of the country it is one of those under them; of another province it is none.
      expect([await idsOf('01'), await idsOf('VN'), await idsOf('04')]).toEqual([[own], [own], []]);
    });
  });

  describe('a batch', () => {
    const batch = 'application/cloudevents-batch+json';

    it('is taken in part, with the place of each refusal', async () => {
      const answer = await send([anEvent({ id: 'x' }), anEvent({ data: { period: '2026-Q1' } }), 7], batch);
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        received: 3,
        accepted: 1,
        rejected: [
          { index: 1, code: 'INVALID_PERIOD' },
          { index: 2, code: 'MALFORMED_JSON' },
        ],
      });
    });

    it('of more than 1,000 is too large', async () =>
      expect((await send(Array(1001).fill({}), batch)).status).toBe(413));
    it('that is no array is unreadable', async () => expect((await send('{', batch)).status).toBe(400));
    it('of another type is not supported', async () => expect((await send('x', 'text/plain')).status).toBe(415));
  });

  it('an event straight on the topic meets the same checks', async () => {
    const messages = [
      { key: '00008', value: JSON.stringify(anEvent()) },
      { key: '00004', value: '{' },
    ];
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    // They are of two partitions, so either may be there first.
    const kept = await eventually(
      () => get('/v1/rejections'),
      ({ items }: any) => items.filter(({ origin }: any) => origin !== 'http').length >= 2,
    );
    const ofTopic = kept.items.filter(({ origin }: any) => origin !== 'http');
    expect(ofTopic.map(({ code }: any) => code).sort()).toEqual(['MALFORMED_JSON', 'SOURCE_MISMATCH']);
  });

  it('the stream says what changes', async () => {
    const abort = new AbortController();
    const response = await authorizedFetch(`${it_.dashboard}/v1/stream?unit=VN`, { signal: abort.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const text = new TextDecoder();
    await send(
      anEvent({
        id: 'streamed',
        data: { unit: '00008', indicator: 'relapses', numerator: undefined, denominator: undefined, value: 5 },
      }),
    );
    const march = 'event: rollup\ndata: {"unit":"VN","window":"2026-03","indicator":"relapses","value":5';
    let seen = '';
    while (!seen.includes(march)) seen += text.decode((await reader.read()).value, { stream: true });
    abort.abort();
    expect(seen).toContain(march);
  });

  it('completeness counts the reports and names the units', async () => {
    // Hà Nội and its 126 communes; of the events above, two communes' are valid, and neither has said everything.
    const { units, ...counts } = await eventually(
      () => get('/v1/completeness?unit=01&window=2026-03'),
      ({ reported }: any) => reported >= 2,
    );
    expect(counts).toMatchObject({ expected: 127, reported: 2, partial: 2, complete: 0, late: 0, missing: 125 });
    expect(units).toMatchObject({ partial: ['00004', '00008'], late: [] });
    expect(units.missing).toHaveLength(125);
    expect(counts.deadlines).toEqual({ commune: '2026-03-17T16:59:59.999Z', province: '2026-03-20T16:59:59.999Z' });
    expect((await get('/v1/completeness?unit=01&window=2026-Q1')).deadlines).toBeUndefined();
  });

  it('children are one row each, reported or not', async () => {
    const children = async () => (await get('/v1/units/01/children?window=2026-03&indicator=c')).items as any[];
    const reported = (items: readonly any[]) => items.filter((item) => item.reported).map(({ unit }) => unit);
    // A unit's own year may reach MongoDB after its province's window.
    const items = await eventually(children, (rows) => reported(rows).length >= 2);
    expect(items).toHaveLength(126);
    expect(reported(items)).toEqual(['00004', '00008']);
  });

  it('a national summary is issued once and says what the rollups say', async () => {
    const ask = async () => {
      const response = await authorizedFetch(`${it_.dashboard}/v1/summaries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"window":"2026-Q1"}',
      });
      return { status: response.status, ...((await response.json()) as { id: string }) };
    };
    const { status, id } = await ask();
    expect(status).toBe(202);
    const summary = await eventually(
      () => get(`/v1/summaries/${id}`),
      ({ status: now }: any) => now === 'issued',
    );
    const content = await get(`/v1/summaries/${id}.json`);
    const c = content.indicators.find(({ indicator }: any) => indicator === 'c');
    const national = await figure('VN', 'c', '2026-Q1');
    expect([c.numerator, c.denominator, c.percent]).toEqual([
      national.numerator,
      national.denominator,
      national.percent,
    ]);
    expect(content.indicators).toHaveLength(29);
    expect((await ask()).id).toBe(id);
    expect(summary).toMatchObject({
      unit: 'VN',
      window: '2026-Q1',
      revision: 1,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(['json', 'docx'])(
    'an issued document (%s) is kept by whoever has it, and saved under its name',
    async (form) => {
      const address = `${it_.dashboard}/v1/summaries/VN-2026-Q1-r1.${form}`;
      const { headers } = await authorizedFetch(address);
      expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect(headers.get('content-disposition')).toContain(`filename="VN-2026-Q1-r1.${form}"`);
      const etag = headers.get('etag') as string;
      const again = async (held: string) =>
        (await authorizedFetch(address, { headers: { 'if-none-match': held } })).status;
      expect([await again(etag), await again(`"other", W/${etag}`), await again('"other"')]).toEqual([304, 304, 200]);
    },
  );

  it.each([
    ['application/x-www-form-urlencoded', 'window=2026-Q1', 415],
    ['text/plain', '{"window":"2026-Q1"}', 415],
    ['multipart/form-data; boundary=x', '--x--', 415],
    ['application/json', '{"window":"2030-12"}', 409],
    ['application/json', '{"window":"2031"}', 400],
    ['application/json; charset=utf-8', '{"window":"2026-Q1"', 400],
  ])('a request for a summary of %s %s is refused: %s', async (type, body, status) => {
    const before = (await get('/v1/summaries')).items.length;
    const headers = { 'content-type': type };
    const response = await authorizedFetch(`${it_.dashboard}/v1/summaries`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect((await get('/v1/summaries')).items).toHaveLength(before);
  });

  it.each([
    ['/v1/rollups?unit=99&window=2026', 404],
    ['/v1/rollups?unit=VN&window=2026-13', 400],
    ['/v1/units/01/children?window=2026&indicator=zz', 400],
    ['/v1/summaries/VN-2026-Q1-r9', 404],
  ])('%s is answered %d with a code', async (path, status) => {
    const response = await authorizedFetch(`${it_.dashboard}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await response.json()).toHaveProperty('code');
  });

  it.each(['/healthz', '/readyz', '/metrics', '/docs', '/docs-json'])('both services answer %s', async (path) => {
    const statuses = await Promise.all(
      [it_.intake, it_.dashboard].map(async (base) => (await authorizedFetch(base + path)).status),
    );
    expect(statuses).toEqual([200, 200]);
  });
});
