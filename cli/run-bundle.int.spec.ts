/** Services as they are started: from one file, with V8's cache of it. Needs what `npm test` has compiled. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programOf } from './supervisor.js';

const root = process.cwd();
const run = promisify(execFile);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cachesOf = (name: string) =>
  readdirSync(folder).filter((file) => file.startsWith(name) && file.endsWith('.cache'));

/** Runs a bundle long enough for its cache to be written; answers what it printed. */
const ran = async (file: string): Promise<string> =>
  (await run(process.execPath, [join(root, 'dist/cli/bundled.js'), file])).stdout.trim();

const living = 'setTimeout(() => undefined, 9_000);';

test('a bundle leaves its compiled code, and a changed one of the same length does not run from it', async () => {
  const file = join(folder, 'a.cjs');
  writeFileSync(file, `console.log('one');${living}`);
  expect(await ran(file)).toBe('one');
  expect(cachesOf('a.cjs')).toHaveLength(1);
  writeFileSync(file, `console.log('two');`);
  utimesSync(file, 1_000_000_000, 1_000_000_000);
  expect(await ran(file)).toBe('two');
});

test('a cache that is damaged is not used', async () => {
  const file = join(folder, 'b.cjs');
  writeFileSync(file, `console.log('one');${living}`);
  await ran(file);
  writeFileSync(join(folder, cachesOf('b.cjs')[0]), 'nonsense');
  expect(await ran(file)).toBe('one');
});

test('a stack trace of a bundled service names the TypeScript', async () => {
  const failed = run(process.execPath, [...programOf('intake', {})], { cwd: root, env: { PATH: process.env.PATH } });
  const { stderr } = await failed.then(
    () => ({ stderr: 'it started without a configuration' }),
    (error: { stderr: string }) => error,
  );
  expect(stderr).toContain('KAFKA_BROKERS');
  expect(stderr).toMatch(/apps\/intake\/src\/main\.ts:\d+:\d+/);
});

test('a service whose Kafka is away answers its probes while it starts, and ends well when it is told to', async () => {
  const env = { PATH: process.env.PATH, STAGE: 'check', KAFKA_BROKERS: '127.0.0.1:1', HEALTH_PORT: '0' };
  const child = spawn(process.execPath, [...programOf('rollup', {})], { cwd: root, env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let log = '';
    child.once('exit', () => reject(new Error(log)));
    child.stderr.on('data', (part) => {
      log += String(part);
      const found = /"url":"([^"]+)","msg":"probes"/.exec(log);
      if (found !== null) resolve(found[1]);
    });
  });
  const said = await Promise.all(['healthz', 'readyz', 'metrics'].map((path) => fetch(`${url}/${path}`)));
  const why: unknown = await said[1].json();
  child.kill('SIGTERM');
  expect([said.map(({ status }) => status), why]).toEqual([
    [200, 503, 200],
    { status: 'unavailable', parts: { process: false }, why: { process: 'starting' } },
  ]);
  expect(await ended).toBe(0);
});

test('what is corrected or found by its path is not inside; no Redis client where events pass, no OpenTelemetry but its interface', () => {
  const required = (service: string) =>
    [...readFileSync(join(root, `dist/bundles/${service}.cjs`), 'utf8').matchAll(/require\("([^".][^"]*)"\)/g)].map(
      ([, name]) => name,
    );
  for (const service of ['rollup', 'projection', 'intake', 'dashboard']) expect(required(service)).toContain('kafkajs');
  for (const service of ['rollup', 'projection', 'intake', 'dashboard', 'reports'])
    // prom-client has it, for examples that nobody asks for.
    expect(required(service).filter((name) => /otel|opentelemetry/.test(name))).toEqual(['@opentelemetry/api']);
  for (const service of ['rollup', 'projection', 'intake'])
    expect(readFileSync(join(root, `dist/bundles/${service}.cjs`), 'utf8')).not.toContain(
      'Reached the max retries per request limit',
    );
  // It has a file, and a thread, of its own.
  expect(readFileSync(join(root, 'dist/bundles/rate-counter.worker.cjs'), 'utf8')).toContain(
    'Reached the max retries per request limit',
  );
});

test('a traced service runs from its modules, which OpenTelemetry watches as they are loaded', () => {
  expect(programOf('intake', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toContain(
    'dist/apps/intake/src/main.js',
  );
  expect(programOf('intake', { OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toContain('dist/bundles/intake.cjs');
});
