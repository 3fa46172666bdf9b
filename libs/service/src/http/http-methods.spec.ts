import fastify, { type FastifyInstance } from 'fastify';
import { methodsOf } from './http-methods.js';

describe('a method that a resource does not have', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = fastify();
    const methods = methodsOf(app);
    app.get('/units/:code/children', () => 'children');
    app.post('/events', () => 'taken');
    app.get('/files/*', () => 'a file');
    methods.refuseOthers();
    await app.ready();
  });
  afterAll(() => app.close());

  it.each([
    ['POST', '/units/01/children', 'GET, HEAD, OPTIONS'],
    ['GET', '/events', 'POST, OPTIONS'],
    ['HEAD', '/events', 'POST, OPTIONS'],
    ['TRACE', '/events?x=1', 'POST, OPTIONS'],
    ['PUT', '/events', 'POST, OPTIONS'],
  ] as const)('%s %s is refused, and what there is is said: %s', async (method, url, allow) => {
    const body = method === 'PUT' ? { payload: 'x'.repeat(9), headers: { 'content-type': 'not/known' } } : {};
    const { statusCode, headers } = await app.inject({ method: method as 'GET', url, ...body });
    expect([statusCode, headers['content-type'], headers.allow]).toEqual([405, 'application/problem+json', allow]);
  });

  it('is said to OPTIONS without a fault', async () => {
    const { statusCode, headers } = await app.inject({ method: 'OPTIONS', url: '/events' });
    expect([statusCode, headers.allow]).toEqual([204, 'POST, OPTIONS']);
  });

  it('leaves the others as they are, and what is nowhere nowhere', async () => {
    expect((await app.inject({ method: 'POST', url: '/events' })).body).toBe('taken');
    expect((await app.inject({ method: 'GET', url: '/units/01/children' })).body).toBe('children');
    expect((await app.inject({ method: 'GET', url: '/elsewhere' })).statusCode).toBe(404);
  });
});
