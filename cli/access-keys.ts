/**
 * Issues and revokes API keys: a record in the topic of keys, which every service follows.
 *
 * Whoever may write to that topic may do this; nothing else has to run.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { accessSchema, KeyBook, makeKey, type Role } from '#access';
import { encodeAccessKey, type AccessKey } from '#contracts';
import { createProducer } from '#kafka';
import { parseConfig, secretNames, withSecrets } from '#service';
import { boundsOf, readTopic } from '#stream';
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
  await write(installation, recordOf(request, { id, hash, kind: 'key' }));
  return { id, token };
};

/** Binds a client certificate (PEM) to a role and a unit; returns its id. */
export const bindCertificate = async (
  installation: Installation,
  pem: string,
  request: KeyRequest,
): Promise<string> => {
  const hash = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
  const id = hash.slice(0, 12);
  await write(installation, recordOf(request, { id, hash, kind: 'certificate' }));
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
  await write(installation, { ...key, revokedAt: new Date().toISOString() });
  return true;
};

/** Lets a key run out after so many days, if that is sooner than it would. */
export const endLater = async (installation: Installation, key: AccessKey, days: number): Promise<void> => {
  const end = new Date(Date.now() + days * DAY_MS).toISOString();
  if (end < key.expiresAt) await write(installation, { ...key, expiresAt: end });
};

/** Every key that there is. */
export const readKeys = async ({ kafka, topics }: Installation, env: Environment): Promise<KeyBook> => {
  const book = new KeyBook(pepperOf(env));
  await readTopic(kafka, topics.accessKeys, await boundsOf(kafka, topics.accessKeys), (_, { value }) =>
    book.take(value),
  );
  return book;
};

const write = async ({ kafka, topics }: Installation, key: AccessKey): Promise<void> => {
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    await producer.send({ topic: topics.accessKeys, messages: [encodeAccessKey(key)], acks: -1 });
  } finally {
    await producer.disconnect();
  }
};
