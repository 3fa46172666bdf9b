/** One run from beginning to end: a ground, what happens on it, its checks, its report, its exit status. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitedLater } from '#promises';
import { Checks } from './checks.js';
import { Ground, type GroundOptions } from './ground.js';

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** Takes everything down at the end, also when the run fails or somebody ends it. Returns the exit status. */
export const onGround = async (
  what: string,
  options: Omit<GroundOptions, 'root' | 'say'>,
  run: (ground: Ground, checks: Checks) => Promise<void>,
): Promise<number> => {
  const checks = new Checks(say);
  const interrupted = awaitedLater(untilSignal());
  const ground = await Ground.open({ ...options, root: process.cwd(), say });
  try {
    await Promise.race([run(ground, checks), interrupted]);
  } catch (error) {
    checks.note('the run came to its end', [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  } finally {
    const stoppedWell = await ground.close(checks.failed > 0);
    checks.note('every service drained and stopped well', stoppedWell ? [] : ['one did not: see its log']);
  }
  say(checks.sum(what));
  return checks.failed === 0 ? 0 : 1;
};

/** Rejects when somebody wants the command to end: what it started is then taken down before it does. */
const untilSignal = (): Promise<never> => {
  const ending = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => reject(new Error(`ended by ${signal}`)));
    }
  });
  return ending;
};

/** Writes `.local/chaos/NAME.json`. */
export const keepReport = (name: string, results: Readonly<Record<string, unknown>>): void => {
  const folder = join(process.cwd(), '.local', 'chaos');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...results }, null, 2)}\n`);
  say(`report: ${file}`);
};
