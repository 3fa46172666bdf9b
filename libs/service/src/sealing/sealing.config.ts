/**
 * Whether and with what an installation seals the bytes of what it refuses. Where none is configured they stand in the clear; production settings
 * demand a key of one's own.
 */
import { z } from 'zod';
import { unusable } from '../config.js';
import { secretFrom } from '../secrets.js';
import { KEY_BYTES } from './envelope.js';
import { Sealer } from './sealer.js';

export const sealingFields = {
  /** 32 bytes in base64, here or in a file. */
  SEALING_KEY: z.string().optional(),
  SEALING_KEY_FILE: z.string().optional(),
  /** How many months before the present one the bytes of refused events stay readable. */
  SEALED_RAW_MONTHS: z.coerce.number().int().min(0).max(120).default(6),
  NODE_ENV: z.string().optional(),
};
export type SealingConfig = z.infer<z.ZodObject<typeof sealingFields>>;

/** The key of the documentation (docs/runbook.md). */
export const EXAMPLE_SEALING_KEY = 'ZXhhbXBsZSBrZXksIG5vdCBmb3IgcHJvZHVjdGlvbiE=';

/** Undefined where none is configured. Throws `InvalidConfiguration` for one that is no key, and in production for none or the example. */
export const sealingKeyOf = (config: SealingConfig): Buffer | undefined => {
  const { SEALING_KEY, SEALING_KEY_FILE, NODE_ENV } = config;
  const text = secretFrom({ SEALING_KEY, SEALING_KEY_FILE }, 'SEALING_KEY');
  const isProduction = NODE_ENV === 'production';
  if (text === undefined) {
    if (isProduction) throw unusableKey('is required with NODE_ENV=production: 32 random bytes in base64');
    return undefined;
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) throw unusableKey('is not 32 bytes in base64');
  if (isProduction && text === EXAMPLE_SEALING_KEY) throw unusableKey('is the example of the documentation');
  return key;
};

const unusableKey = (why: string) => unusable([`SEALING_KEY: ${why}`]);

/** What seals in a process; undefined where nothing is sealed. @param topic `PREFIX.sealing-keys.v1` */
export const sealerOf = (config: SealingConfig, topic: string, now: () => number): Sealer | undefined => {
  const sealingKey = sealingKeyOf(config);
  return sealingKey && new Sealer({ sealingKey, topic, months: config.SEALED_RAW_MONTHS, now });
};
