/** Records that no stage can take as they are: each stands in the refusals with its place, and everything behind it goes on. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCommuneReports, type RejectedEvent } from '#contracts';
import { copiesOf } from '../../cli/services.js';
import { skipCommand } from '../../cli/skip.js';
import { Supervisor } from '../../cli/supervisor.js';
import { anEvent } from '../kit/builders.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';
import { readUntil, type ReadRecord } from '../kit/topic.js';

const event = (revision: number, id = `event-${revision}`) => JSON.stringify(anEvent({ id, data: { revision } }));
const refusalsIn = (records: readonly ReadRecord[]) =>
  records.map(({ value }) => JSON.parse(String(value)) as RejectedEvent);

describe('a record that cannot be taken', () => {
  let it_: TestInstallation;
  let stage: Supervisor | undefined;

  beforeEach(async () => {
    it_ = await startInstallation('');
  });
  afterEach(async () => {
    await stage?.stop();
    await it_.stop();
  });

  const startStage = async (which = 'check') => {
    const logDir = `.local/test-logs/${it_.config.TOPIC_PREFIX}`;
    stage = new Supervisor({ root: process.cwd(), env: it_.env, logDir, say: () => undefined }, copiesOf(which));
    await stage.start();
  };
  const publish = async (value: string | Buffer, partition = 0) => {
    const messages = [{ key: '00004', value, partition }];
    const [sent] = await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    return String(sent.baseOffset);
  };
  /** The refusals, as soon as there is one and a report of the revision has come through. */
  const refusedWhileThrough = async (revision: number) => {
    await readUntil(it_, it_.topics.communeReports, (records) =>
      records.some(({ value }) =>
        decodeCommuneReports(String(value))?.reports.some((report) => report[3] === revision),
      ),
    );
    return refusalsIn(await readUntil(it_, it_.topics.rejectedEvents, (records) => records.length > 0));
  };

  it('because its bytes changed on the disk: the batch is refused at its place', async () => {
    const offset = await publish(event(1, 'to-be-damaged'));
    await publish(event(2));
    await damage(join(dataOf(it_.topics.indicatorEvents, 0), '00000000000000000000.log'), 'to-be-damaged');
    await startStage();
    const [{ code, origin, detail }] = await refusedWhileThrough(2);
    expect([code, origin]).toEqual(['UNREADABLE_BATCH', { topic: it_.topics.indicatorEvents, partition: 0, offset }]);
    expect(detail).toContain('checksum');
    expect(it_.log('rollup-check')).toContain('UNREADABLE_BATCH');
  });

  it('because a batch between the stages changed on the disk: that is refused at its place too', async () => {
    const topic = it_.topics.communeReports;
    const messages = [{ value: 'to-be-damaged', partition: 1 }];
    const [{ baseOffset: offset }] = await it_.producer.send({ topic, messages });
    await damage(join(dataOf(topic, 1), '00000000000000000000.log'), 'to-be-damaged');
    await startStage('province');
    const read = await readUntil(it_, it_.topics.rejectedEvents, (records) => records.length > 0);
    const [{ code, origin, raw }] = refusalsIn(read);
    expect([code, origin]).toEqual(['UNREADABLE_BATCH', { topic, partition: 1, offset }]);
    expect(Buffer.from(raw, 'base64').toString('latin1')).toContain('Xo-be-damaged');
  });

  it('because an operator has set it aside: it is refused with its bytes, and who did it is kept', async () => {
    const offset = await publish(event(1));
    await publish(event(2));
    const { indicatorEvents: topic } = it_.topics;
    const place = ['--topic', topic, '--partition', '0', '--offset', offset];
    expect(await skipCommand([...place, '--reason', 'ends the stage', '--by', 'trực ban'], it_.env)).toBe(0);
    expect(await skipCommand(['--topic', topic, '--partition', '0', '--offset', '99', '--reason', 'x'], it_.env)).toBe(
      2,
    );
    const kept = await readUntil(it_, it_.topics.skippedRecords, (records) => records.length > 0);
    expect(kept.map(({ value }) => JSON.parse(String(value)) as object)).toEqual([
      { v: 1, topic, partition: 0, offset, reason: 'ends the stage', by: 'trực ban', at: expect.any(String) },
    ]);
    await startStage();
    const [{ code, origin, raw }] = await refusedWhileThrough(2);
    expect([code, origin]).toEqual(['SET_ASIDE', { topic, partition: 0, offset }]);
    expect(Buffer.from(raw, 'base64').toString()).toBe(event(1));
  });

  it('because somebody lowered what a topic takes: the refusal is kept without bytes, the other partitions go on', async () => {
    const admin = it_.kafka.admin();
    await admin.connect();
    const configEntries = [{ name: 'max.message.bytes', value: '2000' }];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: 2, name: it_.topics.rejectedEvents, configEntries }],
    });
    await admin.disconnect();
    await startStage();
    const offset = await publish(Buffer.alloc(60_000, 'x'), 1);
    await publish(event(2), 2);
    const [{ code, origin, raw }] = await refusedWhileThrough(2);
    expect([code, origin, raw]).toEqual([
      'MALFORMED_JSON',
      { topic: it_.topics.indicatorEvents, partition: 1, offset },
      '',
    ]);
  });
});

const dataOf = (topic: string, partition: number): string =>
  join(process.env.TEST_STACK_DIR as string, 'kafka', 'data', `${topic}-${partition}`);

/** Changes a letter of the first place where the text stands in a file, behind the broker's back. */
const damage = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    const at = (await handle.readFile()).indexOf(text);
    if (at < 0) throw new Error(`${text} is not in ${file}`);
    await handle.write('X', at);
  } finally {
    await handle.close();
  }
};
