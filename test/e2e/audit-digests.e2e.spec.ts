/**
 * The signed digests of the days: one a day, in the folder that is carried elsewhere, and what they are for: a trail that somebody with every right in Kafka
 * and MongoDB made anew is found by an old digest.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chained, decodeChained, topicSpecs, type AuditDigest, type ChainedEntry, type SignedDigest } from '#contracts';
import { ictDay } from '#domain';
import { ensureTopics } from '#kafka';
import { createLogger, sha256, signingKeyOf } from '#service';
import { boundsOf, readTopic } from '#stream';
import { auditDigestModel, auditId, auditModel, AuditTrail, connectStore, type Connection } from '#store';
import { DailyDigests } from '../../apps/audit/src/daily-digests.js';
import { verifyAuditCommand } from '../../cli/verify-audit.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const DAY_MS = 86_400_000;

describe('the digests of the days', () => {
  const folder = mkdtempSync(join(tmpdir(), 'digests-'));
  let it_: TestInstallation;
  let store: Connection;
  let trail: AuditTrail;

  beforeAll(async () => {
    it_ = await startInstallation('audit,dashboard', { env: { AUDIT_DIGEST_DIR: folder } });
    store = await connectStore(it_.config);
    trail = await AuditTrail.prepared(store);
    for (let n = 0; n < 5; n += 1) await authorizedFetch(`${it_.dashboard}/v1/rollups?unit=00004&window=2026-03`);
    await eventually(chain, (texts) => [...texts.values()].flat().length >= 9);
  });
  afterAll(async () => {
    await store.close();
    await it_.stop();
    rmSync(folder, { recursive: true });
  });

  /** The texts of each partition. */
  const chain = async (): Promise<Map<number, string[]>> => {
    const texts = new Map<number, string[]>();
    await readTopic(
      it_.kafka,
      it_.topics.audit,
      await boundsOf(it_.kafka, it_.topics.audit),
      (partition, { value }) => {
        texts.set(partition, [...(texts.get(partition) ?? []), String(value)]);
      },
    );
    return texts;
  };
  /** As the service does it, at another time. */
  const atTime = async (now: number): Promise<void> => {
    const key = signingKeyOf({ ACCESS: 'demo' });
    if (key === undefined) throw new Error('no key');
    const logger = createLogger('audit', 'silent');
    const digests = new DailyDigests({
      kafka: it_.kafka,
      topic: it_.topics.audit,
      trail,
      key,
      folder,
      logger,
      now: () => now,
    });
    await digests.begin();
    digests.close();
  };
  const verified = async (...args: string[]): Promise<string> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const status = await verifyAuditCommand(args, it_.env);
      return [status, ...write.mock.calls.map(([text]) => String(text).trim())].join('\n');
    } finally {
      write.mockRestore();
    }
  };
  const digestOf = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as SignedDigest;

  it('are made by the service once a day, as files too', async () => {
    await eventually(
      () => Promise.resolve(readdirSync(folder)),
      (files) => files.length === 1,
    );
    // Noon of tomorrow in Vietnam: an hour later is the same day, whenever the test runs.
    const tomorrow = Date.parse(`${ictDay(Date.now())}T12:00:00+07:00`) + DAY_MS;
    await atTime(tomorrow);
    const files = readdirSync(folder).sort();
    expect(files).toHaveLength(2);
    const texts = files.map((file) => digestOf(file).text);
    await atTime(tomorrow + 3_600_000);
    expect(readdirSync(folder).sort()).toEqual(files);
    expect(files.map((file) => digestOf(file).text)).toEqual(texts);
    const { heads } = JSON.parse(texts[1]) as AuditDigest;
    const lengths = [...(await chain())].map(([partition, each]) => [String(partition), each.length]);
    expect(Object.entries(heads).map(([partition, { n }]) => [partition, n])).toEqual(lengths.sort());
    expect(await verified()).toMatch(/^0\n/);
    expect(await verified('--digests', folder)).toMatch(/^0\n/);
  });

  it('are found altered, in MongoDB and in the folder, and missing in MongoDB', async () => {
    const [, file] = readdirSync(folder).sort();
    const held = digestOf(file);
    writeFileSync(join(folder, file), JSON.stringify({ ...held, text: held.text.replace(/"n":\d+/, '"n":1000') }));
    expect(await verified('--digests', folder)).toContain(`1\ndigest ${file}: not signed by this key`);
    writeFileSync(join(folder, file), 'nonsense');
    expect(await verified('--digests', folder)).toContain(`1\ndigest ${file}: is no digest`);
    writeFileSync(join(folder, file), JSON.stringify(held));
    const [stored] = await auditDigestModel(store).find({ text: held.text }).lean().exec();
    const _id = stored._id;
    await auditDigestModel(store)
      .updateOne({ _id }, { $set: { text: held.text.replace(/"n":\d+/, '"n":1000') } })
      .exec();
    expect(await verified()).toContain(`1\ndigest of ${_id}: not signed by this key`);
    await auditDigestModel(store).deleteOne({ _id }).exec();
    expect(await verified('--digests', folder)).toContain(`1\ndigest ${file}: is not in MongoDB`);
    await auditDigestModel(store).create({ _id, text: held.text, signature: held.signature });
    expect(await verified('--digests', folder)).toMatch(/^0\n/);
  });

  it('tell of a chain that was made anew from an altered entry on, in Kafka and MongoDB', async () => {
    const hash = (text: string) => sha256(Buffer.from(text));
    const forged = new Map<number, ChainedEntry[]>();
    for (const [partition, texts] of await chain()) {
      let head: ChainedEntry | undefined;
      const next = texts.map((text) => {
        const { entry, source } = decodeChained(text) as ChainedEntry;
        const told = entry.what === 'figures.read' ? { ...entry, unit: '00008' } : entry;
        return (head = chained(told, source, head, hash));
      });
      forged.set(partition, next);
    }
    expect(await it_.supervisor.stop()).toBe(0);
    const admin = it_.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [it_.topics.audit] });
    await admin.disconnect();
    await eventually(
      () =>
        ensureTopics(it_.kafka, topicSpecs(it_.topics), it_.config.TOPIC_PARTITIONS).then(
          () => true,
          () => false,
        ),
      (isThere) => isThere,
    );
    for (const [partition, entries] of forged) {
      const messages = entries.map((each) => ({ partition, value: JSON.stringify(each) }));
      await it_.producer.send({ topic: it_.topics.audit, messages, acks: -1 });
      for (const each of entries) {
        const { unit } = each.entry;
        const set = { text: JSON.stringify(each), ...(unit === null ? {} : { unit }) };
        await auditModel(store)
          .updateOne({ _id: auditId(partition, each.n) }, { $set: set })
          .exec();
      }
    }
    const said = await verified('--digests', folder);
    expect(said).toMatch(/^1\n/);
    expect(said).toMatch(/digest of \d{4}-\d{2}-\d{2}: partition \d, entry \d+ is another/);
    expect(said).not.toContain('topic:');
    expect(said).not.toContain('mongodb:');
  });
});
