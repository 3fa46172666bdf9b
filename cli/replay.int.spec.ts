import { randomBytes } from 'node:crypto';
import { decodeAuditEntry, rejectionRecord, type AuditEntry, type Received } from '#contracts';
import { Sealer, sha256 } from '#service';
import { boundsOf, readTopic } from '#stream';
import { anEvent } from '../test/kit/builders.js';
import { startInstallation, type TestInstallation } from '../test/kit/installation.js';
import { readUntil } from '../test/kit/topic.js';
import { replayCommand } from './replay.js';

const key = randomBytes(32);
const SEALING_KEY = key.toString('base64');

describe('npm run replay', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('intake', { env: { SEALING_KEY } });
  });
  afterAll(() => it_.stop());

  const said = async (...args: string[]): Promise<string> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const status = await replayCommand(args, { ...it_.env, SEALING_KEY });
      return [`${status}\n`, ...write.mock.calls.map(([text]) => String(text))].join('');
    } finally {
      write.mockRestore();
    }
  };
  const numberOf = async (topic: string): Promise<number> => {
    const { from, to } = await boundsOf(it_.kafka, topic);
    return [...to].reduce((all, [partition, end]) => all + Number(end - (from.get(partition) ?? 0n)), 0);
  };

  /** Refusals as a version wrote them that did not know the unit yet; the last one is of no unit that this version knows. */
  const refuse = async (): Promise<void> => {
    const refusal = {
      code: 'UNKNOWN_UNIT',
      pointer: '/data/unit',
      detail: 'unit is not a commune or a province',
    } as const;
    const topic = it_.topics.sealingKeys;
    const sealer = new Sealer({ topic, sealingKey: key, months: 6, now: Date.now });
    const receivedAt = Date.now();
    await sealer.prepare([receivedAt], async (records) => {
      await it_.producer.send({ topic, messages: records.map(({ key: id, value }) => ({ key: id, value })) });
    });
    const { data, ...attributes } = anEvent({
      id: 'binary',
      data: { indicator: 'jobs', numerator: undefined, denominator: undefined, value: 7 },
    });
    const headers = Object.entries(attributes).map(
      ([name, value]) => [`ce_${name}`, Buffer.from(String(value))] as const,
    );
    const of = (event: unknown, more: Partial<Received> = {}): Received => ({
      origin: 'http',
      receivedAt,
      bytes: Buffer.from(JSON.stringify(event)),
      ...more,
    });
    const origin = { topic: it_.topics.indicatorEvents, partition: 0, offset: '7' };
    const sealed = [
      of(anEvent({ id: 'structured' })),
      of(data, { origin, headers, key: '00004' }),
      of(anEvent({ id: 'elsewhere', data: { unit: '01273' } })),
      of(anEvent({ id: 'still', data: { unit: '99999' } }), { key: '00004' }),
    ].map((received) => rejectionRecord(refusal, received, sha256, sealer.seal));
    // Of a data key that nobody holds any more.
    const lost = { ...JSON.parse(sealed[0].value), sealed: '2020-01/gone' } as object;
    const right = topicOf('01');
    const strange = rejectionRecord(
      refusal,
      of(anEvent({ id: 'strange', data: { unit: '01273' } }), { origin: { topic: right, partition: 0, offset: '1' } }),
      sha256,
    );
    const messages = [...sealed, { key: null, value: JSON.stringify(lost) }, strange];
    await it_.producer.send({ topic: it_.topics.rejectedEvents, messages });
  };
  const topicOf = (province: string) => `${it_.topics.indicatorEvents}.${province}`;

  it('says what would pass now, and changes nothing until it is told to send', async () => {
    await refuse();
    expect(await said('--code', 'UNKNOWN_UNIT')).toBe(
      [
        '0',
        'UNKNOWN_UNIT: nay hợp lệ / right now: 3',
        '  vẫn bị từ chối / still refused: SOURCE_MISMATCH 1, UNKNOWN_UNIT 1',
        '  không mở được / cannot be opened: 1',
        '',
      ].join('\n'),
    );
    expect(await said('--code', 'UNKNOWN_UNIT', '--unit', '04')).toContain('right now: 1\n');
    expect(await said('--code', 'UNKNOWN_UNIT', '--since', new Date(Date.now() + 60_000).toISOString())).toContain(
      ': 0\n',
    );
    expect(await numberOf(it_.topics.indicatorEvents)).toBe(0);
  });

  it('sends those through the intake, once in the audit trail, and refuses nothing a second time', async () => {
    const refusals = await numberOf(it_.topics.rejectedEvents);
    expect(await said('--code', 'UNKNOWN_UNIT', '--unit', '01', '--send', '--http', it_.intake)).toMatch(
      /^0\n[^]*right now: 2\n[^]*Đã gửi 2 sự kiện[^]*refused: 0\n/,
    );
    const sent = await readUntil(it_, it_.topics.indicatorEvents, ({ length }) => length >= 2);
    expect(sent.map((record) => (JSON.parse(String(record.value)) as { id: string }).id).sort()).toEqual([
      'binary',
      'structured',
    ]);
    expect(await numberOf(it_.topics.rejectedEvents)).toBe(refusals);
    const entries: AuditEntry[] = [];
    const topic = it_.topics.auditEntries;
    await readTopic(it_.kafka, topic, await boundsOf(it_.kafka, topic), (_, { value }) => {
      const entry = decodeAuditEntry(String(value));
      if (entry?.what === 'refusals.replayed') entries.push(entry);
    });
    expect(entries).toMatchObject([{ unit: '01', outcome: 'begun', facts: { code: 'UNKNOWN_UNIT', events: '2' } }]);
  });

  it('asks for a reason that there is, and never for events of a unit that their sender had no right to', async () => {
    const quiet = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const wrong = [
      [],
      ['--code', 'NONSENSE'],
      ['--code', 'SOURCE_MISMATCH'],
      ['--code', 'UNKNOWN_UNIT', '--unit', '99999'],
      ['--code', 'UNKNOWN_UNIT', '--since', 'yesterday'],
      ['--code', 'UNKNOWN_UNIT', '--send'],
      ['--code', 'UNKNOWN_UNIT', '--http', it_.intake],
    ];
    for (const args of wrong) expect(await said(...args)).toBe('2\n');
    quiet.mockRestore();
  });
});
