/**
 * Records of `access-keys`: what is known of a key or a client certificate, by its id. Compacted: the newest record of an id says all.
 */
import { z } from 'zod';

const accessKeySchema = z.object({
  v: z.literal(1),
  id: z.string(),
  kind: z.enum(['key', 'certificate']),
  /** Of a key the HMAC of its secret, of a certificate its SHA-256 fingerprint; in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  role: z.string(),
  unit: z.string(),
  name: z.string(),
  /** ISO 8601 in UTC. */
  issuedAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().optional(),
});
export type AccessKey = Readonly<z.infer<typeof accessKeySchema>>;

/** A record's key and value. */
export const encodeAccessKey = (key: AccessKey): { readonly key: string; readonly value: string } => ({
  key: key.id,
  value: JSON.stringify(key),
});

/**
 * Records of `access-key-uses`: when a key was last let in, by its id. Compacted; two processes may write in either order, minutes apart.
 */
export const encodeKeyUse = (id: string, lastUsedAt: string): { readonly key: string; readonly value: string } => ({
  key: id,
  value: JSON.stringify({ v: 1, used: id, lastUsedAt }),
});

const useSchema = z.object({ v: z.literal(1), used: z.string(), lastUsedAt: z.string() });

export const decodeKeyUse = (
  value: Buffer | null,
): { readonly id: string; readonly lastUsedAt: string } | undefined => {
  try {
    const { used, lastUsedAt } = useSchema.parse(JSON.parse(String(value)));
    return { id: used, lastUsedAt };
  } catch {
    return undefined;
  }
};

/** Undefined for what is none of these records: it lets nobody in. */
export const decodeAccessKey = (value: Buffer | null): AccessKey | undefined => {
  try {
    return accessKeySchema.parse(JSON.parse(String(value)));
  } catch {
    return undefined;
  }
};
