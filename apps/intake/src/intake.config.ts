/** Configuration of the intake, parsed once at the start. */
import { z } from 'zod';
import { accessSchema, type LimitSettings } from '#access';
import { always, checkProvider, providerShape } from '#access/tokens';
import { platformSchema, sealingFields } from '#service';
import { connectionsShape, originsSchema, proxiesSchema } from '#service/http';

export const intakeSchema = platformSchema
  .omit({ MONGODB_URI: true })
  .extend(accessSchema.shape)
  .extend({
    ...sealingFields,
    ...providerShape,
    ...connectionsShape,
    /** Rate limits are counted there, for all processes; without it each counts for itself. */
    REDIS_URL: platformSchema.shape.REDIS_URL.optional(),
    /** Events that a key may send in ten seconds at least, a request without any counting as one; 0: no limit. */
    INTAKE_EVENTS_PER_10_S: z.coerce.number().int().min(0).default(20_000),
    /** And for each reporting unit that is the key's own or under it, where that is more. */
    INTAKE_EVENTS_PER_10_S_EACH: z.coerce.number().int().min(0).default(1_000),
    /** Requests with a credential that is none, from one address in ten seconds; 0: no limit. Who is known is let in all the same. */
    FAILED_CREDENTIALS_PER_10_S: z.coerce.number().int().min(0).default(300),
    INTAKE_PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
    INTAKE_HOST: z.string().default('0.0.0.0'),
    /** Origins whose pages may publish from a browser. */
    INTAKE_CORS_ORIGINS: originsSchema,
    TRUSTED_PROXIES: proxiesSchema,
    /** Bytes of requests in memory at once, at most, those that still arrive too; above it senders are told to come again. */
    INTAKE_MAX_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .default(64 * 1_048_576),
    /** How long Kafka may take to acknowledge before a sender is told that nothing was taken, in milliseconds. */
    INTAKE_KAFKA_TIMEOUT_MS: z.coerce.number().int().min(100).default(10_000),
  })
  .superRefine(checkProvider, always);
export type IntakeConfig = z.infer<typeof intakeSchema>;

export const intakeLimits = (config: IntakeConfig): LimitSettings => ({
  caller: { least: config.INTAKE_EVENTS_PER_10_S, each: config.INTAKE_EVENTS_PER_10_S_EACH },
  signIns: 0,
  failures: config.FAILED_CREDENTIALS_PER_10_S,
});
