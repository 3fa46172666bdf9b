/** Limits over the services as they run: who has used up what he may waits, everybody else goes on, and nothing is lost or counted twice. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueKey } from '../../cli/access-keys.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { anEvent } from '../kit/builders.js';
import { freePort, startInstallation, type TestInstallation } from '../kit/installation.js';

const BATCH = 'application/cloudevents-batch+json';
const env = {
  INTAKE_EVENTS_PER_10_S: '30',
  INTAKE_EVENTS_PER_10_S_EACH: '0',
  DASHBOARD_REQUESTS_PER_10_S: '20',
  DASHBOARD_REQUESTS_PER_10_S_EACH: '0',
  SIGN_INS_PER_10_S: '5',
  STREAMS_PER_KEY: '3',
};

describe('limits', () => {
  let it_: TestInstallation;
  let others: Supervisor;
  let other: string;
  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', { env });
    const port = await freePort();
    other = `http://127.0.0.1:${port}`;
    const root = process.cwd();
    others = new Supervisor(
      {
        root,
        env: { ...it_.env, INTAKE_PORT: String(port) },
        say: () => undefined,
        logDir: join(root, '.local', 'test-logs', it_.config.TOPIC_PREFIX, 'other'),
      },
      copiesOf('intake'),
    );
    await others.start();
  });
  afterAll(async () => {
    await others?.stop();
    await it_?.stop();
  });

  const keyOf = async (role: 'reporter' | 'analyst', unit: string): Promise<Record<string, string>> => {
    const { token } = await issueKey(it_, it_.env, { role, unit, days: 1, name: 'limits' });
    // The services have it within a second.
    await sleep(1_000);
    return { authorization: `Bearer ${token}` };
  };
  /** Events of a batch of five, of as many months of a commune. */
  const batchOf = (unit: string, revision: number) =>
    Array.from({ length: 5 }, (_, month) =>
      anEvent({ id: `${unit}-${revision}-${month}`, data: { unit, period: `2026-0${month + 1}`, revision } }),
    );
  const send = async (intake: string, key: Record<string, string>, unit: string, revision: number): Promise<Response> =>
    fetch(`${intake}/v1/events`, {
      method: 'POST',
      headers: { ...key, 'content-type': BATCH },
      body: JSON.stringify(batchOf(unit, revision)),
    });
  const ask = (key: Record<string, string>, path = '/v1/rollups?unit=00004&window=2026-03') =>
    fetch(`${it_.dashboard}${path}`, { headers: key });

  it('of the intake hold for a key at all processes together; another one goes on; then it is let in again', async () => {
    const [key, another] = [await keyOf('reporter', '00004'), await keyOf('reporter', '00008')];
    let accepted = 0;
    let refused: Response | undefined;
    let revision = 0;
    const began = Date.now();
    while (refused === undefined && Date.now() - began < 5_000) {
      const response = await send(revision % 2 === 0 ? it_.intake : other, key, '00004', (revision += 1));
      if (response.status === 202) accepted += 1;
      else refused = response;
      await sleep(150);
    }
    expect(refused?.status).toBe(429);
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused?.json()).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    // Thirty events, and what two processes take before they know of each other.
    expect(accepted).toBeGreaterThanOrEqual(6);
    expect(accepted).toBeLessThanOrEqual(8);
    expect((await send(other, another, '00008', 1)).status).toBe(202);
    const pause = Number(refused?.headers.get('retry-after'));
    expect(pause).toBeGreaterThan(0);
    expect(pause).toBeLessThanOrEqual(10);
    await sleep(pause * 1_000);
    expect((await send(it_.intake, key, '00004', 100)).status).toBe(202);
    await it_.drained();
    const months = [...(await it_.rollups()).entries()].filter(([id]) => /^00004\|2026-\d\d\|/.test(id));
    expect(months.map(([, { reporting }]) => reporting?.reported)).toEqual([1, 1, 1, 1, 1]);
  });

  it('of the dashboard hold for a key and for all of its unit; health is told to anybody', async () => {
    const [first, second, third] = [
      await keyOf('analyst', '01'),
      await keyOf('analyst', '01'),
      await keyOf('analyst', '01'),
    ];
    const elsewhere = await keyOf('analyst', '00004');
    const statuses = async (key: Record<string, string>, times: number) =>
      (await Promise.all(Array.from({ length: times }, () => ask(key)))).map(({ status }) => status);
    const letIn = (all: number[]) => all.filter((status) => status === 200).length;
    expect(letIn(await statuses(first, 30))).toBe(20);
    expect(letIn(await statuses(second, 30))).toBe(20);
    const [refused] = [await ask(third)];
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await ask(elsewhere)).status).toBe(200);
    expect((await fetch(`${it_.dashboard}/healthz`)).status).toBe(200);
    await sleep(Number(refused.headers.get('retry-after')) * 1_000);
    expect((await ask(first)).status).toBe(200);
  });

  it('of signing in hold for an address', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1)
      statuses.push((await fetch(`${it_.dashboard}/sign-in/callback?code=x`, { redirect: 'manual' })).status);
    expect(statuses).toEqual([...Array(5).fill(403), ...Array(3).fill(429)]);
  });

  it('of streams let a key have so many open, and another one when one is closed', async () => {
    const key = await keyOf('analyst', '04');
    const open = async () => {
      const ending = new AbortController();
      const { status, headers } = await fetch(`${it_.dashboard}/v1/stream?unit=04`, {
        headers: key,
        signal: ending.signal,
      });
      return { status, pause: headers.get('retry-after'), end: () => ending.abort() };
    };
    const opened = [await open(), await open(), await open(), await open()];
    expect(opened.map(({ status, pause }) => [status, pause])).toEqual([
      [200, null],
      [200, null],
      [200, null],
      [429, '5'],
    ]);
    opened[0].end();
    await sleep(300);
    const next = await open();
    expect(next.status).toBe(200);
    for (const { end } of [...opened, next]) end();
  });

  it('are seen in the metrics by reason, and that they are shared', async () => {
    const metrics = async (service: string) =>
      (await fetch(`${service}/metrics`, { headers: { authorization: `Bearer ${it_.keys.operator}` } })).text();
    const [intake, dashboard] = [await metrics(it_.intake), await metrics(it_.dashboard)];
    expect(intake).toMatch(/^tonghop_limits_shared 1$/m);
    expect(dashboard).toMatch(/^tonghop_limited_requests_total\{reason="key"\} [1-9]/m);
    expect(dashboard).toMatch(/^tonghop_limited_requests_total\{reason="unit"\} [1-9]/m);
    expect(dashboard).toMatch(/^tonghop_limited_requests_total\{reason="address"\} 3$/m);
    expect(dashboard).toMatch(/^tonghop_limited_requests_total\{reason="streams"\} 1$/m);
  });
});
