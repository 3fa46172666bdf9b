import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { windowIndex } from '#domain';
import { issueSummary } from './summary-run.js';

const window = windowIndex('2026-Q1') as number;
const ID = 'VN-2026-Q1-r1';
type Answer = object | number | 'hang up';
const pending = (what: string, left: number | null) => ({ status: 'pending', waiting: { for: what, left } });
const issued = { status: 'issued' };

describe('waiting for a summary', () => {
  let server: Server;
  let asked: string[];
  let answers: Answer[];
  const said: string[] = [];
  const url = () => `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  beforeEach(async () => {
    asked = [];
    said.length = 0;
    server = createServer(({ method, url: path }, response) => {
      asked.push(`${method} ${path}`);
      // The last answer stands.
      give(answers.length > 1 ? (answers.shift() as Answer) : answers[0], response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const give = (answer: Answer, response: ServerResponse): void => {
    if (answer === 'hang up') response.destroy();
    else if (typeof answer === 'number') response.writeHead(answer).end('{"title":"a problem"}');
    else response.writeHead('id' in answer ? 202 : 200).end(JSON.stringify(answer));
  };
  const wait = (signal = new AbortController().signal) =>
    issueSummary(url(), window, { say: (line) => said.push(line), signal, lookMs: 1, sayMs: 0 });

  it('goes on while it is pending, and says what for and how far', async () => {
    const steps = [pending('check stage', 1_200), pending('check stage', 1_200), pending('projection', 7)];
    answers = [{ id: ID }, { status: 'pending' }, ...steps, pending('rebuild', null), issued];
    expect(await wait()).toBe(ID);
    expect(said).toEqual([
      `Báo cáo ${ID} đang chờ: còn 1.200 sự kiện (check stage) / waiting for the check stage: 1.200 left`,
      `Báo cáo ${ID} đang chờ: còn 7 bản ghi (projection) / waiting for the projection: 7 left`,
      `Báo cáo ${ID} đang chờ (rebuild) / waiting for: rebuild`,
    ]);
    expect(asked.filter((each) => each === 'POST /v1/summaries')).toHaveLength(1);
  });

  it.each<Answer>([503, 'hang up'])(
    'goes on while the dashboard does not answer (%s), in asking and in looking',
    async (away) => {
      answers = [away, away, { id: ID }, away, issued];
      expect(await wait()).toBe(ID);
      expect(said).toEqual(['Đang chờ bảng điều hành… / waiting for the dashboard to answer']);
    },
  );

  it('has no end of its own, and ends by a person', async () => {
    answers = [{ id: ID }, pending('cut-off', null)];
    const interruption = new AbortController();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'setTimeout', 'performance'], now: 0 });
    const waiting = wait(interruption.signal);
    try {
      while (asked.length < 20) await new Promise(setImmediate);
      jest.setSystemTime(86_400_000);
      while (asked.length < 40) await new Promise(setImmediate);
    } finally {
      jest.useRealTimers();
    }
    interruption.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends with a summary that failed, and with a request that is refused', async () => {
    answers = [{ id: ID }, { status: 'failed', error: 'NEWER_DOCUMENT' }];
    await expect(wait()).rejects.toThrow(`summary ${ID} failed: NEWER_DOCUMENT`);
    answers = [409];
    await expect(wait()).rejects.toThrow('the dashboard answered 409');
  });
});
