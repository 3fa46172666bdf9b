/**
 * API keys: `th_ID_SECRET`, a secret of 256 bits that is shown once and kept as a hash.
 *
 * The secret is as long as the hash, so a fast one will do: HMAC-SHA-256 with a pepper that stands in no topic and no database. Without the
 * pepper nobody can make a record that a key fits (NIST SP 800-63B, 5.1.1.2: look-up secrets of at least 112 bits need no slow hash).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface ApiKey {
  readonly id: string;
  /** All of it, as its owner sends it. */
  readonly token: string;
  /** In hex. */
  readonly hash: string;
}

const form = /^th_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export const makeKey = (pepper: string): ApiKey => {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, token: `th_${id}_${secret}`, hash: hashOf(secret, pepper) };
};

/** The parts of a token; undefined where it has not the form of a key. */
export const partsOf = (token: string): { readonly id: string; readonly secret: string } | undefined => {
  const match = form.exec(token);
  return match === null ? undefined : { id: match[1], secret: match[2] };
};

export const isHashOf = (hash: string, secret: string, pepper: string): boolean =>
  timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret, pepper), 'hex'));

const hashOf = (secret: string, pepper: string): string => createHmac('sha256', pepper).update(secret).digest('hex');
