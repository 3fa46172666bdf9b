import { toExactJson, type Rollup } from '#domain';
import { connectStore, RollupReader, unitYearModel, windowModel } from '#store';
import { totalAccounts } from '../../apps/dashboard/src/accounts-metric.js';
import { rebuild } from '../../cli/rebuild.js';
import { everyType, seededWorkload, shuffled, type Message } from '../kit/seeded-workload.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const plain = (rollups: ReadonlyMap<string, Rollup>) =>
  new Map([...rollups].map(([key, rollup]) => [key, JSON.parse(toExactJson(rollup)) as Rollup]));

const differences = (actual: ReadonlyMap<string, unknown>, expected: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...actual.keys(), ...expected.keys()])]
    .filter((key) => toExactJson(actual.get(key)) !== toExactJson(expected.get(key)))
    .slice(0, 5)
    .map((key) => `${key}: ${toExactJson(actual.get(key))} instead of ${toExactJson(expected.get(key))}`);

describe('the pipeline', () => {
  const workload = seededWorkload(4_000, 11, 0.01, everyType);
  let it_: TestInstallation;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection', { copies: 'province=2' });
  });
  afterAll(() => it_.stop());

  const publish = async (messages: readonly Message[]) => {
    for (let from = 0; from < messages.length; from += 2_000) {
      await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: messages.slice(from, from + 2_000) });
    }
  };
  const kill = (service: string) => process.kill(it_.supervisor.pids().get(service) as number, 'SIGKILL');
  const expectExact = async () => {
    await it_.drained();
    expect(differences(await it_.rollups(), plain(workload.reference.rollups()))).toEqual([]);
  };
  const accounts = async () => {
    const connection = await connectStore(it_.config);
    try {
      return await totalAccounts(new RollupReader(connection, Date.now));
    } finally {
      await connection.close();
    }
  };

  it('equals a plain recomputation, every rollup of every unit', async () => {
    await publish(workload.messages);
    await expectExact();
  });

  it('accounts for every report read, in each partition', async () => {
    const all = Object.values(await accounts());
    for (const { read, won, superseded, repeated, refused } of all)
      expect(won + superseded + repeated + refused).toBe(read);
    const sum = (outcome: string) => all.reduce((total, account) => total + account[outcome], 0);
    expect([sum('read'), sum('refused')]).toEqual([workload.reports, workload.refused]);
  });

  it('says the same after everything comes again, shuffled and repeated', async () => {
    await publish(shuffled(workload.messages, 12));
    await expectExact();
  });

  it.each(['rollup-check', 'rollup-province', 'rollup-ministry', 'projection'])(
    'survives kill -9 of %s in the middle',
    async (service) => {
      const again = shuffled(workload.messages, service.length);
      const half = Math.floor(again.length / 2);
      await publish(again.slice(0, half));
      kill(service);
      await publish(again.slice(half));
      await expectExact();
    },
  );

  it('is made anew from the events by a rebuild, whatever MongoDB held', async () => {
    const connection = await connectStore(it_.config);
    try {
      await windowModel(connection, 1).updateMany({ unit: 'VN' }, { $set: { items: '[]' } });
      await unitYearModel(connection, 1).deleteMany({ province: '01' });
    } finally {
      await connection.close();
    }
    expect(differences(await it_.rollups(), plain(workload.reference.rollups()))).not.toEqual([]);
    await rebuild(it_.env);
    await expectExact();
  });

  it('still accounts for every report read', async () => {
    for (const { read, won, superseded, repeated, refused } of Object.values(await accounts())) {
      expect(won + superseded + repeated + refused).toBe(read);
    }
  });
});
