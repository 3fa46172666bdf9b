/**
 * Configuration that every service shares, read once in `main.ts` and injected.
 *
 * All faults are reported together, by the name of the variable.
 */
import { z } from 'zod';
import { AppError } from '#domain';

/** An empty variable is none. */
export const optionalText = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();
const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((value) => value === 'true' || value === '1')
  .optional();

/** Of every month, in place of the calendar's own days. */
const day = z.coerce.number().int().min(1).max(28).optional();

export const platformSchema = z.object({
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((text) => text.split(',').map((broker) => broker.trim())),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'is not a mongodb:// address'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'is not a redis:// address')
    .refine((url) => URL.canParse(url), 'is not an address'),
  /** TLS with the authorities that the machine trusts; naming a file of authorities, or a certificate, means TLS too. */
  KAFKA_TLS: flag,
  KAFKA_TLS_CA_FILE: optionalText,
  /** The client's own certificate and its key, where the brokers ask for one. */
  KAFKA_TLS_CERT_FILE: optionalText,
  KAFKA_TLS_KEY_FILE: optionalText,
  KAFKA_SASL_MECHANISM: z.enum(['scram-sha-256', 'scram-sha-512', 'plain']).optional(),
  KAFKA_USERNAME: optionalText,
  /** Secrets may stand in files (`NAME_FILE`, secrets.ts). */
  KAFKA_PASSWORD: optionalText,
  MONGODB_USERNAME: optionalText,
  MONGODB_PASSWORD: optionalText,
  MONGODB_TLS_CA_FILE: optionalText,
  REDIS_USERNAME: optionalText,
  REDIS_PASSWORD: optionalText,
  REDIS_TLS_CA_FILE: optionalText,
  /** The service's own certificate and its key: it listens by https (tls.ts). */
  TLS_CERT_FILE: optionalText,
  TLS_KEY_FILE: optionalText,
  /** Authorities of client certificates; clients are asked for one then. */
  TLS_CLIENT_CA_FILE: optionalText,
  TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/)
    .default('duan5'),
  TOPIC_PARTITIONS: z.coerce.number().int().min(1).max(1000).default(12),
  /** How long a dead worker's partitions stay without an owner; Kafka's own lower limit is 6 s. */
  KAFKA_SESSION_TIMEOUT_MS: z.coerce.number().int().min(1_000).default(6_000),
  /** By how much the brokers' clocks may differ from this machine's, in milliseconds: cut-offs wait for it. */
  CLOCK_SKEW_MS: z.coerce.number().int().min(0).max(60_000).default(2_000),
  COMMUNE_DEADLINE_DAY: day,
  PROVINCE_DEADLINE_DAY: day,
  /** Where services without an HTTP interface of their own answer probes; unset: the service's usual port, 0: a free one. */
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  /** Set by the supervisor: how often it has started the service again. */
  SERVICE_RESTARTS: z.coerce.number().int().min(0).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type PlatformConfig = z.infer<typeof platformSchema>;

export class InvalidConfiguration extends AppError {
  readonly code = 'INVALID_CONFIGURATION';
  readonly retryable = false;
}

/** @param faults each begins with the name of a variable */
export const unusable = (faults: readonly string[]): InvalidConfiguration =>
  new InvalidConfiguration(`configuration is not usable:\n  ${faults.join('\n  ')}`);

/** Parses an environment by a schema; throws `InvalidConfiguration` with every fault in one message. */
export const parseConfig = <S extends z.ZodType>(
  schema: S,
  environment: Record<string, string | undefined>,
): z.infer<S> => {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw unusable(faults);
};
