/** Identities and the lock that rests on them: a pid that was used again is never taken for the process that was recorded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.js';
import { end, identify, isAlive } from './process.js';

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
