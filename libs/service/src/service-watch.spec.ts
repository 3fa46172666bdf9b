import { pino } from 'pino';
import { serveProbes } from './probe-server.js';
import { ServiceWatch } from './service-watch.js';

const never = () => new Promise<never>(() => undefined);
const watched = () => new ServiceWatch({ service: 'test', version: '1.2.3', restarts: 4 });
const started = () => {
  const watch = watched();
  watch.started();
  return watch;
};

describe('readiness', () => {
  it('is bad before the service takes work and while it drains', async () => {
    const watch = watched();
    const statuses = [(await watch.readiness()).why];
    watch.started();
    statuses.push((await watch.readiness()).why);
    watch.draining();
    statuses.push((await watch.readiness()).why);
    expect(statuses).toEqual([{ process: 'starting' }, undefined, { process: 'draining' }]);
  });

  it('is bad within a second or so where a dependency fails or does not answer at all', async () => {
    const watch = started();
    watch.ready.dependency('mongodb', never);
    watch.ready.dependency('kafka', () => Promise.reject(new Error('away')));
    const startedAt = performance.now();
    const report = await watch.readiness();
    expect(report.status).toBe('unavailable');
    expect(report.parts).toEqual({ process: true, mongodb: false, kafka: false });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('stays good without what the service can do its work without, and says that it is away', async () => {
    const watch = started();
    watch.ready.dependency('redis', () => Promise.reject(new Error('away')), { isNeeded: false });
    expect(await watch.readiness()).toMatchObject({ status: 'ok', parts: { redis: false } });
  });
});

describe('metrics', () => {
  it('never wait long or fail for something that is asked at a scrape', async () => {
    const watch = started();
    watch.service.atScrape(never);
    watch.service.atScrape(() => Promise.reject(new Error('away')));
    const text = await watch.metrics();
    expect(text).toContain('tonghop_build_info{service="test",version="1.2.3"');
    expect(text).toContain('tonghop_restarts_total 4');
    expect(text).toContain('tonghop_ready{part="process"} 1');
  });

  it('have no gauge with the name of a counter', async () => {
    const text = await started().metrics();
    const gauges = [...text.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name);
    expect(gauges.filter((name) => /_(total|count|sum|bucket)$/.test(name))).toEqual([]);
  });
});

describe('the port for probes', () => {
  const logger = pino({ level: 'silent' });
  const at = (port?: number, usual = 0) => ({ host: '127.0.0.1', port, usual });

  it('answers health, readiness and metrics, and nothing else', async () => {
    const watch = watched();
    const { url, close } = await serveProbes(watch, at(), logger);
    try {
      const statuses = await Promise.all(
        ['/healthz', '/readyz', '/metrics', '/'].map(async (path) => (await fetch(url + path)).status),
      );
      watch.started();
      const { status } = await fetch(`${url}/readyz`);
      const posted = await fetch(`${url}/metrics`, { method: 'POST' });
      expect([...statuses, status, posted.status]).toEqual([200, 503, 200, 404, 200, 405]);
    } finally {
      await close();
    }
  });

  it('gives way where only the usual one is taken, and is a fault where it was asked for', async () => {
    const first = await serveProbes(watched(), at(), logger);
    const taken = Number(new URL(first.url).port);
    const second = await serveProbes(watched(), at(undefined, taken), logger);
    try {
      expect(second.url).not.toBe(first.url);
      await expect(serveProbes(watched(), at(taken), logger)).rejects.toThrow('EADDRINUSE');
    } finally {
      await first.close();
      await second.close();
    }
  });
});
