import { connect } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { traceBy, tracing, type BegunRequest, type TracedRequest } from '#tracing';
import { causeOf, traceRequests } from './http-traces.js';

/** Keeps the requests that say `traceparent: keep`. */
class KeptRequests {
  readonly begun: BegunRequest[] = [];
  readonly ended: (number | undefined)[] = [];
  isWithin = false;

  readonly request = (request: BegunRequest): TracedRequest | undefined => {
    this.begun.push(request);
    if (request.traceparent !== 'keep') return undefined;
    return {
      cause: request,
      within: (work) => {
        this.isWithin = true;
        const result = work();
        this.isWithin = false;
        return result;
      },
      end: (status) => this.ended.push(status),
    };
  };
}

describe('a request that is traced', () => {
  let app: FastifyInstance;
  let kept: KeptRequests;
  let handled: { isWithin: boolean; cause: unknown } | undefined;
  let until: Promise<void> | undefined;
  beforeEach(async () => {
    kept = new KeptRequests();
    handled = until = undefined;
    traceBy({ ...tracing(), request: kept.request });
    app = fastify();
    traceRequests(app);
    app.get('/healthz', () => 'ok');
    app.post('/units/:code', async (request, reply) => {
      handled = { isWithin: kept.isWithin, cause: causeOf(request) };
      await until;
      return reply.status(202).send('taken');
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => app.close());

  const address = () => app.server.address() as { port: number };
  const post = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${address().port}/units/00004?who=me`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: 'x'.repeat(100_000),
    });
  const ended = async () => {
    for (let n = 0; n < 200 && kept.ended.length === 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    return kept.ended;
  };

  it('is told by its route and path, handled within its span, and ends with its status', async () => {
    await post({ traceparent: 'keep', tracestate: 'a=b' });
    const [begun] = kept.begun;
    expect(begun).toEqual({
      method: 'POST',
      route: '/units/:code',
      path: '/units/00004',
      scheme: 'http',
      traceparent: 'keep',
      tracestate: 'a=b',
    });
    expect(handled).toEqual({ isWithin: true, cause: begun });
    expect(await ended()).toEqual([202]);
  });

  it('has no cause where it is not kept', async () => {
    expect((await post({})).status).toBe(202);
    expect(handled).toEqual({ isWithin: false, cause: undefined });
    expect(kept.ended).toEqual([]);
  });

  it('is none where it is a probe', async () => {
    await fetch(`http://127.0.0.1:${address().port}/healthz`, { headers: { traceparent: 'keep' } });
    expect(kept.begun).toEqual([]);
  });

  it('ends without a status where the other side goes away before the answer', async () => {
    let answer = (): void => undefined;
    until = new Promise((resolve) => {
      answer = resolve;
    });
    const socket = connect(address().port, '127.0.0.1');
    socket.write('POST /units/00004 HTTP/1.1\r\nhost: x\r\ntraceparent: keep\r\ncontent-length: 0\r\n\r\n');
    for (let n = 0; n < 200 && handled === undefined; n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    expect(await ended()).toEqual([undefined]);
    answer();
  });
});

test('a process that is not traced has no hook for it', () => {
  traceBy({ ...tracing(), request: undefined });
  const addHook = jest.fn();
  traceRequests({ addHook });
  expect(addHook).not.toHaveBeenCalled();
});
