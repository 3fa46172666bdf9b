import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { gzipSync } from 'node:zlib';
import { anEvent } from '../../../test/kit/builders.js';
import { anIntake, type FakeIntake } from '../../../test/kit/intake.js';

const single = 'application/cloudevents+json';
const problem = 'application/problem+json';

describe('the intake over HTTP', () => {
  let app: NestFastifyApplication;
  let usual: FakeIntake['usual'];
  let authorizationOf: FakeIntake['authorizationOf'];
  let taken: FakeIntake['taken'];
  beforeAll(async () => {
    ({ app, usual, authorizationOf, taken } = await anIntake());
  });
  afterAll(() => app.close());

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)(
    'answers %s on events with what is allowed',
    async (method) => {
      const { statusCode, headers } = await app.inject({ method, url: '/v1/events' });
      expect([statusCode, headers.allow, headers['content-type']]).toEqual([405, 'POST, OPTIONS', problem]);
    },
  );

  it.each(['/', '/v1', '/v1/events/1', '/v1/%00'])('answers %s, which is nowhere, with a problem', async (url) => {
    const { statusCode, headers } = await app.inject({ method: 'GET', url });
    expect([statusCode, headers['content-type']]).toEqual([404, problem]);
  });

  it.each(['/v1/%ff', '/%', '/v1/%c0%80'])('answers %s, which is no text, with a problem', async (url) => {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url });
    expect([statusCode, headers['content-type'], JSON.parse(body).code]).toEqual([400, problem, 'BAD_REQUEST']);
  });

  it('takes an event', async () => {
    const headers = { 'content-type': single, ...usual };
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers,
      payload: JSON.stringify(anEvent()),
    });
    expect(statusCode).toBe(202);
  });

  const post = (payload: string | Buffer, headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/v1/events', headers: { ...usual, ...headers }, payload });
  const said = ({ statusCode, headers, body }: Awaited<ReturnType<typeof post>>) => [
    statusCode,
    headers['content-type'],
    (JSON.parse(body) as { code?: string }).code,
  ];

  it.each([
    `${single}; charset=utf-16`,
    `${single};charset="iso-8859-1"`,
    'application/cloudevents-batch+json; charset=windows-1258',
    'application/json; charset=utf-16le',
  ])('refuses %s: JSON is UTF-8', async (type) => {
    const answer = await post(JSON.stringify(anEvent()), {
      'content-type': type,
      'ce-id': 'x',
      'ce-specversion': '1.0',
    });
    expect(said(answer)).toEqual([415, problem, 'UNSUPPORTED_MEDIA_TYPE']);
    expect((JSON.parse(answer.body) as { detail: string }).detail).toContain('charset');
  });

  it.each([`${single}; charset=UTF-8`, `${single}; charset="utf-8"`, `${single}; version=1;charset=utf8`])(
    'takes %s',
    async (type) => expect((await post(JSON.stringify(anEvent()), { 'content-type': type })).statusCode).toBe(202),
  );

  it('unpacks gzip, and says what is wrong with one that is a bomb or cut off', async () => {
    const headers = { 'content-type': single, 'content-encoding': 'gzip' };
    const packed = gzipSync(JSON.stringify(anEvent()));
    expect((await post(packed, headers)).statusCode).toBe(202);
    expect(said(await post(packed.subarray(0, 60), headers))).toEqual([400, problem, 'UNREADABLE_BODY']);
    const bomb = gzipSync(Buffer.alloc(80 << 20));
    expect(said(await post(bomb, headers))).toEqual([413, problem, 'REQUEST_TOO_LARGE']);
  });

  it.each(['', 'Bearer', 'Bearer th_000000000000_' + 'a'.repeat(43), 'Basic dGg6dGg=', 'Bearer a.b.c'])(
    'listens to nobody unknown (%s), and does not wait for his body',
    async (authorization) => {
      const headers = { 'content-type': single, 'content-encoding': 'gzip', authorization };
      const answer = await post('not gzip at all', headers);
      expect(said(answer)).toEqual([401, problem, 'UNAUTHENTICATED']);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="tonghop"');
    },
  );

  it.each([
    ['a commune', '00004', ['00004'], 202],
    ['a commune', '00004', ['00008'], 403],
    ['a commune', '00004', ['01'], 403],
    ['a commune, with one of its own', '00004', ['00004', '00008'], 403],
    ['a province', '01', ['01', '00004'], 202],
    ['a province', '01', ['00004', '15'], 403],
  ])('takes for %s (%s) events of %j: %i', async (_who, own, units, status) => {
    taken('t.indicator-events.v1');
    const events = units.map((unit) => anEvent({ data: { unit, indicator: unit.length === 2 ? 'a' : 'c' } }));
    const headers = { 'content-type': 'application/cloudevents-batch+json', ...authorizationOf('reporter', own) };
    const answer = await post(JSON.stringify(events), headers);
    expect([answer.statusCode, answer.body]).toEqual([
      status,
      expect.stringContaining(status === 403 ? 'FORBIDDEN' : ''),
    ]);
    expect(taken('t.indicator-events.v1')).toHaveLength(status === 403 ? 0 : events.length);
  });

  it('does not put a refusal on another unit’s list', async () => {
    const refused = JSON.stringify(anEvent({ source: '/units/00008', data: { unit: '00008', numerator: -1 } }));
    taken('t.rejected-events.v1');
    const answer = await post(refused, { 'content-type': single, ...authorizationOf('reporter', '00004') });
    expect([answer.statusCode, taken('t.rejected-events.v1')]).toEqual([403, []]);
  });

  it.each(['analyst', 'signer', 'operator', 'auditor'] as const)('takes no events from %s', async (role) => {
    const headers = { 'content-type': single, ...authorizationOf(role, 'VN') };
    expect(said(await post(JSON.stringify(anEvent()), headers))).toEqual([403, problem, 'FORBIDDEN']);
  });

  it.each([
    ['operator', 200],
    ['reporter', 403],
    ['auditor', 403],
  ] as const)('answers %s who asks for metrics with %i', async (role, status) => {
    const answer = await app.inject({ method: 'GET', url: '/metrics', headers: authorizationOf(role, 'VN') });
    expect(answer.statusCode).toBe(status);
  });
});

describe('credentials that are none', () => {
  it('are told to wait where there are too many from an address, and who is known from there is let in', async () => {
    const { app, usual } = await anIntake({ FAILED_CREDENTIALS_PER_10_S: '3' });
    const ask = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/v1/events',
        headers: { 'content-type': single, ...headers },
        payload: JSON.stringify(anEvent()),
      });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await ask({ authorization: `Bearer wrong${n}` })).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const { headers, body } = await ask({ authorization: 'Bearer wrong' });
    expect([Number(headers['retry-after']) > 0, (JSON.parse(body) as { code: string }).code]).toEqual([
      true,
      'TOO_MANY_REQUESTS',
    ]);
    expect([(await ask(usual)).statusCode, (await ask({})).statusCode]).toEqual([202, 401]);
    await app.close();
  });
});

describe('the handshake of CloudEvents webhooks', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    ({ app } = await anIntake());
  });
  afterAll(() => app.close());

  const ask = async (headers: Record<string, string>) => {
    const answer = await app.inject({ method: 'OPTIONS', url: '/v1/events', headers });
    const { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': rate, allow } = answer.headers;
    return { status: answer.statusCode, origin, rate, allow };
  };

  it.each<Record<string, string>>([{}, { 'webhook-request-rate': '120' }])(
    'lets the origin that asks deliver, as fast as it likes %j',
    async (rate) =>
      expect(await ask({ 'webhook-request-origin': 'eventemitter.example.com', ...rate })).toEqual({
        status: 200,
        origin: 'eventemitter.example.com',
        rate: '*',
        allow: 'POST, OPTIONS',
      }),
  );

  it('allows nothing to who does not ask', async () =>
    expect(await ask({ 'webhook-request-rate': '120' })).toEqual({
      status: 204,
      origin: undefined,
      rate: undefined,
      allow: 'POST, OPTIONS',
    }));
});
