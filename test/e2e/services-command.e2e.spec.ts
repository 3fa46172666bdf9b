/** `npm run services`, as an operator or a supervisor of processes runs it: by npm, ended by SIGTERM to npm. */
import { spawn } from 'node:child_process';
import { getPriority } from 'node:os';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('npm run services', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('');
  });
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends) end();
    await it_.stop();
  });

  it('runs each service at its priority, drains and stops all when npm is told to stop, and npm ends with 0', async () => {
    const args = ['run', 'services', '--', '--only', 'check,dashboard', '--copies', 'check=1'];
    const npm = spawn('npm', args, { env: { ...process.env, ...it_.env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => npm.once('exit', resolve));
    let said = '';
    ends.push(() => npm.kill('SIGTERM'));
    const pids = await new Promise<number[]>((resolve) => {
      npm.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const up = /services are up: (.*)\n/.exec(said);
        if (up !== null) resolve([...up[1].matchAll(/ (\d+)/g)].map(([, pid]) => Number(pid)));
      });
    });
    expect(pids).toHaveLength(2);
    const [check, dashboard] = pids;
    // Whom somebody waits for goes first.
    expect(getPriority(check) - getPriority(dashboard)).toBe(10);
    expect(getPriority(dashboard)).toBe(getPriority());
    npm.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
