/** Configuration of the audit service, parsed once at the start. */
import { z } from 'zod';
import { platformSchema } from '#service';

export const auditSchema = platformSchema.omit({ REDIS_URL: true }).extend({
  NODE_ENV: z.string().optional(),
  ACCESS: z.enum(['demo']).optional(),
  /** An Ed25519 private key in PEM that signs the days' digests, here or in a file. With ACCESS=demo a demonstration key stands in for it. */
  AUDIT_SIGNING_KEY: z.string().optional(),
  AUDIT_SIGNING_KEY_FILE: z.string().optional(),
  /** A folder for the digests, to be kept elsewhere. */
  AUDIT_DIGEST_DIR: z.string().optional(),
});
export type AuditConfig = z.infer<typeof auditSchema>;
