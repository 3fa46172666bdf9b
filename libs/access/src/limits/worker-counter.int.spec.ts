/** The thread that counts in Redis, as it was compiled: what two processes share of a limit, and what is left of it without Redis. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '#service';
import { eventually, freePort, needed } from '../../../../test/kit/installation.js';
import { TcpProxy } from '../../../../test/kit/tcp-proxy.js';
import type { Principal } from '../principal.js';
import { RateLimits } from './rate-limits.js';
import { WorkerCounter } from './worker-counter.js';

const file = join(process.cwd(), 'dist/libs/access/src/limits/rate-counter.worker.js');
const key: Principal = { id: 'k', name: '', kind: 'key', roles: ['reporter'], unit: '00004' };
const LIMIT = 20;

interface Process {
  readonly limits: RateLimits;
  isShared: boolean;
}

describe('rate limits in Redis', () => {
  let proxy: TcpProxy;
  let processes: Process[] = [];
  beforeAll(async () => {
    proxy = await TcpProxy.open(await freePort(), Math.random);
    proxy.targetPort = Number(new URL(needed('REDIS_URL')).port);
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ limits }) => limits.close()));
    processes = [];
    await proxy.mend();
  });
  afterAll(() => proxy.close());

  const started = (prefix: string): Process => {
    const settings = { url: `redis://127.0.0.1:${proxy.port}`, prefix };
    const counter = new WorkerCounter(file, settings, createLogger('test', 'silent'), (isShared) => {
      process.isShared = isShared;
    });
    const limited = { caller: { least: LIMIT, each: 0 }, signIns: 0, failures: 0 };
    const process: Process = {
      limits: new RateLimits(limited, counter, () => undefined, Date.now),
      isShared: false,
    };
    processes.push(process);
    return process;
  };
  const twoProcesses = async (): Promise<Process[]> => {
    const prefix = `test${randomBytes(4).toString('hex')}`;
    const both = [started(prefix), started(prefix)];
    await eventually(
      () => Promise.resolve(both.every(({ isShared }) => isShared)),
      (isTrue) => isTrue,
    );
    return both;
  };
  const isLetIn = ({ limits }: Process): boolean => limits.refusal(key) === undefined;
  const letIn = (process: Process, times: number): number =>
    Array.from({ length: times }, () => isLetIn(process)).filter(Boolean).length;

  it('are one for all processes, and over when the window is', async () => {
    const [first, second] = await twoProcesses();
    expect(letIn(first, LIMIT - 1)).toBe(LIMIT - 1);
    await sleep(400);
    // It learns of the others with the first answer to its own.
    expect(letIn(second, 1)).toBe(1);
    await sleep(400);
    expect([isLetIn(second), isLetIn(first)]).toEqual([false, true]);
    await sleep(400);
    expect(isLetIn(first)).toBe(false);
    await sleep(9_500);
    expect([isLetIn(second), isLetIn(first)]).toEqual([true, true]);
  });

  it('let in without Redis what each process alone may let in, and are one again when it is back', async () => {
    const [first, second] = await twoProcesses();
    expect(letIn(first, 5)).toBe(5);
    await sleep(300);
    await proxy.cut();
    await eventually(
      () => Promise.resolve(first.isShared || second.isShared),
      (isTrue) => !isTrue,
    );
    for (const process of [first, second]) {
      const rounds: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        rounds.push(letIn(process, 3 * LIMIT));
        await sleep(300);
      }
      expect(rounds.reduce((all, each) => all + each)).toBe(LIMIT);
      expect(rounds.at(-1)).toBe(0);
    }
    await proxy.mend();
    await eventually(
      () => Promise.resolve(first.isShared && second.isShared),
      (isTrue) => isTrue,
    );
    await sleep(10_500);
    expect(letIn(first, LIMIT)).toBe(LIMIT);
    await sleep(400);
    letIn(second, 1);
    await sleep(400);
    expect(isLetIn(second)).toBe(false);
  });
});
