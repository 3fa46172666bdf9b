/** Identities and the lock that rests on them: a pid that was used again is never taken for the process that was recorded. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.js';
import { end, giveWay, identify, isAlive, launch, type Identity } from './process.js';

const us = identify(process.pid);
const anotherLifeOfOurPid = { pid: process.pid, started: 'another life' };
const nobody = (): void => undefined;

describe('an identity', () => {
  it('is alive while its process is', () => {
    expect(isAlive(us)).toBe(true);
  });

  it('is dead when its pid belongs to another process by now', () => {
    expect(isAlive(anotherLifeOfOurPid)).toBe(false);
  });

  it('is not signalled when its pid belongs to another process by now', async () => {
    const kill = jest.spyOn(process, 'kill');
    await end(anotherLifeOfOurPid, 0);
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });
});

describe('a program that gives way', () => {
  let folder: string;
  let started: Identity;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tonghop-process-test-'));
    started = launch({ command: 'sleep', args: ['60'], logFile: join(folder, 'log') });
  });
  afterEach(async () => {
    await end(started);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is nicer than who started it', async () => {
    await giveWay(started);
    expect(getPriority(started.pid)).toBe(Math.min(getPriority() + 5, 19));
  });

  const session = (pid: number) => `/proc/${pid}/autogroup`;
  (existsSync(session(process.pid)) ? it : it.skip)('is nicer as a session too', async () => {
    const other = launch({ command: 'sleep', args: ['60'], logFile: join(folder, 'log') });
    try {
      await Promise.all([giveWay(started), giveWay(other)]);
      for (const { pid } of [started, other]) expect(readFileSync(session(pid), 'utf8')).toContain('nice 5');
    } finally {
      await end(other);
    }
  });

  it('may have ended already', async () => {
    await end(started);
    await expect(giveWay(started)).resolves.toBeUndefined();
  });
});

describe('the lock', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tonghop-lock-test-'));
    file = join(folder, 'a.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (inside += 1));
      await sleep(5);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, nobody, work)));
    expect(most).toBe(1);
  });

  it('is taken over from a holder that died', async () => {
    writeFileSync(file, JSON.stringify(anotherLifeOfOurPid));
    expect(await withLock(file, nobody, async () => 'in')).toBe('in');
  });

  it('is given back by work that fails', async () => {
    await expect(withLock(file, nobody, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(file, nobody, async () => 'in')).toBe('in');
  });
});
