/**
 * The dashboard's API while the pipeline works: how long readers wait at a given rate of requests.
 *
 * A year of events stands in a new installation and five hundred more a second go through the intake while each route is asked at the rate, as
 * many readers do who know nothing of each other: the times between two requests are those of a Poisson process, the same ones every time.
 * A request waits for none before it, and its wait is counted from when it was due, so a slow answer is not hidden. (autocannon sends what is
 * due in a second all at once at the second's beginning, fifty at a time; what is measured then is its own queue.)
 */
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY } from '#domain';
import { drained } from '../cli/drain.js';
import { authorizationFor } from '../test/kit/authorized-fetch.js';
import { seeded, type Message } from '../test/kit/seeded-workload.js';
import { publish, type Environment } from './installation.js';
import { endlessEvents, openLoop, sendBatch, withServices } from './load.js';
import { percentiles } from './statistics.js';

/** Milliseconds, and requests a second. */
export interface ApiRun {
  readonly p50: number;
  readonly p99: number;
  readonly reached: number;
}

const SERVICES = 'check,province,ministry,projection,intake,dashboard';
const BATCHES_PER_SECOND = 10;
const BATCH = 50;
const WARM_UP_S = 4;

const reads = {
  "the country's figures": `/v1/rollups?unit=${COUNTRY}&window=2026-10`,
  "a province's figures": '/v1/rollups?unit=01&window=2026-10',
  "a commune's figures": '/v1/rollups?unit=00004&window=2026-10',
  "the country's provinces": `/v1/units/${COUNTRY}/children?window=2026-10&indicator=b`,
  "a province's communes": '/v1/units/01/children?window=2026-10&indicator=b',
  "the country's league table": `/v1/units/${COUNTRY}/table?window=2026-10&group=target`,
  "a province's figures to ask about": '/v1/units/01/suspicious?window=2026-10',
  'completeness of a province': '/v1/completeness?unit=01&window=2026-10',
  'completeness of the country, a quarter': `/v1/completeness?unit=${COUNTRY}&window=2026-Q3`,
};

/** Of this also what is read after it was asked for. */
const NEWEST = "a province's figures";

/** By what was read. @param rate requests a second */
export const apiRun = (
  env: Environment,
  messages: readonly Message[],
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<Readonly<Record<string, ApiRun>>> =>
  withServices(env, { services: SERVICES }, async ({ installation, intake, dashboard }) => {
    await publish(installation, messages);
    await drained(installation);
    const next = endlessEvents();
    const load = openLoop(BATCHES_PER_SECOND, () => sendBatch(intake, Array.from({ length: BATCH }, next)));
    try {
      const runs: Record<string, ApiRun> = {};
      for (const path of Object.values(reads)) await asked(`${dashboard}${path}`, rate, WARM_UP_S);
      for (const [what, path] of Object.entries(reads)) runs[what] = await asked(`${dashboard}${path}`, rate, seconds);
      runs[`${NEWEST}, \`Cache-Control: no-cache\``] = await asked(`${dashboard}${reads[NEWEST]}`, rate, seconds, true);
      return runs;
    } finally {
      await load.stop();
    }
  });

/** Asks at a rate for some seconds. Throws where an answer is no success. */
const asked = async (url: string, rate: number, seconds: number, newest = false): Promise<ApiRun> => {
  const agent = new Agent({ keepAlive: true });
  const headers = { ...authorizationFor(url), ...(newest ? { 'cache-control': 'no-cache' } : {}) };
  const waits: number[] = [];
  const startedAt = performance.now();
  const ask = async (_n: number, due: number) => {
    await answered(url, { agent, headers });
    waits.push(performance.now() - due);
  };
  const loop = openLoop(rate, ask, poisson(rate));
  await sleep(seconds * 1000);
  await loop.stop();
  const reached = (waits.length * 1000) / (performance.now() - startedAt);
  agent.destroy();
  return { ...percentiles(waits), reached };
};

/** When the nth of them comes, milliseconds from the start; the same ones every time. */
const poisson = (perSecond: number): ((n: number) => number) => {
  const random = seeded(1);
  const times = [0];
  return (n) => {
    while (times.length <= n) times.push(times[times.length - 1] - (Math.log(1 - random()) * 1000) / perSecond);
    return times[n];
  };
};

/** Resolves when an answer is there as a whole. Throws where it is no success. */
const answered = (url: string, options: { agent: Agent; headers: Record<string, string> }): Promise<void> =>
  new Promise((resolve, reject) => {
    get(url, options, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} was answered ${answer.statusCode}`));
      answer.on('end', resolve).on('error', reject);
      answer.resume();
    }).on('error', reject);
  });
