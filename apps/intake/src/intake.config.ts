/** Configuration of the intake, parsed once at the start. */
import { z } from 'zod';
import { accessSchema } from '#access';
import { always, checkProvider, providerShape } from '#access/tokens';
import { platformSchema, sealingFields } from '#service';
import { originsSchema } from '#service/http';

export const intakeSchema = platformSchema
  .omit({ MONGODB_URI: true, REDIS_URL: true })
  .extend(accessSchema.shape)
  .extend({
    ...sealingFields,
    ...providerShape,
    INTAKE_PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
    INTAKE_HOST: z.string().default('0.0.0.0'),
    /** Origins whose pages may publish from a browser. */
    INTAKE_CORS_ORIGINS: originsSchema,
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
