/**
 * `npm run bench [-- --events N --runs N]`: how fast a backlog drains, beside the ceiling of its own consumer, in the same run.
 *
 * Prints a table and writes the figures with the machine's description to `.local/bench/drain.json`. The peers of other kinds
 * (Kafka Streams, the ordinary Nest way) are not here yet, and nothing is claimed of them.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSecantusRs, stackDown, stackStatus, stackUp } from '#stack';
import { seededWorkload } from '../test/kit/seeded-workload.js';
import { vi } from '../cli/say.js';
import { drainRun, type DrainRun } from './drain.js';
import { readProfiles } from './profile.js';
import { statistics, type Statistics } from './statistics.js';

export const benchCommand = async (args: string[]): Promise<number> => {
  const options = {
    events: { type: 'string', default: '500000' },
    runs: { type: 'string', default: '3' },
    profile: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  const root = process.cwd();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (!process.env.MONGODB_URI) await buildSecantusRs({ root, progress: say });
  const stack = { root, dir: join(root, '.local', 'bench-stack'), ownerPid: process.pid, progress: say };
  const env = { ...process.env, ...(await stackUp(stack)) };
  try {
    say('making the backlog…');
    const backlog = seededWorkload(Number(values.events) / 1.05, 1, 0);
    const profiles = values.profile ? mkdtempSync(join(root, '.local', 'profile-')) : undefined;
    const servers = new Map((await stackStatus(stack)).map(({ name, pid }) => [name, pid]));
    const runs: DrainRun[] = [];
    for (let n = 0; n < Number(values.runs); n += 1) {
      runs.push(await drainRun(env, backlog, servers, profiles));
      say(`run ${n + 1}: ${JSON.stringify(runs.at(-1))}`);
    }
    if (profiles !== undefined) reportProfiles(profiles);
    report(root, backlog.messages.length, runs);
    return 0;
  } finally {
    await stackDown(stack);
  }
};

const report = (root: string, events: number, runs: readonly DrainRun[]): void => {
  const rate = (of: (run: DrainRun) => number) => statistics(runs.map(of));
  const rates = {
    ceiling: rate((run) => run.ceiling),
    windows: rate((run) => run.windows),
    everything: rate((run) => run.everything),
  };
  const share = statistics(runs.map((run) => run.windows / run.ceiling));
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const folder = join(root, '.local', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'drain.json'), `${JSON.stringify({ machine, events, runs, rates, share }, null, 2)}\n`);
  const row = (name: string, { median, min, max }: Statistics) =>
    process.stdout.write(`${name.padEnd(58)} ${vi(median).padStart(10)}   ${vi(min)} … ${vi(max)}\n`);
  process.stdout.write(
    `${machine.cores} × ${machine.cpu}, Node ${machine.node}; ${vi(events)} events, ${runs.length} runs; events/s, median and spread\n`,
  );
  row('ceiling: kafkajs eachBatch + JSON.parse, nothing else', rates.ceiling);
  row('every province and national window exact in MongoDB', rates.windows);
  row("and every unit's year", rates.everything);
  process.stdout.write(`share of the ceiling: ${vi(100 * share.median)} %\n`);
};

/** The largest costs of each service: self time by function. */
const reportProfiles = (folder: string): void => {
  for (const { service, busyMs, costs } of readProfiles(folder)) {
    process.stdout.write(`${service}: busy ${vi(busyMs)} ms\n`);
    for (const { what, ms } of costs.slice(0, 25))
      process.stdout.write(`  ${vi(Math.round(ms)).padStart(7)} ms  ${what}\n`);
  }
};
