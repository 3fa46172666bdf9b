/**
 * Open pages: what a thousand of them cost one dashboard, and how soon a change reaches them, with the pipeline at five hundred events a second beside.
 *
 * The pages are in a process of their own (pages-clients.ts) and open the stream as the page does: most those of a province, some the country with
 * its provinces, some a commune, nine in ten on the running month and one on its quarter. How long a change takes is counted from its
 * `updatedAt`, the instant at which its stage published the figure, to the moment at which a page has it: so the broker, its transaction and the
 * dashboard's reading are in it, nothing has to be measured inside the dashboard, and what every page can see is what is measured. Memory
 * is the resident memory of the dashboard under the same load, before the first page is opened and while all are open.
 * Then fifty more open the country and read nothing.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY, provinces, units } from '#domain';
import { awaitedLater, withTimeout } from '#promises';
import { drained } from '../cli/drain.js';
import { authorizationFor, authorizedFetch } from '../test/kit/authorized-fetch.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { publish, type Environment } from './installation.js';
import { endlessEvents, openLoop, sendBatch, withServices, type Running } from './load.js';
import type { Asked, FanOut } from './pages-clients.js';

export interface PagesRun {
  readonly pages: number;
  /** Resident memory of the dashboard, MiB: with no page open, with all of them, with the stalled ones too. */
  readonly memory: { readonly none: number; readonly open: number; readonly stalled: number };
  readonly open: FanOut;
  readonly stalled: FanOut;
}

const SERVICES = 'check,province,ministry,projection,intake,dashboard';
const BATCHES_PER_SECOND = 10;
const BATCH = 50;
const PAGES = 1_000;
const STALLED = 50;
const [MONTH, QUARTER] = ['2026-10', '2026-Q4'];
/** Compilers and heaps take so long to be as they stay. */
const WARM_UP_MS = 30_000;
const MEMORY_SAMPLES = 10;
/** Until the buffers of fifty connections are full. */
const STALLING_MS = 45_000;

const communes = units.filter(({ level }) => level === 'commune');

/** The streams that a thousand people have open who look at what is theirs. */
const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => {
    const window = n % 10 === 9 ? QUARTER : MONTH;
    return `/v1/stream?${whose(n)}&window=${window}`;
  });

/** Eight in ten of a province, one of the country, one of a commune. */
const whose = (n: number): string => {
  const [kind, place] = [n % 10, Math.floor(n / 10)];
  if (kind === 0) return `unit=${COUNTRY}&children=true`;
  if (kind === 1) return `unit=${communes[(place * 33) % communes.length].code}`;
  return `unit=${provinces[n % provinces.length].code}`;
};

/** @param messages events in the installation before */
export const pagesRun = (env: Environment, messages: readonly Message[], seconds: number): Promise<PagesRun> =>
  withServices(env, { services: SERVICES }, async (running) => {
    await publish(running.installation, messages);
    await drained(running.installation);
    const next = endlessEvents();
    const load = openLoop(BATCHES_PER_SECOND, () => sendBatch(running.intake, Array.from({ length: BATCH }, next)));
    const pages = new Pages(running.dashboard);
    try {
      await sleep(WARM_UP_MS);
      const none = await residentMiB(running);
      await pages.open(addresses(PAGES));
      await sleep(WARM_UP_MS);
      const [open, withAll] = await Promise.all([pages.measured(seconds), residentMiB(running)]);
      await pages.open(Array(STALLED).fill(`/v1/stream?unit=${COUNTRY}&children=true&window=${MONTH}`), true);
      await untilStalled(running);
      const [stalled, withStalled] = await Promise.all([pages.measured(seconds), residentMiB(running)]);
      if ((await behind(running)) < STALLED) throw new Error('the stalled pages did not stay so');
      return { pages: PAGES, memory: { none, open: withAll, stalled: withStalled }, open, stalled };
    } finally {
      await pages.close();
      await load.stop();
    }
  });

/** The process in which the pages are. */
class Pages {
  private readonly child: ChildProcess;

  constructor(private readonly dashboard: string) {
    this.child = fork(join('dist', 'bench', 'pages-clients.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  async open(paths: readonly string[], isStalled = false): Promise<void> {
    const { dashboard } = this;
    await this.asked({ dashboard, headers: authorizationFor(`${dashboard}${paths[0]}`), paths, isStalled });
  }

  measured(seconds: number): Promise<FanOut> {
    return this.asked({ seconds }) as Promise<FanOut>;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private async asked(what: Asked): Promise<unknown> {
    const ended = awaitedLater(once(this.child, 'exit').then(() => Promise.reject(new Error('the pages ended'))));
    this.child.send(what);
    const [answer] = (await withTimeout(Promise.race([once(this.child, 'message'), ended]), 120_000, 'the pages')) as [
      { failed?: string },
    ];
    if (answer.failed !== undefined) throw new Error(answer.failed);
    return answer;
  }
}

/** The middle of some seconds: a collector is at work in between. */
const residentMiB = async ({ pids }: Running): Promise<number> => {
  const samples: number[] = [];
  for (let n = 0; n < MEMORY_SAMPLES; n += 1) {
    const status = readFileSync(`/proc/${pids.get('dashboard')}/status`, 'utf8');
    samples.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
    await sleep(1_000);
  }
  return samples.sort((a, b) => a - b)[MEMORY_SAMPLES / 2];
};

const behind = async ({ dashboard }: Running): Promise<number> => {
  const text = await (await authorizedFetch(`${dashboard}/metrics`)).text();
  return Number(/^tonghop_stream_behind (\d+)$/m.exec(text)?.[1]);
};

const untilStalled = async (running: Running): Promise<void> => {
  const until = performance.now() + STALLING_MS;
  while ((await behind(running)) < STALLED) {
    if (performance.now() > until) throw new Error(`only ${await behind(running)} of ${STALLED} pages are stalled`);
    await sleep(500);
  }
};
