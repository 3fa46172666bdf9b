/**
 * `npm test [-- JEST ARGS]`: starts a stack of its own, runs every test against it, stops what it started. Runs beside each other name
 * their stacks (`TEST_STACK`).
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stackDown, stackUp } from '#stack';
import { ensureChromium } from './chromium.js';

export const testCommand = async (args: string[]): Promise<number> => {
  const root = process.cwd();
  const options = {
    root,
    dir: join(root, '.local', process.env.TEST_STACK ?? 'test-stack'),
    database: 'tonghop_test',
    ownerPid: process.pid,
  };
  ensureChromium();
  const addresses = await stackUp(options);
  try {
    return await jest({ ...process.env, ...addresses, TEST_STACK_DIR: options.dir }, args);
  } finally {
    await stackDown(options);
  }
};

const jest = (env: NodeJS.ProcessEnv, args: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', '--runInBand', ...args], {
      env,
      stdio: 'inherit',
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
