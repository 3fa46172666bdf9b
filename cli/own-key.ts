/**
 * The key of a command: the one that the environment names (`TONGHOP_API_KEY`, or a file by `TONGHOP_API_KEY_FILE`), else one of its own for as long as it works.
 *
 * Only where the command reaches the installation's Kafka can it issue itself a key, and there it could as well write what keys are for.
 */
import type { Role } from '#access';
import { COUNTRY } from '#domain';
import { secretFrom } from '#service';
import { issueKey, revokeKey, type Environment } from './access-keys.js';
import { openKafka } from './installation.js';

export interface OwnKey {
  /** Undefined: there is none, and requests go without. */
  readonly token: string | undefined;
  /** Ends a key that was issued for the command. */
  readonly end: () => Promise<void>;
}

export const ownKey = async (env: Environment, role: Role): Promise<OwnKey> => {
  const given = secretFrom(env, 'TONGHOP_API_KEY');
  if (given !== undefined || !env.KAFKA_BROKERS) return { token: given, end: () => Promise.resolve() };
  const installation = await openKafka(env);
  const { id, token } = await issueKey(installation, env, { role, unit: COUNTRY, days: 1, name: 'npm run' });
  const end = async (): Promise<void> => {
    await revokeKey(installation, env, id);
  };
  return { token, end };
};
