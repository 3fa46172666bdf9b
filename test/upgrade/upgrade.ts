/**
 * `npm run upgrade -- --from GITREF [--events N]`: an older version and this one, side by side on the same topics; forward, and back.
 *
 * Builds the older version from git and replaces its workers stage by stage, readers first: at each stage both versions run beside each
 * other, later some of both are killed, at last this version rebuilds everything. After each step all is recomputed and compared.
 *
 * What can be known until then, and what cannot: records of version 2 do not say when a report was received, and keep of a cell only what it
 * says. So every figure is exact throughout, and this is required of each step. Histories, figures as of an instant and timeliness are not:
 * what an old worker passed on has the receipt of its record in the place of its own, and words that were replaced are gone. They are required
 * to be exact after the rebuild, whatever ran before.
 *
 * Back to the older version: its workers stop in front of records of a newer version and write nothing, which is required too; a rebuild by it
 * makes the figures from the event topic. Exit status 0 where all of it is so.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { toExactJson } from '#domain';
import { stackDown, stackUp } from '#stack';
import { connectStore, DECIDED, everyRollup, HISTORY, UNIT_REPORTS } from '#store';
import { publish, withInstallation, type BenchInstallation } from '../../bench/installation.js';
import { eventually } from '../kit/installation.js';
import { provinceFaultsAsOf } from '../kit/provinces-as-of.js';
import { readReports } from '../kit/received.js';
import { referenceAt } from '../kit/reference.js';
import { seededWorkload, shuffled, type Message } from '../kit/seeded-workload.js';
import { rebuild } from '../../cli/rebuild.js';
import { vi } from '../../cli/say.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { verify } from '../../cli/verify.js';

const STAGES = ['check', 'province', 'ministry', 'projection'];
/** So many events come while the older version stands still. */
const STANDING = 200;
/** Its stages that read what a newer version wrote. */
const readers = ['rollup-province', 'rollup-ministry'];
const NEWER_RECORD = 'NEWER_RECORD';
const STOPS_MS = 90_000;
/** So long is looked whether anything is written all the same. */
const STILL_MS = 10_000;

const YEAR = '2026';
/** What stands of cells and units besides figures: an older version does not know it. */
const isBeyondFigures = (indicator: string) =>
  indicator.startsWith(HISTORY) || indicator === UNIT_REPORTS || indicator === DECIDED;
type Exactly = 'figures' | 'everything';

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
  /** Ends of portions: instants, in milliseconds since the epoch. */
  private readonly ends: number[] = [];
  private readonly running = new Set<Supervisor>();

  constructor(
    private readonly bench: BenchInstallation,
    private readonly root: string,
    private readonly old: string,
    private readonly messages: readonly Message[],
  ) {}

  async run(): Promise<number> {
    const old = new Map(STAGES.map((stage) => [stage, this.supervisor('old', this.old, stage)]));
    const now = new Map(STAGES.map((stage) => [stage, this.supervisor('new', this.root, stage)]));
    const of = (supervisors: typeof old, stage: string) => supervisors.get(stage) as Supervisor;
    const beside = (stage: string) => () => this.start(of(now, stage));
    const without = (stage: string) => this.stop(of(old, stage));
    const steps: [string, () => Promise<unknown>, Exactly][] = [
      ['phiên bản cũ / the old version', () => this.start(...old.values()), 'figures'],
      ['hai bản chiếu / a projection of each', beside('projection'), 'figures'],
      ['hai tầng bộ / a ministry stage of each', () => without('projection').then(beside('ministry')), 'figures'],
      ['hai tầng tỉnh / a province stage of each', () => without('ministry').then(beside('province')), 'figures'],
      [
        'tắt đột ngột cả hai tầng tỉnh / both province stages killed, the old one goes',
        () => {
          for (const each of [old, now]) kill(of(each, 'province'), 'rollup-province');
          return without('province');
        },
        'figures',
      ],
      ['hai tầng kiểm tra / a check stage of each', beside('check'), 'figures'],
      [
        'tắt đột ngột một số / some of both killed',
        () => {
          kill(of(old, 'check'), 'rollup-check');
          for (const stage of STAGES) kill(of(now, stage), stage === 'projection' ? stage : `rollup-${stage}`);
          return Promise.resolve();
        },
        'figures',
      ],
      ['chỉ còn phiên bản mới / the new version alone', () => without('check'), 'figures'],
      ['lập lại bằng phiên bản mới / a rebuild by the new version', () => rebuild(this.bench.env), 'everything'],
    ];
    const back = new Map(STAGES.map((stage) => [stage, this.supervisor('old-again', this.old, stage)]));
    try {
      for (const [what, step, exactly] of steps)
        if (!(await this.isExactAfter(what, step, exactly, steps.length + 1))) return 1;
      if (!(await this.isExactAsOfEnds())) return 1;
      await this.stop(...now.values());
      if (!(await this.standsStill(() => this.start(...back.values())))) return 1;
      // Beside this process: it starts services again that a new generation ends.
      const rebuilt = () =>
        promisify(execFile)('npm', ['run', '--silent', 'rebuild'], { cwd: this.old, env: this.bench.env });
      const what = 'quay về: lập lại bằng phiên bản cũ / back: a rebuild by the old version';
      return (await this.isExactAfter(what, rebuilt, 'figures', steps.length + 1)) ? 0 : 1;
    } finally {
      await this.stop(...this.running);
    }
  }

  /** Does a step between two halves of a portion of events, of which some come once more, and compares. */
  private async isExactAfter(
    what: string,
    step: () => Promise<unknown>,
    exactly: Exactly,
    steps: number,
  ): Promise<boolean> {
    const size = Math.ceil(this.messages.length / steps);
    const portion = this.messages.slice(this.published, this.published + size);
    this.published += size;
    const repeated = shuffled(portion, this.published).slice(0, size / 4);
    await publish(this.bench.installation, portion.slice(0, size / 2));
    await step();
    await publish(this.bench.installation, [...portion.slice(size / 2), ...repeated]);
    this.ends.push(Date.now());
    const { differences, compared, behind } = await this.verified();
    const beyond = differences.filter(({ indicator }) => isBeyondFigures(indicator));
    const wrong = exactly === 'everything' ? differences : differences.filter((each) => !beyond.includes(each));
    const isExact = behind.length === 0 && wrong.length === 0;
    const unknown =
      exactly === 'everything' ? '' : `; ${vi(beyond.length)} lịch sử, thời điểm chưa biết / not known yet`;
    say(`${isExact ? 'Khớp / equal' : 'SAI KHÁC / differs'}: ${what}, ${vi(compared)} số liệu / figures${unknown}`);
    for (const reader of behind) say(`  ${reader}`);
    for (const difference of wrong.slice(0, 5)) say(`  ${JSON.stringify(difference)}`);
    return isExact;
  }

  /** Every window of every province as of the end of each portion, whichever version had passed it on. */
  private async isExactAsOfEnds(): Promise<boolean> {
    const { installation, env } = this.bench;
    const reports = await readReports(installation);
    const faults: string[] = [];
    for (const at of this.ends) {
      const expected = referenceAt(at, reports).rollups(({ level }) => level === 'province');
      faults.push(...(await provinceFaultsAsOf(env.MONGODB_URI, YEAR, at, expected)));
    }
    const isExact = faults.length === 0;
    say(
      `${isExact ? 'Khớp / equal' : 'SAI KHÁC / differs'}: số liệu tại ${this.ends.length} thời điểm / as of as many instants`,
    );
    for (const fault of faults.slice(0, 5)) say(`  ${fault}`);
    return isExact;
  }

  /** Old workers over newer records: none is passed over, and nothing is written over them. */
  private async standsStill(start: () => Promise<unknown>): Promise<boolean> {
    const before = await this.stored();
    await start();
    const { messages, published } = this;
    await publish(this.bench.installation, messages.slice(published, published + STANDING));
    const stopped = await eventually(
      () => Promise.resolve(readers.filter((service) => this.logOf('old-again', service).includes(NEWER_RECORD))),
      (found) => found.length === readers.length,
      STOPS_MS,
    );
    await sleep(STILL_MS);
    const after = await this.stored();
    const changed = [...after].filter(([key, text]) => before.get(key) !== text).length;
    const isStill = changed === 0 && after.size === before.size;
    say(
      `${isStill ? 'Khớp / equal' : 'SAI KHÁC / differs'}: quay về, bản ghi mới hơn / back, over newer records: ` +
        `${vi(changed)} số liệu bị ghi lại / figures written over; đứng chờ / stand still: ${stopped.join(', ')}`,
    );
    return isStill;
  }

  private verified() {
    return verify(this.bench.env, { scope: undefined, repair: false, wait: true });
  }

  private async stored(): Promise<ReadonlyMap<string, string>> {
    const connection = await connectStore(this.bench.env);
    try {
      const stored = new Map<string, string>();
      for await (const { unit, window, ...rollup } of everyRollup(connection))
        stored.set(`${unit}|${window}|${rollup.indicator}`, toExactJson(rollup));
      return stored;
    } finally {
      await connection.close();
    }
  }

  private async start(...all: readonly Supervisor[]): Promise<void> {
    for (const supervisor of all) this.running.add(supervisor);
    await Promise.all(all.map((supervisor) => supervisor.start()));
  }

  private async stop(...all: readonly Supervisor[]): Promise<void> {
    await Promise.all(all.map((supervisor) => supervisor.stop()));
    for (const supervisor of all) this.running.delete(supervisor);
  }

  private supervisor(name: string, root: string, stage: string): Supervisor {
    return new Supervisor({ root, env: this.bench.env, logDir: this.logFolder(name), say }, copiesOf(stage));
  }

  private logOf(name: string, service: string): string {
    return readFileSync(join(this.logFolder(name), `${service}.log`), 'utf8');
  }

  private logFolder(name: string): string {
    return join(this.root, '.local', 'upgrade-logs', this.bench.env.TOPIC_PREFIX ?? '', name);
  }
}

const kill = (supervisor: Supervisor, service: string): void => {
  const pid = supervisor.pids().get(service);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
};
