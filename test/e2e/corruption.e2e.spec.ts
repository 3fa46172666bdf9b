import { setTimeout as sleep } from 'node:timers/promises';
import { checkEvent, isRefusal, toExactJson, type Rollup } from '#domain';
import { boundsOf, readTopic } from '#stream';
import {
  projectionGroup,
  projectionInputs,
  rollupGroup,
  decodeWindowRollups,
  type TopicKey,
  type WindowRollups,
} from '#contracts';
import { rebuild } from '../../cli/rebuild.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { verify } from '../../cli/verify.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { Reference } from '../kit/reference.js';
import { seededWorkload, type Message } from '../kit/seeded-workload.js';

type Service = 'check' | 'province' | 'ministry' | 'projection';
const all: readonly Service[] = ['check', 'province', 'ministry', 'projection'];

describe('what is damaged behind the back of the services', () => {
  const { messages } = seededWorkload(2_600, 31);
  const published: Message[] = [];
  const running = new Map<Service, Supervisor>();
  let it_: TestInstallation;
  let admin: ReturnType<TestInstallation['kafka']['admin']>;

  const logDir = () => `.local/test-logs/${it_.config.TOPIC_PREFIX}`;
  const start = async (...services: readonly Service[]) => {
    const options = { root: process.cwd(), env: it_.env, logDir: logDir(), say: () => undefined };
    await Promise.all(
      services.map(async (service) => {
        const supervisor = new Supervisor(options, copiesOf(service));
        running.set(service, supervisor);
        await supervisor.start();
      }),
    );
  };
  const stop = (...services: readonly Service[]) =>
    Promise.all(services.flatMap((service) => running.get(service)?.stop() ?? []));
  const publish = async (count: number) => {
    const portion = messages.slice(published.length, published.length + count);
    published.push(...portion);
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: portion });
  };
  const expected = (): Map<string, Rollup> => {
    const reference = new Reference();
    for (const { key, value } of published) {
      const received = { bytes: Buffer.byteLength(value), text: value, receivedAt: Date.now() };
      const outcome = checkEvent({ ...received, key: key ?? undefined });
      if (!isRefusal(outcome)) reference.take(outcome);
    }
    return reference.rollups();
  };
  const differing = async (rollups: ReadonlyMap<string, unknown>) => {
    const found = await it_.rollups();
    const keys = [...new Set([...found.keys(), ...rollups.keys()])];
    return keys.filter((key) => toExactJson(found.get(key)) !== toExactJson(rollups.get(key))).slice(0, 3);
  };
  const expectRight = async () => {
    const rollups = expected();
    await eventually(
      () => sleep(400).then(() => differing(rollups)),
      (keys) => keys.length === 0,
      30_000,
    );
  };
  const groupOf = (service: Service, topic: string) =>
    service === 'projection'
      ? projectionGroup(it_.config.TOPIC_PREFIX, topic, 1)
      : rollupGroup(it_.config.TOPIC_PREFIX, service, 1);
  const inputsOf = (service: Service): readonly TopicKey[] =>
    service === 'projection'
      ? projectionInputs
      : [({ check: 'indicatorEvents', province: 'communeReports', ministry: 'provinceRollups' } as const)[service]];
  const setGroups = (place: 'low' | 'high', ...services: readonly Service[]) =>
    Promise.all(
      services.flatMap((service) =>
        inputsOf(service).map(async (key) => {
          const topic = it_.topics[key];
          const ends = await admin.fetchTopicOffsets(topic);
          const partitions = ends.map((end) => ({ partition: end.partition, offset: end[place] }));
          const groupId = groupOf(service, topic);
          await admin.setOffsets({ groupId, topic, partitions });
          const [{ partitions: held }] = await admin.fetchOffsets({ groupId, topics: [topic] });
          const set = held.map(({ partition, offset }) => `${partition}:${offset}`).sort();
          expect(set).toEqual(partitions.map(({ partition, offset }) => `${partition}:${offset}`).sort());
        }),
      ),
    );
  const endOf = async (key: TopicKey) =>
    (await admin.fetchTopicOffsets(it_.topics[key])).reduce((sum, { high }) => sum + Number(high), 0);
  /** Waits until nothing more is written to a topic. */
  const settled = async (key: TopicKey) => {
    for (let before = -1, now = await endOf(key); now !== before;) {
      before = now;
      await sleep(1_000);
      now = await endOf(key);
    }
  };
  const truncate = async (key: TopicKey) => {
    const topic = it_.topics[key];
    // A broker deletes no records of a topic that is only compacted: somebody must have changed that first.
    const configEntries = [{ name: 'cleanup.policy', value: 'compact,delete' }];
    await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({
      partition,
      offset: String(Math.floor(Number(high) / 2)),
    }));
    await admin.deleteTopicRecords({ topic, partitions });
  };

  beforeAll(async () => {
    it_ = await startInstallation('');
    admin = it_.kafka.admin();
    await admin.connect();
    await start(...all);
    await publish(1_200);
    await expectRight();
  });
  afterAll(async () => {
    await stop(...all);
    await admin.disconnect();
    await it_.stop();
  });

  it('every group set to the beginning: repeats change no figure, and no half sum is published', async () => {
    await settled('nationalRollups');
    await stop(...all);
    const rollups = expected();
    const { to: from } = await boundsOf(it_.kafka, it_.topics.nationalRollups);
    await setGroups('low', ...all);
    await start(...all);
    await settled('nationalRollups');
    await expectRight();
    const { to } = await boundsOf(it_.kafka, it_.topics.nationalRollups);
    let windows = 0;
    await readTopic(it_.kafka, it_.topics.nationalRollups, { from, to }, (_, { value }) => {
      const { window, items } = decodeWindowRollups(String(value)) as WindowRollups;
      windows += 1;
      for (const item of items)
        expect(toExactJson(item)).toBe(toExactJson(rollups.get(`VN|${window}|${item.indicator}`)));
    });
    expect(windows).toBeGreaterThan(0);
  });

  it.each(all)('the group of %s set to the end: what it had not read is not left out', async (service) => {
    await stop(service);
    await publish(250);
    if (service !== 'check') await settled('communeReports');
    if (service === 'ministry' || service === 'projection') await settled('provinceRollups');
    if (service === 'projection') await settled('nationalRollups');
    await setGroups('high', service);
    await start(service);
    await expectRight();
    const log = it_.log(service === 'projection' ? service : `rollup-${service}`);
    if (service !== 'ministry') expect(log).toContain('"code":"GROUP_SET_ELSEWHERE"');
  });

  it('after all of that every figure, account and refusal is right', async () => {
    expect((await verify(it_.env, { scope: undefined, repair: false, wait: true })).differences).toEqual([]);
  });

  it('truncated topics: the stages stand still and say so, readers keep right figures, a rebuild mends it', async () => {
    await stop('province', 'ministry');
    const rollups = expected();
    await truncate('communeRollups');
    await truncate('provinceRollups');
    await publish(250);
    await start('province', 'ministry');
    const says = (service: Service, topic: TopicKey) =>
      it_
        .log(`rollup-${service}`)
        .split('\n')
        .some((line) => line.includes('"code":"STATE_TRUNCATED"') && line.includes(it_.topics[topic]));
    await eventually(
      () => Promise.resolve([says('province', 'communeRollups'), says('ministry', 'provinceRollups')]),
      (said) => said.every(Boolean),
    );
    const found = await it_.rollups();
    const isCountry = (key: string) => key.startsWith('VN|');
    expect([...found.keys()].filter(isCountry).sort()).toEqual([...rollups.keys()].filter(isCountry).sort());
    for (const [key, rollup] of found) {
      if (isCountry(key)) expect(toExactJson(rollup)).toBe(toExactJson(rollups.get(key)));
    }
    await rebuild(it_.env);
    await expectRight();
  });
});
