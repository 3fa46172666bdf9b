/**
 * `npm run verify-audit [-- --digests FOLDER]`: reads the audit topic, makes its chains' hashes again, and holds MongoDB and the days' digests against them. Names the first
 * entry of a partition that was altered, removed, put elsewhere or replaced; entries that are written meanwhile are no part of it. With a folder of digests that were kept elsewhere
 * those count too: whoever holds Kafka and MongoDB can take a digest out of MongoDB. Exit status 1 where anything differs.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { decodeChained, firstChainFault, type AuditDigest, type ChainedEntry, type SignedDigest } from '#contracts';
import { isSignedBy, parseConfig, secretFrom, sha256, signingKeyOf } from '#service';
import { boundsOf, readTopic } from '#stream';
import { auditDigestModel, auditId, auditModel, connectStore, type Connection } from '#store';
import { openInstallation, type Installation } from './installation.js';

type Environment = Readonly<Record<string, string | undefined>>;
/** The texts of each partition's entries, in their order. */
export type AuditTexts = ReadonlyMap<number, readonly string[]>;

const hash = (text: string): string => sha256(Buffer.from(text));

export const verifyAuditCommand = async (args: string[], env: Environment = process.env): Promise<number> => {
  const { digests: folder } = parseArgs({ args, options: { digests: { type: 'string' } } }).values;
  const installation = await openInstallation(env);
  const connection = await connectStore(installation.config);
  try {
    // Before the topic is read: what is carried over meanwhile stands in the topic already.
    const before = await storedIds(connection);
    const texts = await auditTexts(installation);
    const faults = [
      ...chainFaults(texts),
      ...(await storedFaults(texts, connection)),
      ...strangeFaults(texts, before),
      ...(await digestFaults(texts, connection, verifyingKeyOf(env))),
      ...(folder === undefined ? [] : await keptFaults(folder, texts, connection, verifyingKeyOf(env))),
    ];
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    const count = [...texts.values()].reduce((sum, each) => sum + each.length, 0);
    process.stdout.write(`${count} mục nhật ký / audit entries, ${faults.length} sai lệch / faults\n`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await connection.close();
  }
};

const auditTexts = async ({ kafka, topics }: Installation): Promise<AuditTexts> => {
  const texts = new Map<number, string[]>();
  await readTopic(kafka, topics.audit, await boundsOf(kafka, topics.audit), (partition, { value }) => {
    const held = texts.get(partition);
    if (held === undefined) texts.set(partition, [String(value)]);
    else held.push(String(value));
  });
  return texts;
};

/** The first fault of each partition's chain. */
export const chainFaults = (texts: AuditTexts): string[] =>
  [...texts].flatMap(([partition, each]) => {
    const fault = firstChainFault(each, hash);
    return fault === undefined ? [] : [`topic: partition ${partition}, entry ${fault.n}: ${fault.what}`];
  });

/** What of the trail in MongoDB is not what the topic says, the first of each partition. */
const storedFaults = async (texts: AuditTexts, connection: Connection): Promise<string[]> => {
  const faults: string[] = [];
  for (const [partition, each] of texts) {
    const found = await carriedOver(partition, each.length, connection);
    const byId = new Map(found.map((document) => [document._id, document]));
    const wrong = each.findIndex((text) => !isStored(partition, text, byId));
    if (wrong >= 0) faults.push(`mongodb: partition ${partition}, entry ${wrong + 1}: missing or altered`);
  }
  return faults;
};

/** A partition's entries in MongoDB, once the newest of the topic had a moment to get there. */
const carriedOver = async (partition: number, count: number, connection: Connection) => {
  const model = auditModel(connection);
  for (const until = Date.now() + CARRIED_WITHIN_MS; Date.now() < until; await sleep(CARRIED_WITHIN_MS / 20))
    if ((await model.exists({ _id: auditId(partition, count) }).exec()) !== null) break;
  return model.find({ partition }).lean().exec();
};
const CARRIED_WITHIN_MS = 5_000;

const storedIds = async (connection: Connection): Promise<readonly string[]> => {
  const stored = await auditModel(connection).find({}, { _id: 1 }).lean().exec();
  return stored.map(({ _id }) => _id);
};

/** What stood in MongoDB before the topic was read, and does not stand there. */
const strangeFaults = (texts: AuditTexts, before: readonly string[]): string[] => {
  const numbers = (partition: number, each: readonly string[]) => each.map((_, n) => auditId(partition, n + 1));
  const known = new Set([...texts].flatMap(([partition, each]) => numbers(partition, each)));
  const strange = before.filter((id) => !known.has(id)).length;
  return strange === 0 ? [] : [`mongodb: ${strange} entries that the topic does not have`];
};

type Stored = ReadonlyMap<
  string,
  { readonly text: string; readonly what: string; readonly who?: string; readonly unit?: string; readonly at: Date }
>;

const isStored = (partition: number, text: string, byId: Stored): boolean => {
  const chained = decodeChained(text);
  const held = chained && byId.get(auditId(partition, chained.n));
  if (chained === undefined || held === undefined || held.text !== text) return false;
  const { what, who, unit, at } = chained.entry;
  const isSame = held.what === what && held.who === who?.id && (held.unit ?? null) === unit;
  return isSame && held.at.getTime() === Date.parse(at);
};

const digestFaults = async (
  texts: AuditTexts,
  connection: Connection,
  key: KeyObject | undefined,
): Promise<string[]> => {
  const digests = await auditDigestModel(connection).find().sort({ _id: 1 }).lean().exec();
  if (digests.length > 0 && key === undefined)
    return ['digests: AUDIT_PUBLIC_KEY, or AUDIT_SIGNING_KEY, is not set: they cannot be checked'];
  return digests.flatMap(({ _id, text, signature }) => {
    if (!isSignedBy(key as KeyObject, text, signature)) return [`digest of ${_id}: not signed by this key`];
    return digestFault(JSON.parse(text) as AuditDigest, texts) ?? [];
  });
};

/** What is wrong with the digests of a folder, and with the trail by them. */
const keptFaults = async (
  folder: string,
  texts: AuditTexts,
  connection: Connection,
  key: KeyObject | undefined,
): Promise<string[]> => {
  const files = readdirSync(folder).filter((file) => DIGEST_FILE.test(file));
  if (files.length === 0) return [`digests: ${folder} has none`];
  if (key === undefined) return ['digests: AUDIT_PUBLIC_KEY, or AUDIT_SIGNING_KEY, is not set: they cannot be checked'];
  const stored = await auditDigestModel(connection).find().lean().exec();
  const held = new Set(stored.map(({ text }) => text));
  return files.sort().flatMap((file) => {
    const digest = digestIn(readFileSync(join(folder, file), 'utf8'));
    if (digest === undefined) return [`digest ${file}: is no digest`];
    if (!isSignedBy(key, digest.text, digest.signature)) return [`digest ${file}: not signed by this key`];
    const missing = held.has(digest.text) ? [] : [`digest ${file}: is not in MongoDB`];
    return [...missing, ...[digestFault(JSON.parse(digest.text) as AuditDigest, texts) ?? []].flat()];
  });
};
const DIGEST_FILE = /^audit-\d{4}-\d{2}-\d{2}\.json$/;

const digestIn = (text: string): SignedDigest | undefined => {
  try {
    const digest = JSON.parse(text) as Partial<SignedDigest> | null;
    const { text: said, signature } = digest ?? {};
    return typeof said === 'string' && typeof signature === 'string' ? { text: said, signature } : undefined;
  } catch {
    return undefined;
  }
};

/** The first partition whose chain is not what a digest says. */
export const digestFault = ({ day, heads }: AuditDigest, texts: AuditTexts): string | undefined => {
  for (const [partition, { n, hash: head }] of Object.entries(heads)) {
    const entry = decodeChained(texts.get(Number(partition))?.at(n - 1) ?? '') as ChainedEntry | undefined;
    if (entry?.hash !== head) return `digest of ${day}: partition ${partition}, entry ${n} is another`;
  }
  return undefined;
};

const verifyingKeyOf = (env: Environment): KeyObject | undefined => {
  const pem = secretFrom(env, 'AUDIT_PUBLIC_KEY');
  if (pem !== undefined) return createPublicKey(pem);
  const schema = z.object({
    ACCESS: z.enum(['demo']).optional(),
    AUDIT_SIGNING_KEY: z.string().optional(),
    AUDIT_SIGNING_KEY_FILE: z.string().optional(),
  });
  return signingKeyOf(parseConfig(schema, env));
};
