import { admittedProvince, provinceEventTopics } from '#contracts';
import { provinceOf, toExactJson, unitOf } from '#domain';
import { connectStore, rejectionModel, RollupReader, type Connection } from '#store';
import { rebuild } from '../../cli/rebuild.js';
import { verify } from '../../cli/verify.js';
import { anEvent } from '../kit/builders.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { seededWorkload, type Message } from '../kit/seeded-workload.js';

const everything = { scope: undefined, repair: false, wait: true };
/** Of Hà Nội; its events are sent by other ways here. */
const FOREIGN = { key: '00004', value: JSON.stringify(anEvent({ id: 'foreign' })) };

describe("events by their province's own topic", () => {
  const workload = seededWorkload(3_000, 32);
  let it_: TestInstallation;
  let connection: Connection;
  const sentTo = new Map<string, Message[]>();

  const topicOf = (key: string | null): string => {
    const unit = key === null ? undefined : unitOf(key);
    const own = unit && provinceEventTopics(it_.topics).find(({ province }) => province === provinceOf(unit));
    return own?.topic ?? it_.topics.indicatorEvents;
  };
  const note = (topic: string, message: Message) => sentTo.set(topic, [...(sentTo.get(topic) ?? []), message]);

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection', { copies: 'check=2' });
    connection = await connectStore(it_.config);
    // Every second event by the main topic, so that cells are fed by both ways.
    workload.messages.forEach((message, n) =>
      note(n % 2 === 0 ? it_.topics.indicatorEvents : topicOf(message.key), message),
    );
    const lang = topicOf('20');
    note(lang, FOREIGN);
    note(lang, { key: '01', value: JSON.stringify(anEvent({ id: 'foreign too', data: { unit: '01' } })) });
    const topicMessages = [...sentTo].map(([topic, messages]) => ({ topic, messages }));
    await it_.producer.sendBatch({ topicMessages });
    await it_.drained();
  });
  afterAll(async () => {
    await connection.close();
    await it_.stop();
  });

  const isExact = async (): Promise<void> => {
    const expected = workload.reference.rollups();
    const found = await it_.rollups();
    const wrong = [...expected].filter(
      ([key, rollup]) => toExactJson(found.get(key)) !== toExactJson(JSON.parse(toExactJson(rollup))),
    );
    expect([wrong.slice(0, 3), found.size]).toEqual([[], expected.size]);
  };

  it('count exactly as by the main one', isExact);

  it('are refused where they are of another province, with the topic in their origin', async () => {
    const topic = topicOf('20');
    const refused = await rejectionModel(connection).find({ 'origin.topic': topic, code: 'SOURCE_MISMATCH' }).lean();
    const foreign = refused.filter(({ detail }) => detail.includes('province 20'));
    expect(foreign.map(({ unit, pointer }) => `${unit} ${pointer}`).sort()).toEqual(['00004 /source', '01 /source']);
    expect(admittedProvince(it_.topics, topic)).toBe('20');
  });

  it('stand in the accounts, each partition of each topic by itself', async () => {
    const accounts = await new RollupReader(connection, Date.now).accounts();
    const read = new Map<number, number>();
    for (const [number, account] of accounts.flatMap((held) => Object.entries(held.accounts))) {
      const { won, superseded, repeated, refused } = account;
      expect(account.read).toBe(won + superseded + repeated + refused);
      read.set(Number(number), (read.get(Number(number)) ?? 0) + account.read);
    }
    for (const { topic, numbersFrom } of provinceEventTopics(it_.topics))
      expect([topic, read.get(numbersFrom)]).toEqual([topic, sentTo.get(topic)?.length]);
    const main = [0, 1, 2, 3].reduce((sum, partition) => sum + (read.get(partition) ?? 0), 0);
    expect(main).toBe(sentTo.get(it_.topics.indicatorEvents)?.length);
  });

  it('are verified, and read again by a rebuild', async () => {
    const events = workload.messages.length + 2;
    expect(await verify(it_.env, everything)).toMatchObject({ differences: [], events, refused: workload.refused + 2 });
    await rebuild(it_.env);
    await isExact();
    expect(await verify(it_.env, everything)).toMatchObject({ differences: [], events, generation: 2 });
  }, 240_000);
});
