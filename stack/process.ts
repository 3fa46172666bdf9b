/**
 * Processes by identity: a pid together with the moment its process began.
 *
 * A pid alone is not safe to signal: after a crash or a reboot it may belong to somebody else. Every signal here is sent
 * only while the pid still has the start time that was recorded, so nothing that the stack did not start is ever ended.
 * A zombie counts as gone: it holds no port, file or lock any more.
 */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './site.js';

export interface Identity {
  pid: number;
  /** Opaque; equal only for the same process of the same boot. */
  started: string;
}

export interface Launch {
  command: string;
  args: string[];
  logFile: string;
  env?: Record<string, string>;
}

const startedOnLinux = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command name, in brackets, may itself hold blanks and brackets; the numbered fields follow the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
};

const startedByPs = (pid: number): string | undefined => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'latin1' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
};

/** The identity of a running process, or undefined when there is none of that pid. */
export const identify = (pid: number): Identity | undefined => {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
};

export const isAlive = (identity: Identity | undefined): identity is Identity =>
  identity !== undefined && identify(identity.pid)?.started === identity.started;

/** Starts a program in a session of its own, so that Ctrl-C in a terminal does not reach it; its output goes to a file. */
export const launch = ({ command, args, logFile, env = {} }: Launch): Identity => {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    // A program that cannot be run has no pid and says so in an event; the throw below reports it.
    child.on('error', () => undefined);
    child.unref();
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity === undefined) throw new StackError('START_FAILED', `${command} could not be started`);
    return identity;
  } finally {
    closeSync(log);
  }
};

/** So much nicer than it was started is a server that gives way. */
const NICER = 5;
/** Linux takes such a change from one user ten times a second. */
const AGAIN_MS = 150;
const ATTEMPTS = 5;

/**
 * Lets others go first where processors are short. To be called before the program has threads of its own.
 *
 * Linux shares the processors between sessions before it looks at priorities (sched(7), autogroup), and what `launch` starts has a session
 * of its own: so it is said of the session as well. Where a system knows of neither, nothing changes.
 */
export const giveWay = async ({ pid }: Identity): Promise<void> => {
  try {
    setPriority(pid, Math.min(getPriority() + NICER, constants.priority.PRIORITY_LOW));
    for (let attempt = 1; !saidOfSession(pid) && attempt < ATTEMPTS; attempt += 1) await sleep(AGAIN_MS);
  } catch {
    // It has ended already, which whoever waits for it sees; or the system has none of this.
  }
};

/** False where it is too soon after another. */
const saidOfSession = (pid: number): boolean => {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(NICER));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
    throw error;
  }
};

const signal = (identity: Identity, name: NodeJS.Signals): void => {
  try {
    if (isAlive(identity)) process.kill(identity.pid, name);
  } catch {
    // It ended between the look and the signal.
  }
};

const goneWithin = async (identity: Identity, milliseconds: number): Promise<boolean> => {
  const deadline = Date.now() + milliseconds;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
};

/** Ends a process: asks, waits `graceMs`, then forces. Resolves once it is gone. */
export const end = async (identity: Identity | undefined, graceMs = 20_000): Promise<void> => {
  if (!isAlive(identity)) return;
  signal(identity, 'SIGTERM');
  if (await goneWithin(identity, graceMs)) return;
  signal(identity, 'SIGKILL');
  await goneWithin(identity, 5_000);
};
