/**
 * The guard: a small process that outlives the stack's owners and then takes the servers down.
 *
 * An owner killed by -9 runs no handler, so somebody else has to notice. The guard is an inline script, because under jest
 * only TypeScript sources exist and a child could not load them. It looks twice a second, keeps to the rules of
 * `process.ts` (a pid counts only with its start time) and `lock.ts` (it acts only while it holds the stack's lock), and
 * ends by itself when the stack is to stay or another guard has been named.
 */
import type { Identity } from './process.js';
import { end, isAlive, launch } from './process.js';
import { logFileOf, type Site } from './site.js';
import { lockFileOf, stateFileOf, type StackState } from './state.js';

const script = `
const fs = require('node:fs');
const [stateFile, lockFile] = process.argv.slice(1);
const read = (file) => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return undefined; } };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const startedOf = (pid) => {
  try {
    if (process.platform !== 'linux') {
      const ps = require('node:child_process').execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
      const line = String(ps).trim();
      return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\\S+\\s+/, '');
    }
    const stat = fs.readFileSync('/proc/' + pid + '/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() + '/' + fields[19];
  } catch { return undefined; }
};
const alive = (one) => Boolean(one) && startedOf(one.pid) === one.started;
const kill = (one, name) => { try { if (alive(one)) process.kill(one.pid, name); } catch {} };
const acquire = () => {
  const draft = lockFile + '.' + process.pid;
  const gate = lockFile + '.gate';
  try {
    fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startedOf(process.pid) }));
    try { fs.linkSync(draft, lockFile); return true; } catch {}
    fs.mkdirSync(gate);
    try { if (!alive(read(lockFile))) fs.rmSync(lockFile, { force: true }); } finally { fs.rmdirSync(gate); }
    return false;
  } catch { return !fs.existsSync(require('node:path').dirname(lockFile)); } finally { fs.rmSync(draft, { force: true }); }
};
let state;
const settled = () => {
  state = read(stateFile) ?? state;
  if (!state) return false;
  if (state.kept || (state.guard && state.guard.pid !== process.pid)) process.exit(0);
  return !state.owners.some(alive);
};
const takeDown = async () => {
  const servers = Object.values(state.servers).map((server) => server.process).filter(alive);
  servers.forEach((one) => kill(one, 'SIGTERM'));
  for (let waited = 0; waited < 15000 && servers.some(alive); waited += 100) await sleep(100);
  servers.forEach((one) => kill(one, 'SIGKILL'));
};
(async () => {
  for (;;) {
    await sleep(500);
    if (!settled() || !acquire()) continue;
    try {
      if (settled()) { await takeDown(); process.exitCode = 0; return; }
    } finally { fs.rmSync(lockFile, { force: true }); }
  }
})();
`;

/** Starts the guard of a stack unless it runs already. To be called before the first server starts, so that none is missed. */
export const ensureGuard = (site: Site, state: StackState): Identity => {
  if (isAlive(state.guard)) return state.guard;
  return launch({
    command: process.execPath,
    args: ['-e', script, stateFileOf(site), lockFileOf(site)],
    logFile: logFileOf(site, 'guard'),
    // Options meant for the owner (an inspector's port, a loader) must not reach it.
    env: { NODE_OPTIONS: '' },
  });
};

export const endGuard = (state: StackState): Promise<void> => end(state.guard, 2_000);
