import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RECORD_VERSION } from '#contracts';
import { currentGeneration } from '#stream';
import { anEvent } from '../../../test/kit/builders.js';
import {
  eventually,
  freePort,
  needed,
  startInstallation,
  testDatabase,
  type TestInstallation,
} from '../../../test/kit/installation.js';
import { seeded } from '../../../test/kit/seeded-workload.js';
import { SseClient } from '../../../test/kit/sse.js';
import { TcpProxy } from '../../../test/kit/tcp-proxy.js';
import { authorizedFetch } from '../../../test/kit/authorized-fetch.js';

const COMMUNE = '00004';
const relapses = (period: string, value: number, revision = 1) =>
  anEvent({
    id: `${period}-${revision}`,
    data: {
      unit: COMMUNE,
      indicator: 'relapses',
      period,
      revision,
      numerator: undefined,
      denominator: undefined,
      value,
    },
  });

describe('the live stream', () => {
  let it_: TestInstallation;
  let proxy: TcpProxy;
  const clients: SseClient[] = [];

  beforeAll(async () => {
    const uri = new URL(testDatabase(needed('MONGODB_URI'), `stream${process.pid}`));
    proxy = await TcpProxy.open(await freePort(), seeded(1));
    proxy.targetPort = Number(uri.port);
    uri.port = String(proxy.port);
    // Or the driver finds the server's own address out, and goes past the proxy.
    uri.searchParams.set('directConnection', 'true');
    const env = { MONGODB_URI: String(uri) };
    it_ = await startInstallation('check,province,ministry,projection,dashboard', { env });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    await proxy.mend();
    await it_.stop();
    await proxy.close();
  });

  const publish = (...events: object[]) =>
    it_.producer.send({
      topic: it_.topics.indicatorEvents,
      messages: events.map((event) => ({ key: COMMUNE, value: JSON.stringify(event) })),
    });
  const open = async (unit: string, lastId?: string): Promise<SseClient> => {
    const client = await SseClient.open(`${it_.dashboard}/v1/stream?unit=${unit}`, lastId);
    clients.push(client);
    return client;
  };
  const last = (client: SseClient, window: string) => client.rollups(window, 'relapses').at(-1)?.value;
  const waitFor = (client: SseClient, window: string, value: number) =>
    eventually(
      () => Promise.resolve(last(client, window)),
      (seen) => seen === value,
    );
  const dashboardPid = () => it_.supervisor.pids().get('dashboard') as number;

  it('makes a quarter of the months that have passed on the topic, written to MongoDB or not', async () => {
    const country = await open('VN');
    await publish(relapses('2026-01', 7));
    await waitFor(country, '2026-Q1', 7);
    await it_.drained();
    const projection = it_.supervisor.pids().get('projection') as number;
    process.kill(projection, 'SIGSTOP');
    try {
      await publish(relapses('2026-01', 4, 2));
      await waitFor(country, '2026-Q1', 4);
      const commune = await open(COMMUNE);
      await publish(relapses('2026-02', 8));
      await waitFor(commune, '2026-02', 8);
      expect([last(commune, '2026-Q1'), last(commune, '2026')]).toEqual([12, 12]);
      expect(last(commune, '2026-01')).toBe(4);
    } finally {
      process.kill(projection, 'SIGCONT');
    }
  });

  it('says first what MongoDB may not have yet', async () => {
    await it_.drained();
    const projection = it_.supervisor.pids().get('projection') as number;
    const before = await open('01');
    process.kill(projection, 'SIGSTOP');
    try {
      await publish(relapses('2026-04', 3));
      await waitFor(before, '2026-04', 3);
      const after = await open('01');
      await waitFor(after, '2026-04', 3);
      expect(after.named('resync')).toEqual([]);
    } finally {
      process.kill(projection, 'SIGCONT');
    }
  });

  it('gives who comes back what he missed, and tells who cannot be told to read anew', async () => {
    const first = await open(COMMUNE);
    await publish(relapses('2026-05', 1));
    await waitFor(first, '2026-05', 1);
    first.close();
    await publish(relapses('2026-05', 2, 2));
    const other = await open(COMMUNE);
    await waitFor(other, '2026-05', 2);
    await publish(relapses('2026-05', 3, 3));
    await waitFor(other, '2026-05', 3);
    const back = await open(COMMUNE, first.lastId);
    await waitFor(back, '2026-05', 3);
    expect(back.rollups('2026-05', 'relapses').map(({ value }) => value)).toEqual([2, 3]);
    expect(back.named('resync')).toEqual([]);
    const stranger = await open(COMMUNE, 'another-process-17');
    await eventually(
      () => Promise.resolve(stranger.named('resync')),
      (seen) => seen.length === 1,
    );
  });

  it('goes on where it was after its consumers had to join their groups anew', async () => {
    const watcher = await open('VN');
    await publish(relapses('2026-06', 1));
    await waitFor(watcher, '2026-06', 1);
    const pid = dashboardPid();
    // Longer than a session: the group has given the process up.
    process.kill(pid, 'SIGSTOP');
    await publish(relapses('2026-06', 2, 2));
    await sleep(9_000);
    process.kill(pid, 'SIGCONT');
    await publish(relapses('2026-07', 5));
    await waitFor(watcher, '2026-07', 5);
    await waitFor(watcher, '2026-06', 2);
    expect(dashboardPid()).toBe(pid);
  });

  it('stays open while MongoDB is away, for a commune too, and makes up for it', async () => {
    const pid = dashboardPid();
    await proxy.cut();
    const commune = await open('00008');
    const country = await open('VN');
    await publish(relapses('2026-08', 9));
    await waitFor(country, '2026-08', 9);
    await it_.producer.send({
      topic: it_.topics.indicatorEvents,
      messages: [{ key: '00008', value: JSON.stringify(anEvent({ data: { unit: '00008', period: '2026-08' } })) }],
    });
    await sleep(6_000);
    await proxy.mend();
    await eventually(
      () => Promise.resolve(commune.rollups('2026-08', 'c')),
      (seen) => seen.length > 0,
      40_000,
    );
    expect(commune.named('resync')).toHaveLength(1);
    expect(dashboardPid()).toBe(pid);
  });

  it('tells everyone to read anew when a rebuild is complete, and goes on in the new figures', async () => {
    await it_.drained();
    const pid = dashboardPid();
    const [country, commune] = [await open('VN'), await open(COMMUNE)];
    await publish(relapses('2026-09', 5));
    for (const watcher of [country, commune]) await waitFor(watcher, '2026-Q3', 14 + 5);
    const before = country.lastId;
    const rebuilding = spawn(process.execPath, ['dist/cli/main.js', 'rebuild'], { env: it_.env, stdio: 'ignore' });
    expect(await once(rebuilding, 'exit')).toEqual([0, null]);
    await eventually(
      () => Promise.resolve([country, commune].map((watcher) => watcher.named('resync').length)),
      (counts) => counts.every((count) => count === 1),
    );
    await publish(relapses('2026-09', 6, 2));
    for (const watcher of [country, commune]) await waitFor(watcher, '2026-Q3', 14 + 6);
    const back = await open('VN', before);
    await eventually(
      () => Promise.resolve(back.named('resync').length),
      (count) => count === 1,
    );
    expect(dashboardPid()).toBe(pid);
  });

  it('waits for a worker of a newer version in front of its record, and does not end', async () => {
    await open('VN');
    const pid = dashboardPid();
    const g = await currentGeneration(it_.kafka, it_.topics.control);
    const value = JSON.stringify({ v: RECORD_VERSION + 1, g, unit: 'VN', window: '2026-01' });
    await it_.producer.send({
      topic: it_.topics.nationalRollups,
      messages: [{ key: 'VN|2026-01', partition: 0, value }],
    });
    await eventually(
      () => Promise.resolve(it_.log('dashboard')),
      (log) =>
        log.split('\n').filter((line) => line.includes('NEWER_RECORD') && line.includes('taking it again')).length > 1,
    );
    expect(dashboardPid()).toBe(pid);
    expect(it_.log('dashboard')).not.toContain('global exception filters');
  });

  it('answers HEAD with its headers, at once', async () => {
    const answer = await authorizedFetch(`${it_.dashboard}/v1/stream`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(3_000),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });
});
