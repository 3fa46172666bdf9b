/**
 * Bytes sealed with a key: AES-256-GCM, a nonce of its own each time, and what they belong to as associated data.
 *
 * Sealed bytes that were altered, or moved to another record, do not open. Written as nonce (12 bytes), ciphertext, tag (16 bytes).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const sealBytes = (key: Buffer, content: Buffer, about: string): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
};

/** What was sealed; undefined with another key, about something else, or where the bytes were altered. */
export const openBytes = (key: Buffer, sealed: Buffer, about: string): Buffer | undefined => {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const opening = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(about));
    opening.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([opening.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), opening.final()]);
  } catch {
    return undefined;
  }
};
