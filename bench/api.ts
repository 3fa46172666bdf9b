/**
 * The dashboard's API while the pipeline works: how long readers wait at a given rate of requests.
 *
 * A year of events stands in a new installation and five hundred more a second go through the intake while each route is asked at the rate. Requests
 * are sent at due times by connections enough, each with its wait counted from when it was due, so a slow answer is not hidden by those that waited
 * behind it.
 */
import autocannon from 'autocannon';
import { COUNTRY } from '#domain';
import { drained } from '../cli/drain.js';
import { authorizationFor } from '../test/kit/authorized-fetch.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { publish, type Environment } from './installation.js';
import { endlessEvents, openLoop, sendBatch, withServices } from './load.js';

/** Milliseconds, and requests a second. */
export interface ApiRun {
  readonly p50: number;
  readonly p99: number;
  readonly reached: number;
}

const SERVICES = 'check,province,ministry,projection,intake,dashboard';
const BATCHES_PER_SECOND = 10;
const BATCH = 50;
const CONNECTIONS = 50;
const WARM_UP_S = 4;

const reads = {
  "the country's figures": `/v1/rollups?unit=${COUNTRY}&window=2026-10`,
  "a province's figures": '/v1/rollups?unit=01&window=2026-10',
  "a commune's figures": '/v1/rollups?unit=00004&window=2026-10',
  "the country's provinces": `/v1/units/${COUNTRY}/children?window=2026-10&indicator=b`,
  "a province's communes": '/v1/units/01/children?window=2026-10&indicator=b',
  "the country's league table": `/v1/units/${COUNTRY}/table?window=2026-10&group=target`,
  'completeness of a province': '/v1/completeness?unit=01&window=2026-10',
  'completeness of the country, a quarter': `/v1/completeness?unit=${COUNTRY}&window=2026-Q3`,
};

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
    const asked = (url: string, duration: number) =>
      autocannon({
        url,
        headers: authorizationFor(url),
        duration,
        overallRate: rate,
        connections: CONNECTIONS,
        timeout: 60,
      });
    try {
      const runs: Record<string, ApiRun> = {};
      for (const [what, path] of Object.entries(reads)) {
        await asked(`${dashboard}${path}`, WARM_UP_S);
        const { latency, requests, duration, non2xx, errors } = await asked(`${dashboard}${path}`, seconds);
        if (non2xx + errors > 0) throw new Error(`${path}: ${non2xx} answers are no success, ${errors} broke`);
        runs[what] = { p50: latency.p50, p99: latency.p99, reached: requests.total / duration };
      }
      return runs;
    } finally {
      await load.stop();
    }
  });
