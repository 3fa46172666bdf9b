/** Text that is kept sealed where the installation has a sealing key, and in the clear, marked as such, where it has none. */
import { openBytes, sealBytes } from './envelope.js';

const [SEALED, CLEAR] = ['sealed:', 'clear:'];

/** @param about what it belongs to: moved elsewhere it does not open */
export const sealText = (key: Buffer | undefined, text: string, about: string): string =>
  key === undefined ? CLEAR + text : SEALED + sealBytes(key, Buffer.from(text), about).toString('base64');

/** Undefined with another key than it was sealed with, or about something else. */
export const openText = (key: Buffer | undefined, kept: string, about: string): string | undefined => {
  if (kept.startsWith(CLEAR)) return kept.slice(CLEAR.length);
  if (key === undefined || !kept.startsWith(SEALED)) return undefined;
  return openBytes(key, Buffer.from(kept.slice(SEALED.length), 'base64'), about)?.toString();
};
