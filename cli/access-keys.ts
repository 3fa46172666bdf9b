/**
 * Issues and revokes API keys: a record in the topic of keys, which every service follows.
 *
 * Whoever may write to that topic may do this; nothing else has to run. Each change stands in the audit trail before it is made.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { accessSchema, KeyBook, makeKey, type Role } from '#access';
import { decodeKeyUse, encodeAccessKey, type AccessKey } from '#contracts';
import { createProducer } from '#kafka';
import { parseConfig, secretNames, withSecrets } from '#service';
import { boundsOf, readTopic } from '#stream';
import { noteCommand, type CommandNoted } from './audited.js';
import type { Installation } from './installation.js';

export interface KeyRequest {
  readonly role: Role;
  readonly unit: string;
  readonly days: number;
  readonly name: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const DAY_MS = 86_400_000;

const pepperOf = (env: Environment): string => parseConfig(accessSchema, withSecrets(env, secretNames)).API_KEY_PEPPER;

/** A new key; its token is nowhere but in the answer. */
export const issueKey = async (
  installation: Installation,
  env: Environment,
  request: KeyRequest,
): Promise<{ readonly id: string; readonly token: string }> => {
  const { id, token, hash } = makeKey(pepperOf(env));
  await write(installation, env, 'access.issued', recordOf(request, { id, hash, kind: 'key' }));
  return { id, token };
};

/** Binds a client certificate (PEM) to a role and a unit, for as long as it is valid itself at most; returns its id. */
export const bindCertificate = async (
  installation: Installation,
  env: Environment,
  pem: string,
  request: KeyRequest,
): Promise<string> => {
  const { raw, validTo } = new X509Certificate(pem);
  const hash = createHash('sha256').update(raw).digest('hex');
  const id = hash.slice(0, 12);
  const key = recordOf(request, { id, hash, kind: 'certificate' });
  const last = new Date(validTo).toISOString();
  const expiresAt = last < key.expiresAt ? last : key.expiresAt;
  await write(installation, env, 'access.bound', { ...key, expiresAt });
  return id;
};

const recordOf = ({ role, unit, days, name }: KeyRequest, key: Pick<AccessKey, 'id' | 'hash' | 'kind'>): AccessKey => {
  const now = Date.now();
  const [issuedAt, expiresAt] = [now, now + days * DAY_MS].map((ms) => new Date(ms).toISOString());
  return { v: 1, ...key, role, unit, name, issuedAt, expiresAt };
};

/** Ends a key at once; false where there is none with this id, or it has ended before. */
export const revokeKey = async (installation: Installation, env: Environment, id: string): Promise<boolean> => {
  const key = (await readKeys(installation, env)).get(id);
  if (key === undefined || key.revokedAt !== undefined) return false;
  await write(installation, env, 'access.revoked', { ...key, revokedAt: new Date().toISOString() });
  return true;
};

/** Lets a key run out after so many days, if that is sooner than it would. */
export const endLater = async (
  installation: Installation,
  env: Environment,
  key: AccessKey,
  days: number,
): Promise<void> => {
  const end = new Date(Date.now() + days * DAY_MS).toISOString();
  const expiresAt = end < key.expiresAt ? end : key.expiresAt;
  await write(installation, env, 'access.rotated', { ...key, expiresAt });
};

/** Every key that there is. */
export const readKeys = async ({ kafka, topics }: Installation, env: Environment): Promise<KeyBook> => {
  const book = new KeyBook(pepperOf(env));
  await readTopic(kafka, topics.accessKeys, await boundsOf(kafka, topics.accessKeys), (_, { value }) =>
    book.take(value),
  );
  return book;
};

/** When each key was last used, to about a quarter of an hour, by its id. */
export const readKeyUses = async ({ kafka, topics }: Installation): Promise<ReadonlyMap<string, string>> => {
  const lastUsedAt = new Map<string, string>();
  await readTopic(kafka, topics.accessKeyUses, await boundsOf(kafka, topics.accessKeyUses), (_, { value }) => {
    const use = decodeKeyUse(value);
    if (use !== undefined && use.lastUsedAt > (lastUsedAt.get(use.id) ?? '')) lastUsedAt.set(use.id, use.lastUsedAt);
  });
  return lastUsedAt;
};

const write = async (
  installation: Installation,
  env: Environment,
  what: CommandNoted['what'],
  key: AccessKey,
): Promise<void> => {
  const { id, kind, role, unit, name, expiresAt } = key;
  await noteCommand(installation, env, { what, unit, facts: { id, kind, role, name, expiresAt } });
  const { kafka, topics } = installation;
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    await producer.send({ topic: topics.accessKeys, messages: [encodeAccessKey(key)], acks: -1 });
  } finally {
    await producer.disconnect();
  }
};
