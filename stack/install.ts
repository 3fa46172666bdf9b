/**
 * Getting programs that are missing: Maven jars, a Python environment, a Debian package, a Rust server.
 *
 * Whatever takes longer than a moment says what it is doing every few seconds. Concurrent installs of one checkout wait for
 * each other, and an interrupted one leaves nothing that looks finished. What cannot be had ends in a message that says
 * what to install instead.
 */
import { spawn } from 'node:child_process';
import { accessSync, appendFileSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.js';
import { StackError, type Environment, type Site } from './site.js';

const heartbeatMs = 5_000;

/** The way out that needs nothing of the above. */
export const orCompose =
  'or run `docker compose up` and set KAFKA_BROKERS, MONGODB_URI and REDIS_URL to what it serves';

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first executable of that name in the PATH, then in the given folders. */
export const findProgram = (name: string, env: Environment, folders: string[] = []): string | undefined =>
  [...(env['PATH'] ?? '').split(delimiter), ...folders]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram);

/** Runs one step to its end with a progress line now and then; its whole output is kept in a log beside the cache. */
export const runStep = (
  site: Site,
  title: string,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<void> =>
  new Promise((resolve, reject) => {
    mkdirSync(site.cache, { recursive: true });
    const log = join(site.cache, 'install.log');
    const began = Date.now();
    const seconds = (): string => `${Math.round((Date.now() - began) / 1000)} s`;
    let tail = '';
    site.progress(`${title} ...`);
    appendFileSync(log, `\n# ${title}: ${command} ${args.join(' ')}\n`);
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const take = (chunk: Buffer): void => {
      appendFileSync(log, chunk);
      tail = (tail + chunk.toString('utf8')).slice(-2_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const beat = setInterval(() => {
      const lastLine =
        tail
          .trimEnd()
          .split(/[\r\n]+/)
          .at(-1) ?? '';
      site.progress(`${title} ... ${seconds()}  ${lastLine.trim().slice(0, 100)}`);
    }, heartbeatMs);
    child.once('error', (cause) => tail === '' && (tail = cause.message));
    child.once('close', (status) => {
      clearInterval(beat);
      if (status === 0) return resolve(site.progress(`${title}: done in ${seconds()}`));
      reject(new StackError('INSTALL_FAILED', `${title} failed (log: ${log})\n${tail.trimEnd()}`));
    });
  });

/** One install at a time for a checkout; `have` is asked again once it is our turn. */
export const installOnce = async <T>(
  site: Site,
  have: () => T | undefined,
  install: () => Promise<void>,
): Promise<T> => {
  const already = have();
  if (already !== undefined) return already;
  return withLock(
    join(site.cache, 'install.lock'),
    (pid) => site.progress(`waiting for the installation that process ${pid} is doing`),
    async () => {
      if (have() === undefined) await install();
      const result = have();
      if (result === undefined) throw new StackError('INSTALL_FAILED', 'an installation ended without its result');
      return result;
    },
  );
};

const policyFile = '/usr/sbin/policy-rc.d';

/** Installs a Debian package without starting the service that comes with it. */
const aptInstall = async (site: Site, debianPackage: string): Promise<void> => {
  let ours = false;
  try {
    writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
    ours = true;
  } catch {
    // The machine has a policy of its own (as container images do); it stays in force.
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', debianPackage];
  try {
    await runStep(site, 'apt-get update', 'apt-get', ['update'], env);
    await runStep(site, `apt-get install ${debianPackage}`, 'apt-get', install, env);
  } finally {
    if (ours) rmSync(policyFile, { force: true });
  }
};

/** Installs from Debian where the user may; otherwise an error that says what to install. Takes no lock. */
export const installDebian = async (site: Site, missing: string, debianPackage: string): Promise<void> => {
  if (process.getuid?.() === 0 && findProgram('apt-get', site.env) !== undefined) {
    return aptInstall(site, debianPackage);
  }
  throw new StackError(
    'NOT_INSTALLED',
    `${missing} was not found: install it (Debian, Ubuntu: \`sudo apt-get install ${debianPackage}\`) ${orCompose}`,
  );
};

/** The program of that name, installed first where that is possible. */
export const requireProgram = (site: Site, name: string, debianPackage: string): Promise<string> =>
  installOnce(
    site,
    () => findProgram(name, site.env),
    () => installDebian(site, name, debianPackage),
  );
