import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpSender } from './publish-http.js';

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** An intake that answers what it is told to, and remembers what it was sent. */
class Intake {
  readonly requests: string[] = [];
  private readonly server: Server;

  constructor(private readonly answer: (body: string, nth: number, type: string) => Answer) {
    this.server = createServer((request, response) => {
      this.take(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.requests.push(body);
    const [status, answer, headers] = this.answer(body, this.requests.length, request.headers['content-type'] ?? '');
    response.writeHead(status, headers).end(JSON.stringify(answer));
  }
}

const patience = { turnedAwayMs: 1_000, unanswered: 3, pauseMs: 5 };
const line = (number: number, text: string) => ({ number, bytes: Buffer.from(text) });
const accepted = (received: number): Answer => [202, { received, accepted: received, rejected: [] }];

describe('publishing over HTTP', () => {
  let intake: Intake;
  afterEach(() => intake.close());
  const send = async (
    lines: ReturnType<typeof line>[],
    answer: (body: string, nth: number, type: string) => Answer,
  ) => {
    intake = new Intake(answer);
    return httpSender(await intake.listen(), 'th_key', patience).send(lines);
  };

  it('names what is refused by its line', async () => {
    const rejected = [{ index: 1, code: 'SCHEMA', detail: 'why' }];
    const refused = await send([line(3, '{"a":1}'), line(7, '{"b":2}')], () => [
      202,
      { received: 2, accepted: 1, rejected },
    ]);
    expect(refused).toEqual([{ line: 7, code: 'SCHEMA', detail: 'why' }]);
    expect(intake.requests).toEqual(['[{"a":1},{"b":2}]']);
  });

  it('sends what is no JSON alone, for it could take others with it', async () => {
    const bad: Answer = [400, { received: 1, accepted: 0, rejected: [{ index: 0, code: 'MALFORMED_JSON' }] }];
    const lines = [line(1, '{"a":1}'), line(2, '{"b":2},{"c":3}'), line(3, '"'), line(4, '{"d":4}')];
    const refused = await send(lines, (body) => (body.startsWith('[') ? accepted(2) : bad));
    expect(refused.map(({ line: number, code }) => [number, code])).toEqual([
      [2, 'MALFORMED_JSON'],
      [3, 'MALFORMED_JSON'],
    ]);
    expect(intake.requests).toEqual(['[{"a":1},{"d":4}]', '{"b":2},{"c":3}', '"']);
  });

  it.each([400, 413, 415])(
    'halves a batch that is answered %d, until what is at fault stands alone',
    async (status) => {
      const lines = Array.from({ length: 9 }, (_, n) => line(n + 1, n === 5 ? '{"bad":1}' : `{"n":${n}}`));
      const refused = await send(lines, (body) =>
        body.includes('bad') ? [status, { code: 'WHY', detail: 'so' }] : accepted(body.split('},{').length),
      );
      expect(refused).toEqual([{ line: 6, code: 'WHY', detail: 'so' }]);
      const taken = intake.requests.filter((body) => !body.includes('bad')).join('');
      for (const { number, bytes } of lines) if (number !== 6) expect(taken).toContain(bytes.toString());
    },
  );

  it('comes again when it was turned away, after the pause that was asked for', async () => {
    const startedAt = Date.now();
    const away = (nth: number): Answer =>
      nth === 1 ? [429, {}, { 'retry-after': '0.1' }] : [503, {}, { 'retry-after': new Date().toUTCString() }];
    expect(await send([line(1, '{}')], (_body, nth) => (nth < 3 ? away(nth) : accepted(1)))).toEqual([]);
    expect(intake.requests).toHaveLength(3);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(95);
  });

  it('gives up when it is turned away for too long, and where a person has to look', async () => {
    await expect(send([line(1, '{}')], () => [503, {}])).rejects.toThrow('still turns everything away: 503');
    intake.close();
    await expect(send([line(1, '{}')], () => [401, { title: 'who are you' }])).rejects.toThrow('answered 401');
  });

  it('says that there is no answer, after a few tries', async () => {
    intake = new Intake(() => accepted(1));
    const url = await intake.listen();
    intake.close();
    await expect(httpSender(url, undefined, patience).send([line(1, '{}')])).rejects.toThrow(
      /no answer from the intake.*ECONNREFUSED/,
    );
  });
});
