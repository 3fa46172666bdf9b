/**
 * What every process says of itself while a server is away, on servers of its own behind proxies: it is alive, it is not ready and says
 * why, its metrics go on and are whole; and everything is ready again afterwards.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Ground } from '../chaos/ground.js';
import { anEvent } from '../kit/builders.js';
import { eventually, freePort } from '../kit/installation.js';
import { SseClient } from '../kit/sse.js';
import { Supervisor } from '../../cli/supervisor.js';
import { copiesOf } from '../../cli/services.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

/** What somebody who asks is told within a scrape's usual patience. */
const ANSWER_MS = 5_000;

interface Answer {
  readonly status: number;
  readonly body: string;
}
interface Said {
  readonly healthz: number;
  readonly readyz: number;
  readonly why: Readonly<Record<string, string>>;
  /** Values by metric with its labels; empty where the text is not whole. */
  readonly metrics: ReadonlyMap<string, number>;
}

const ask = async (url: string): Promise<Answer> => {
  const answer = await authorizedFetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  return { status: answer.status, body: await answer.text() };
};

/** Every family that is announced, with its samples; a text that breaks off has none. */
const metricsOf = ({ status, body }: Answer): ReadonlyMap<string, number> => {
  if (status !== 200 || !body.endsWith('\n')) return new Map();
  const samples = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
};

const said = async (url: string): Promise<Said> => {
  const [health, ready, metrics] = await Promise.all(
    ['healthz', 'readyz', 'metrics'].map((path) => ask(`${url}/${path}`)),
  );
  const { why = {} } = JSON.parse(ready.body) as { why?: Record<string, string> };
  return { healthz: health.status, readyz: ready.status, why, metrics: metricsOf(metrics) };
};

const stages = ['rollup-check', 'rollup-province', 'rollup-ministry'];
const all = [...stages, 'projection', 'intake', 'dashboard', 'reports', 'reminders'];

describe('probes', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await Ground.open({
      root: process.cwd(),
      name: 'probes',
      seed: 1,
      copies: 'check=1',
      keep: false,
      say: () => undefined,
    });
    await ground.startServices();
  });
  afterEach(async () => {
    for (const name of ['kafka', 'mongodb'] as const) await ground.proxies[name].mend();
  });
  afterAll(async () => {
    expect(await ground.close(false)).toBe(true);
  });

  const urlOf = (name: string): string =>
    ground.supervisor.probes().get(name) ?? (name === 'intake' ? ground.intake : ground.dashboard);
  const saidBy = (names: readonly string[]): Promise<readonly (readonly [string, Said])[]> =>
    Promise.all(names.map(async (name) => [name, await said(urlOf(name))] as const));
  const ready = () =>
    eventually(
      async () => (await saidBy(all)).map(([name, { readyz, why }]) => ({ name, readyz, why })),
      (answers) => answers.every(({ readyz }) => readyz === 200),
      60_000,
    );
  /** While something is away: who is to be ready, and whom each of the others misses. */
  const expectAway = async (part: string, missing: readonly string[]) => {
    const found = await eventually(
      () => saidBy(all),
      (answers) => answers.every(([name, { why }]) => missing.includes(name) === (why[part] !== undefined)),
      30_000,
    );
    for (const [name, { healthz, readyz, why, metrics }] of found) {
      const isMissing = missing.includes(name);
      expect([name, healthz, readyz]).toEqual([name, 200, isMissing ? 503 : 200]);
      if (isMissing) expect([name, why[part]]).toEqual([name, 'does not answer']);
      expect([name, metrics.get(`tonghop_ready{part="${part}"}`) ?? 1]).toEqual([name, isMissing ? 0 : 1]);
      // Whole: what is there in good times, is there.
      for (const metric of ['process_cpu_seconds_total', 'nodejs_heap_size_used_bytes', 'tonghop_restarts_total'])
        expect([name, metric, metrics.has(metric)]).toEqual([name, metric, true]);
    }
    return new Map(found);
  };
  const publish = async (event: object): Promise<number> => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    const answer = await authorizedFetch(`${ground.intake}/v1/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    await answer.text();
    return answer.status;
  };
  const metricsAt = async (name: string) => (await said(urlOf(name))).metrics;

  it('say that everything is ready, and count what has happened', async () => {
    await ready();
    const watcher = await SseClient.open(`${ground.dashboard}/v1/stream?unit=VN`);
    expect([await publish(anEvent()), await publish(anEvent({ data: { unit: 'nowhere' } }))]).toEqual([202, 422]);
    const intake = await metricsAt('intake');
    expect(intake.get('tonghop_refused_events_total{code="UNKNOWN_UNIT",origin="http"}')).toBe(1);
    const { indicatorEvents, rejectedEvents } = ground.installation.topics;
    const sentTo = (topic: string) =>
      intake.get(`messaging_client_sent_messages_total{messaging_destination_name="${topic}"}`);
    expect([sentTo(indicatorEvents), sentTo(rejectedEvents)]).toEqual([1, 1]);
    // And what it says of the keys that were used.
    expect(intake.get('tonghop_send_records_sum')).toBeGreaterThanOrEqual(2);
    const found = await eventually(
      () => metricsAt('dashboard'),
      (metrics) => metrics.get('tonghop_national_freshness_seconds') === 0,
    );
    expect(found.get('tonghop_stream_watchers')).toBe(1);
    watcher.close();
  });

  it('count refusals of what came by Kafka at the check stage', async () => {
    const producer = ground.installation.kafka.producer();
    await producer.connect();
    await producer.send({ topic: ground.installation.topics.indicatorEvents, messages: [{ value: 'poison' }] });
    await producer.disconnect();
    await eventually(
      () => metricsAt('rollup-check'),
      (metrics) => metrics.get('tonghop_refused_events_total{code="MALFORMED_JSON",origin="kafka"}') === 1,
    );
  });

  it('with MongoDB away: who writes or reads there is not ready and says why; the national figure grows old', async () => {
    await ground.proxies.mongodb.cut();
    await expectAway('mongodb', ['projection', 'dashboard', 'reports', 'reminders']);
    expect(await publish(anEvent({ id: 'while-mongodb-is-away', data: { revision: 2, numerator: 1 } }))).toBe(202);
    const away = await eventually(
      () => metricsAt('dashboard'),
      (metrics) => (metrics.get('tonghop_national_freshness_seconds') ?? 0) >= 3,
    );
    expect([away.get('tonghop_accounts_up'), away.get('tonghop_national_freshness_up')]).toEqual([0, 1]);
    await ground.proxies.mongodb.mend();
    await ready();
    await eventually(
      () => metricsAt('dashboard'),
      (metrics) => metrics.get('tonghop_national_freshness_seconds') === 0 && metrics.get('tonghop_accounts_up') === 1,
    );
  });

  it('with Kafka away: nobody but reports and reminders is ready; what is not known is left out of the metrics, and nothing else', async () => {
    const before = new Map(await saidBy(all));
    await ground.proxies.kafka.cut();
    const missing = all.filter((name) => !name.startsWith('re'));
    await expectAway('kafka', missing);
    const away = await eventually(
      async () => new Map(await saidBy(all)),
      (answers) => answers.get('dashboard')?.metrics.get('tonghop_national_freshness_up') === 0,
    );
    const leftOut = new Set(['tonghop_national_freshness_seconds']);
    for (const [name, { metrics }] of away) {
      const gone = [...(before.get(name)?.metrics.keys() ?? [])].filter((key) => !metrics.has(key));
      expect([name, gone.filter((key) => !leftOut.has(key))]).toEqual([name, []]);
    }
    for (const name of [...stages, 'projection', 'dashboard'])
      expect([name, away.get(name)?.metrics.get('tonghop_lag_up')]).toEqual([name, 0]);
    await ground.proxies.kafka.mend();
    await ready();
    expect(ground.ends).toEqual([]);
  });

  it('of a stage whose consumer is never let into its group never say that it is ready', async () => {
    const port = await freePort();
    const env = {
      ...process.env,
      ...ground.env,
      HEALTH_PORT: String(port),
      // Less than the broker allows: joining fails each time, by an error that does not pass.
      KAFKA_SESSION_TIMEOUT_MS: '1000',
    };
    const logDir = '.local/chaos/probes-logs';
    let ends = 0;
    const supervisor = new Supervisor(
      { root: process.cwd(), env, logDir, say: () => undefined, onEnd: () => (ends += 1) },
      copiesOf('check'),
    );
    const started = supervisor.start();
    try {
      const answers: number[] = [];
      for (const until = Date.now() + 30_000; ends < 3 && Date.now() < until;) {
        const answer = await ask(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
        if (answer !== undefined) answers.push(answer.status);
        await sleep(50);
      }
      expect(ends).toBeGreaterThanOrEqual(3);
      expect(new Set(answers)).toEqual(new Set([503]));
    } finally {
      await supervisor.stop();
      await Promise.race([started, Promise.resolve()]);
    }
  });

  it('of a province stage whose state was truncated name the partition and the code', async () => {
    const { kafka, topics } = ground.installation;
    const topic = topics.communeRollups;
    const admin = kafka.admin();
    await admin.connect();
    // A broker deletes no records of a topic that is only compacted: somebody must have changed that first.
    const configEntries = [{ name: 'cleanup.policy', value: 'compact,delete' }];
    await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, high: offset }) => ({
      partition,
      offset,
    }));
    await admin.deleteTopicRecords({ topic, partitions });
    await admin.disconnect();
    ground.supervisor.signal('rollup-province', 'SIGKILL');
    const { readyz, healthz, why, metrics } = (await eventually(
      () => said(urlOf('rollup-province')).catch(() => undefined),
      (answer) => answer?.why.partitions?.includes('STATE_TRUNCATED') === true,
    )) as Said;
    expect([healthz, readyz]).toEqual([200, 503]);
    expect(why.partitions).toMatch(/^partition \d+ stands still: STATE_TRUNCATED$/);
    expect(metrics.get('tonghop_partitions{state="standing_still"}')).toBeGreaterThan(0);
    expect(metrics.get('tonghop_restarts_total')).toBe(1);
  });
  it('are answered to the end: with Kafka away every process drains and ends well, in less than the twenty seconds it has', async () => {
    await ground.proxies.kafka.cut();
    const endings = await Promise.all(
      all.map(async (name) => {
        const startedAt = performance.now();
        const status = await ground.supervisor.remove(name);
        return { name, status, seconds: (performance.now() - startedAt) / 1_000 };
      }),
    );
    expect(endings.filter(({ status, seconds }) => status !== 0 || seconds > 15)).toEqual([]);
  });
});
