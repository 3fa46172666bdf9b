/**
 * What was known when: how long the dashboard takes for figures as of an instant and for the history of a figure, and how much memory.
 *
 * The whole country's year stands in MongoDB as the projection writes it, every cell of every unit, one in twenty of them corrected. A few
 * callers ask without pause; as of an instant one caller does, each time as of another, which is answered from the words every time: what was
 * asked for a moment ago stands ready.
 */
import autocannon from 'autocannon';
import { encodeCommuneRollup } from '#contracts';
import { COUNTRY, monthIndex, ProvinceState } from '#domain';
import { connectStore, RollupWriter, unitMonthWrite } from '#store';
import { issueKey } from '../cli/access-keys.js';
import { FIRST_GENERATION, freePort } from '../test/kit/installation.js';
import { memoryMiB } from './cpu.js';
import { historyOf } from './growth.js';
import { withInstallation, type Environment } from './installation.js';

/** Milliseconds. */
interface Waiting {
  readonly p50: number;
  readonly p99: number;
}

export interface HistoryRun {
  readonly waiting: Readonly<Record<string, Waiting>>;
  /** Largest resident memory of the dashboard, MiB. */
  readonly memory: number;
}

const YEAR = 2026;
const CORRECTED = 20;
const CALLERS = 4;
const limits = { OIDC_ISSUER: 'http://127.0.0.1:1', DASHBOARD_REQUESTS_PER_10_S: '100000000' };

const AS_OF = '&asOf=';

const reads: Readonly<Record<string, string>> = {
  'a commune, as of an instant': `/v1/rollups?unit=00004&window=${YEAR}${AS_OF}`,
  'a province, as of an instant': `/v1/rollups?unit=01&window=${YEAR}${AS_OF}`,
  "a province's communes, as of an instant": `/v1/units/01/children?window=${YEAR}-Q1&indicator=b${AS_OF}`,
  'the country, as of an instant': `/v1/rollups?unit=${COUNTRY}&window=${YEAR}${AS_OF}`,
  "the history of a commune's figure": `/v1/units/00004/history?window=${YEAR}&indicator=b`,
  "the history of a province's figure": `/v1/units/01/history?window=${YEAR}&indicator=b`,
  "the history of the country's figure": `/v1/units/${COUNTRY}/history?window=${YEAR}&indicator=b`,
};

export const historyRun = async (env: Environment, seconds: number): Promise<HistoryRun> => {
  const port = String(await freePort());
  const more = { ...limits, DASHBOARD_PORT: port };
  return withInstallation(env, { services: 'dashboard', more }, async ({ installation, env: own, supervisor }) => {
    await writeYear(own.MONGODB_URI);
    await supervisor.start();
    const { token } = await issueKey(installation, own, { role: 'analyst', unit: COUNTRY, days: 1, name: 'bench' });
    const waiting: Record<string, Waiting> = {};
    let instant = Date.now() - 3_600_000;
    const another = (path: string) => `${path}${encodeURIComponent(new Date((instant += 1)).toISOString())}`;
    for (const [what, path] of Object.entries(reads)) {
      const isAsOf = path.endsWith(AS_OF);
      const { latency, non2xx, errors } = await autocannon({
        url: `http://127.0.0.1:${port}${path}`,
        headers: { authorization: `Bearer ${token}` },
        connections: isAsOf || path.includes(`/${COUNTRY}/`) ? 1 : CALLERS,
        ...(isAsOf && { requests: [{ setupRequest: (request) => ({ ...request, path: another(path) }) }] }),
        duration: seconds,
        timeout: 60,
      });
      if (non2xx + errors > 0) throw new Error(`${path}: ${non2xx} answers are no success, ${errors} broke`);
      waiting[what] = { p50: latency.p50, p99: latency.p99 };
    }
    return { waiting, memory: memoryMiB(supervisor.pids()).dashboard };
  });
};

const writeYear = async (uri: string): Promise<void> => {
  const connection = await connectStore({ MONGODB_URI: uri });
  try {
    const writer = new RollupWriter(connection, FIRST_GENERATION);
    await writer.prepare();
    let offset = 0;
    const first = monthIndex(`${YEAR}-01`) as number;
    for (let month = first; month < first + 12; month += 1) {
      const state = new ProvinceState();
      let cells = 0;
      for (const report of historyOf(month)) {
        state.merge(report);
        if ((cells += 1) % CORRECTED === 0)
          state.merge({ ...report, revision: 2, receivedAt: report.receivedAt + 86_400_000 });
      }
      const writes = state.takeUnitMonths(({ month: held }) => {
        const value = Buffer.from(encodeCommuneRollup({ g: FIRST_GENERATION, more: false }, held));
        const record = { value, offset: String((offset += 1)), timestamp: String(Date.now()) };
        return unitMonthWrite(record, FIRST_GENERATION)?.write ?? [];
      });
      await writer.writeUnitMonths(writes.flat());
    }
  } finally {
    await connection.close();
  }
};
