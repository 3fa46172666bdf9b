/**
 * `npm run upgrade -- --from GITREF [--events N]`: an older version and this one, side by side on the same topics.
 *
 * Builds the older version from git, runs one of each stage and a projection of both versions on an installation of their own,
 * kills some of both in the middle, ends the old ones, and at last goes back to them: a release that turns out badly is taken
 * back. After each step everything is recomputed and compared. Exit status 0 where all of it is equal.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stackDown, stackUp } from '#stack';
import { publish, withInstallation, type BenchInstallation } from '../../bench/installation.js';
import { seededWorkload, shuffled, type Message } from '../kit/seeded-workload.js';
import { vi } from '../../cli/say.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { verify } from '../../cli/verify.js';

const STAGES = 'check,province,ministry,projection';
const say = (line: string) => process.stderr.write(`${line}\n`);

export const upgradeCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: { from: { type: 'string' }, events: { type: 'string', default: '20000' } },
  });
  if (values.from === undefined) {
    say('npm run upgrade -- --from GITREF [--events N]');
    return 2;
  }
  const root = process.cwd();
  const old = checkedOut(root, values.from);
  const stack = { root, dir: join(root, '.local', 'upgrade-stack'), ownerPid: process.pid, progress: say };
  const env = { ...process.env, ...(await stackUp(stack)) };
  try {
    const { messages } = seededWorkload(Number(values.events), 41);
    return await withInstallation(env, { more: { LOG_LEVEL: 'info' } }, (bench) =>
      new Roll(bench, root, old, messages).run(),
    );
  } finally {
    await stackDown(stack);
  }
};

/** A version's own folder, compiled; made once for each commit. */
const checkedOut = (root: string, ref: string): string => {
  const commit = run(root, 'git', ['rev-parse', '--verify', `${ref}^{commit}`]).trim();
  const folder = join(root, '.local', 'upgrade', commit.slice(0, 12));
  if (existsSync(join(folder, 'dist', 'cli', 'main.js'))) return folder;
  mkdirSync(folder, { recursive: true });
  say(`Đang dịch phiên bản ${commit.slice(0, 12)}… / building the older version`);
  run(root, 'sh', ['-c', `git archive ${commit} | tar -x -C '${folder}'`]);
  if (!existsSync(join(folder, 'node_modules'))) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  run(folder, 'npm', ['run', '--silent', 'build:server']);
  return folder;
};

const run = (cwd: string, program: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`);
  return stdout;
};

class Roll {
  private published = 0;

  constructor(
    private readonly bench: BenchInstallation,
    private readonly root: string,
    private readonly old: string,
    private readonly messages: readonly Message[],
  ) {}

  async run(): Promise<number> {
    const before = this.supervisor('old', this.old);
    const after = this.supervisor('new', this.root);
    const again = this.supervisor('old-again', this.old);
    const running = new Set<Supervisor>();
    const start = (supervisor: Supervisor) => supervisor.start().then(() => running.add(supervisor));
    const stop = (supervisor: Supervisor) => supervisor.stop().then(() => running.delete(supervisor));
    const steps: [string, () => Promise<unknown>][] = [
      ['phiên bản cũ / the old version', () => start(before)],
      ['cũ và mới cùng chạy / side by side', () => start(after)],
      ['tắt đột ngột một số / some of both killed', () => Promise.resolve(this.killSome(before, after))],
      ['chỉ còn phiên bản mới / the new version alone', () => stop(before)],
      ['quay về phiên bản cũ / back to the old version', () => start(again).then(() => stop(after))],
    ];
    try {
      for (const [what, step] of steps) if (!(await this.isExactAfter(what, step, steps.length))) return 1;
      return 0;
    } finally {
      await Promise.all([...running].map(stop));
    }
  }

  /** Does a step between two halves of a portion of events, of which some come once more, and compares. */
  private async isExactAfter(what: string, step: () => Promise<unknown>, steps: number): Promise<boolean> {
    const size = Math.ceil(this.messages.length / steps);
    const portion = this.messages.slice(this.published, this.published + size);
    this.published += size;
    const repeated = shuffled(portion, this.published).slice(0, size / 4);
    await publish(this.bench.installation, portion.slice(0, size / 2));
    await step();
    await publish(this.bench.installation, [...portion.slice(size / 2), ...repeated]);
    const { differences, compared, behind } = await verify(this.bench.env, {
      scope: undefined,
      repair: false,
      wait: true,
    });
    const isExact = behind.length === 0 && differences.length === 0;
    say(`${isExact ? 'Khớp / equal' : 'SAI KHÁC / differs'}: ${what}, ${vi(compared)} số liệu / figures`);
    for (const reader of behind) say(`  ${reader}`);
    for (const difference of differences.slice(0, 5)) say(`  ${JSON.stringify(difference)}`);
    return isExact;
  }

  private killSome(before: Supervisor, after: Supervisor): void {
    for (const [supervisor, service] of [
      [before, 'rollup-province'],
      [before, 'projection'],
      [after, 'rollup-ministry'],
      [after, 'rollup-check'],
    ] as const) {
      const pid = supervisor.pids().get(service);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }
  }

  private supervisor(name: string, root: string): Supervisor {
    const { TOPIC_PREFIX = name } = this.bench.env;
    const logDir = join(this.root, '.local', 'upgrade-logs', TOPIC_PREFIX, name);
    return new Supervisor({ root, env: this.bench.env, logDir, say }, copiesOf(STAGES));
  }
}
