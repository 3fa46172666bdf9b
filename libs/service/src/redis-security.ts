/**
 * How a client of Redis shows who it is, and knows that the server is the right one: for the queues and for the sessions. No client is
 * loaded here: services that events pass through know none.
 */
import { readFileSync } from 'node:fs';
import { AppError } from '#domain';

export interface RedisSecurity {
  readonly REDIS_URL: string;
  readonly REDIS_USERNAME?: string;
  readonly REDIS_PASSWORD?: string;
  /** Authorities for a `rediss:` address, where they are not the machine's. */
  readonly REDIS_TLS_CA_FILE?: string;
}

class InvalidRedisSecurity extends AppError {
  readonly code = 'INVALID_CONFIGURATION';
  readonly retryable = false;
}

/** The part of a client's options; what it says counts before what the address says. Throws `InvalidRedisSecurity`. */
export const redisSecurity = (
  config: RedisSecurity,
): { username?: string; password?: string; tls?: { ca: Buffer } } => {
  const { REDIS_URL: url, REDIS_USERNAME: username, REDIS_PASSWORD: password, REDIS_TLS_CA_FILE: ca } = config;
  if (ca !== undefined && !url.startsWith('rediss:'))
    throw new InvalidRedisSecurity('REDIS_TLS_CA_FILE is set, and REDIS_URL is no rediss:// address');
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { tls: { ca: readFileSync(ca) } }),
  };
};
