import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestCase } from './request-case.js';
import { Sender } from './sender.js';
import { answerFaults, bookFaults, HTTP, LATE_MS } from './verdict.js';

const request: RequestCase = {
  name: 'request:1',
  service: 'intake',
  method: 'POST',
  path: '/v1/events',
  headers: {},
  events: 2,
};
const rejected = (index: number) => ({ index, id: null, code: 'SCHEMA', pointer: '', detail: '' });
const answer = (fields: object, status = 202, type = 'application/json') => ({
  status,
  type,
  ms: 1,
  body: JSON.stringify(fields),
});

describe('the verdict on an answer', () => {
  it('finds nothing in a good one', () => {
    expect(answerFaults(request, answer({ received: 2, accepted: 1, rejected: [rejected(1)] }))).toEqual([]);
    const problem = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' };
    expect(answerFaults(request, answer(problem, 415, 'application/problem+json'))).toEqual([]);
  });

  it.each([
    ['a handler that threw', answer({ status: 500 }, 500, 'application/problem+json')],
    ['no answer', 'no answer: socket hang up'],
    ['a late one', { ...answer({ received: 2, accepted: 2, rejected: [] }), ms: LATE_MS + 1 }],
    ['an event that is neither accepted nor refused', answer({ received: 2, accepted: 1, rejected: [] })],
    ['an event that was never read', answer({ received: 1, accepted: 1, rejected: [] })],
    ['an event refused twice', answer({ received: 2, accepted: 0, rejected: [rejected(1), rejected(1)] }, 422)],
    ['nothing accepted, and said to be', answer({ received: 2, accepted: 0, rejected: [rejected(0), rejected(1)] })],
    ['a fault that is no problem', answer({}, 400, 'text/html')],
    ['a problem of another status', answer({ status: 400 }, 404, 'application/problem+json')],
    ['nothing said', answer({})],
  ])('finds %s', (_what, given) => expect(answerFaults(request, given)).not.toEqual([]));
});

describe('the books', () => {
  const place = 'events|0|7';
  const balanced = {
    accepted: 3,
    refused: 1,
    records: 2,
    events: 5,
    refusedPlaces: new Set([place]),
    rejections: [HTTP, place],
  };

  it('balance', () => expect(bookFaults(balanced)).toEqual([]));

  it.each([
    ['a refusal of a record that was dropped', { rejections: [HTTP] }],
    ['a refusal over HTTP that was dropped', { rejections: [place] }],
    ['a refusal that stands twice', { rejections: [HTTP, place, place] }],
    ['a refusal of what is good', { rejections: [HTTP, place, 'events|0|8'] }],
    ['an accepted event that is not in the topic', { events: 4 }],
    ['an event that nobody sent', { events: 6 }],
  ])('show %s', (_what, wrong) => expect(bookFaults({ ...balanced, ...wrong })).not.toEqual([]));
});

describe('the sender', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const sentTo = async (listener: RequestListener): Promise<Sender> => {
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sender = new Sender({ intake: address, dashboard: address });
    const cases = [1, 2, 3].map((n) => ({ ...request, name: `request:${n}`, body: Buffer.from(`${n}`) }));
    await sender.sendAll(cases.values());
    sender.close();
    return sender;
  };

  const good = JSON.stringify({ received: 2, accepted: 1, rejected: [rejected(0)] });
  const answering =
    (one: RequestListener): RequestListener =>
    (incoming, response) => {
      incoming.once('data', (body: Buffer) => {
        if (String(body) === '2') one(incoming, response);
        else response.writeHead(202, { 'content-type': 'application/json' }).end(good);
      });
    };

  it('adds up what was said', async () => {
    const sender = await sentTo(answering((_incoming, response) => response.writeHead(202).end(good)));
    expect(sender).toMatchObject({ sent: 3, accepted: 3, refused: 3, faulty: [] });
  });

  it.each<[string, RequestListener, string]>([
    ['throws', (_incoming, response) => response.writeHead(500).end(), 'answered 500'],
    ['hangs up', (incoming) => incoming.socket.destroy(), 'no answer'],
  ])('names the one request at which a handler %s', async (_what, listener, fault) => {
    const sender = await sentTo(answering(listener));
    expect(sender.faulty.map(({ request: { name } }) => name)).toEqual(['request:2']);
    expect(sender.faulty[0].faults.join()).toContain(fault);
  });
});
