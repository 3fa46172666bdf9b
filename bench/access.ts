/**
 * What access control costs: the intake and the dashboard as they are, beside the same services without it (peers/open), by turns on the same installation.
 *
 * Callers ask for one thing after the other, as the page does for the newest (`no-cache`), and no two at once for the same: who does so shares
 * readings and entries of the audit trail. What answers of what was just read cost is measured once more, with figures that nobody is noted for.
 * Requests come with the key of a province, so that every event's unit is looked at; the dashboard is asked by an analyst's key and by a person's session.
 * Each side is a process of its own, started anew for each turn (two processes of the same program differ by some percent for as long as they
 * live) and warmed up. Only one works at a time, in the order closed, open, open, closed: who has just worked is quicker. Each time the same is
 * asked for, from the first request to the last.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon, { type Options, type Result } from 'autocannon';
import { pino } from 'pino';
import type { Principal } from '#access';
import { Sessions } from '#access/people';
import {
  childrenOf,
  COUNTRY,
  indicators,
  provinces,
  reportingUnits,
  windowCode,
  windowIndex,
  windowKind,
  WINDOWS_PER_YEAR,
} from '#domain';
import { awaitedLater, withTimeout } from '#promises';
import { issueKey } from '../cli/access-keys.js';
import { drained } from '../cli/drain.js';
import { nodeOptionsOf } from '../cli/supervisor.js';
import { freePort } from '../test/kit/installation.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { publish, withInstallation, type BenchInstallation, type Environment } from './installation.js';
import { batchText, endlessEvents } from './load.js';

/** Requests a second with and without access control, a value for each turn. */
export type Cost = Readonly<Record<Side, readonly number[]>>;
type Side = 'closed' | 'open';

const PROVINCE = '01';
const BATCH = 100;
const PREPARED_BATCHES = 16;
/** As systems send. */
const SENDERS = 16;
const REQUESTS_A_SECOND = 750;
/** As many as keep the dashboard busy while entries of the audit trail are on their way (some 15 ms each). */
const READERS = 256;
/** Of answers that take some 8 ms of a processor each. */
const READERS_OF_CHILDREN = 32;
const START_MS = 60_000;
/** So often it is looked whether all is answered. */
const LOOK_MS = 10;
const SIDES: readonly Side[] = ['closed', 'open'];
const ORDER: readonly Side[] = ['closed', 'open', 'open', 'closed'];
const STAGES = 'check,province,ministry,projection';
/** Limits are counted, and not met. */
const more = {
  OIDC_ISSUER: 'http://127.0.0.1:1',
  INTAKE_EVENTS_PER_10_S: '100000000',
  DASHBOARD_REQUESTS_PER_10_S: '100000000',
};

const january = windowIndex('2026-01') as number;
const year = Array.from({ length: WINDOWS_PER_YEAR }, (_, shape) => january + shape);
const windows = year.map(windowCode);
const months = year.filter((window) => windowKind(window) === 'month').map(windowCode);
const communes = provinces.flatMap(({ code }) => childrenOf(code));

interface Read {
  /** Asked for in turn; more of them than there are readers, where each is to be read for himself. */
  readonly paths: readonly string[];
  readonly isNewest: boolean;
  readonly readers: number;
  /** Requests in a second of measuring, about. */
  readonly aSecond: number;
}
const newest = (paths: readonly string[], aSecond: number, readers = READERS): Read => ({
  paths,
  isNewest: true,
  readers,
  aSecond,
});
const everyFigure = (codes: readonly string[], path: (code: string, indicator: string) => string): string[] =>
  codes.flatMap((code) => indicators.map(({ code: indicator }) => path(code, indicator)));
const provinceCodes = provinces.map(({ code }) => code);

const reads: Readonly<Record<string, Read>> = {
  "the country's figures": newest(
    everyFigure(windows, (window, one) => `/v1/rollups?unit=${COUNTRY}&window=${window}&indicator=${one}`),
    1_500,
  ),
  "the country's figures, as just read": {
    paths: windows.map((window) => `/v1/rollups?unit=${COUNTRY}&window=${window}`),
    isNewest: false,
    readers: READERS,
    aSecond: 12_000,
  },
  "provinces' figures": newest(
    provinceCodes.flatMap((code) => windows.map((window) => `/v1/rollups?unit=${code}&window=${window}`)),
    1_300,
  ),
  "communes' figures (audited)": newest(
    communes.map(({ code }) => `/v1/rollups?unit=${code}&window=2026-10`),
    1_500,
  ),
  "provinces' communes (audited)": newest(
    everyFigure(provinceCodes, (code, one) => `/v1/units/${code}/children?window=2026-10&indicator=${one}`),
    150,
    READERS_OF_CHILDREN,
  ),
  'completeness of provinces': newest(
    provinceCodes.flatMap((code) => months.map((month) => `/v1/completeness?unit=${code}&window=${month}`)),
    800,
  ),
};

/** By what was asked for. @param messages events in the installation before the dashboard is asked */
export const accessRun = (
  env: Environment,
  messages: readonly Message[],
  { turns, seconds }: { readonly turns: number; readonly seconds: number },
): Promise<Readonly<Record<string, Cost>>> =>
  withInstallation(env, { services: STAGES, more }, async (bench) => {
    await bench.supervisor.start();
    await publish(bench.installation, messages);
    await drained(bench.installation);
    await bench.supervisor.stop();
    const asked: Asked = { intake: await eventsOf(bench), dashboard: readsBy(await credentialsOf(bench)) };
    const costs: Record<string, Record<Side, number[]>> = {};
    for (let turn = 0; turn < turns; turn += 1) {
      for (const service of ['intake', 'dashboard'] as const) {
        const rates = await bothSides(bench, service, (sides) => ratesOf(sides, asked[service], seconds));
        for (const [what, rate] of Object.entries(rates)) {
          const cost = (costs[what] ??= { closed: [], open: [] });
          for (const side of SIDES) cost[side].push(rate[side]);
        }
      }
    }
    return costs;
  });

/** What is asked for so many seconds, about; anew each time, so that it is the same. */
type Load = (seconds: number) => Options;

/** The addresses in turn, over all connections. */
const inTurn =
  ({ paths, isNewest, readers, aSecond }: Read, credentials: Record<string, string>): Load =>
  (seconds) => {
    const headers = isNewest ? { ...credentials, 'cache-control': 'no-cache' } : credentials;
    let next = 0;
    const path = () => paths[(next += 1) % paths.length];
    const requests: Options['requests'] = [{ setupRequest: (request) => ({ ...request, path: path() }) }];
    return { url: paths[0], headers, connections: readers, amount: seconds * aSecond, requests };
  };

/** Everything that is read, by each of the callers. */
const readsBy = (callers: Readonly<Record<string, Record<string, string>>>): Record<string, Load> =>
  Object.fromEntries(
    Object.entries(reads).flatMap(([what, read]) =>
      Object.entries(callers).map(([who, credentials]) => [`${what}, ${who}`, inTurn(read, credentials)]),
    ),
  );

/** Batches of valid events of a province's units, with the key of a system of that province. */
const eventsOf = async ({ installation, env }: BenchInstallation): Promise<Record<string, Load>> => {
  const units = reportingUnits.filter(({ code, parent }) => code === PROVINCE || parent === PROVINCE);
  const next = endlessEvents([], units);
  const bodies = Array.from({ length: PREPARED_BATCHES }, () => batchText(Array.from({ length: BATCH }, next)));
  const { token } = await issueKey(installation, env, { role: 'reporter', unit: PROVINCE, days: 1, name: 'bench' });
  const expected = JSON.stringify({ received: BATCH, accepted: BATCH, rejected: [] });
  const load: Load = (seconds) => ({
    url: '/v1/events',
    method: 'POST',
    connections: SENDERS,
    amount: seconds * REQUESTS_A_SECOND,
    headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${token}` },
    requests: bodies.map((body) => ({ body })),
    verifyBody: (body) => body === expected,
  });
  return { [`events, ${BATCH} a request`]: load };
};

/** An analyst's key, and the session of one who has signed in. */
const credentialsOf = async ({
  installation,
  env,
}: BenchInstallation): Promise<Record<string, Record<string, string>>> => {
  const { token } = await issueKey(installation, env, { role: 'analyst', unit: COUNTRY, days: 1, name: 'bench' });
  const sessions = new Sessions(
    {
      ...env,
      TOPIC_PREFIX: String(env.TOPIC_PREFIX),
      REDIS_URL: String(env.REDIS_URL),
      SESSION_IDLE_MINUTES: 30,
      SESSION_HOURS: 8,
      SESSIONS_PER_PERSON: 10,
    },
    pino({ level: 'silent' }),
    Date.now,
  );
  const analyst: Principal = { id: 'bench', name: 'bench', kind: 'person', roles: ['analyst'], unit: COUNTRY };
  const { id } = await sessions.begin(analyst);
  sessions.close();
  return { 'by a key': { authorization: `Bearer ${token}` }, 'by a session': { cookie: `tonghop=${id}` } };
};

type Service = 'intake' | 'dashboard';
/** What is asked of a service, by what it is called. */
type Asked = Readonly<Record<Service, Readonly<Record<string, Load>>>>;
/** Where each side answers. */
type Sides = Readonly<Record<Side, string>>;

const bothSides = async <T>(
  bench: BenchInstallation,
  service: Service,
  work: (sides: Sides) => Promise<T>,
): Promise<T> => {
  const programs = {
    closed: join('dist', 'apps', service, 'src', 'main.js'),
    open: join('dist', 'bench', 'peers', 'open', `${service}.js`),
  };
  const running: ChildProcess[] = [];
  const started = async (program: string): Promise<string> => {
    const port = String(await freePort());
    const own = { ...bench.env, [`${service.toUpperCase()}_PORT`]: port } as NodeJS.ProcessEnv;
    const child = spawn(process.execPath, [...nodeOptionsOf(service), program], {
      env: own,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    running.push(child);
    const ended = awaitedLater(
      once(child, 'exit').then(() => Promise.reject(new Error(`${program} ended at its start`))),
    );
    await withTimeout(Promise.race([once(child, 'message'), ended]), START_MS, `${program} did not get ready`);
    return `http://127.0.0.1:${port}`;
  };
  try {
    return await work({ closed: await started(programs.closed), open: await started(programs.open) });
  } finally {
    await Promise.all(running.map(stopped));
  }
};

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** What is measured first is not to be what the program is still compiled in: each side is asked for everything first. */
const ratesOf = async (
  sides: Sides,
  asked: Readonly<Record<string, Load>>,
  seconds: number,
): Promise<Record<string, Record<Side, number>>> => {
  for (const load of Object.values(asked)) for (const side of SIDES) await rateAt(sides[side], load(seconds / 2));
  const rates: Record<string, Record<Side, number>> = {};
  for (const [what, load] of Object.entries(asked)) {
    const rate = { closed: 0, open: 0 };
    for (const side of ORDER) rate[side] += (await rateAt(sides[side], load(seconds / 2))) / 2;
    rates[what] = rate;
  }
  return rates;
};

const rateAt = async (at: string, options: Options): Promise<number> =>
  rateOf(await autocannon({ ...options, url: `${at}${options.url}`, sampleInt: LOOK_MS }), options.url);

/** Answers a second. Throws where one was no success. */
const rateOf = ({ requests, duration, non2xx, errors, mismatches }: Result, url: string): number => {
  if (non2xx + errors + mismatches > 0)
    throw new Error(
      `${url}: of the answers ${non2xx} are no success, ${mismatches} others than expected; ${errors} connections broke`,
    );
  return requests.total / duration;
};
