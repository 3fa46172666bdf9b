/**
 * What the days' digests of the audit trail are signed with: an Ed25519 key in PEM. A demonstration has one of its own, which anybody can make.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { unusable } from './config.js';
import { secretFrom } from './secrets.js';

export interface SigningConfig {
  readonly ACCESS?: 'demo';
  readonly AUDIT_SIGNING_KEY?: string;
  readonly AUDIT_SIGNING_KEY_FILE?: string;
}

/** Undefined where none is configured, and it is no demonstration. Throws `InvalidConfiguration` for what is no Ed25519 key. */
export const signingKeyOf = ({
  ACCESS,
  AUDIT_SIGNING_KEY,
  AUDIT_SIGNING_KEY_FILE,
}: SigningConfig): KeyObject | undefined => {
  const pem = secretFrom({ AUDIT_SIGNING_KEY, AUDIT_SIGNING_KEY_FILE }, 'AUDIT_SIGNING_KEY');
  if (pem === undefined) return ACCESS === 'demo' ? demonstrationKey() : undefined;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  throw unusable(['AUDIT_SIGNING_KEY: is not an Ed25519 private key in PEM']);
};

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const demonstrationKey = (): KeyObject => {
  const seed = createHash('sha256').update('demonstration').digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
};

/** In base64. */
export const signText = (key: KeyObject, text: string): string => sign(null, Buffer.from(text), key).toString('base64');

/** @param key private or public */
export const isSignedBy = (key: KeyObject, text: string, signature: string): boolean => {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
};
