/**
 * Secrets from the environment: the variable itself, or a file that `NAME_FILE` names, as orchestrators hand them over. Never logged.
 */
import { readFileSync } from 'node:fs';

/** May stand in files instead, named by `NAME_FILE`. */
export const secretNames = [
  'API_KEY_PEPPER',
  'METRICS_TOKEN',
  'KAFKA_PASSWORD',
  'MONGODB_PASSWORD',
  'REDIS_PASSWORD',
  'SMTP_URL',
  'INTAKE_KEY',
];

/** Undefined where neither is set; throws where the file cannot be read. */
export const secretFrom = (env: Readonly<Record<string, string | undefined>>, name: string): string | undefined => {
  const file = env[`${name}_FILE`];
  if (file !== undefined && file !== '') return readFileSync(file, 'utf8').trim();
  return env[name] === '' ? undefined : env[name];
};

/** The environment with the secrets in it that stand in files. @param names of secrets */
export const withSecrets = <E extends Readonly<Record<string, string | undefined>>>(
  env: E,
  names: readonly string[],
): Record<string, string | undefined> => ({
  ...env,
  ...Object.fromEntries(names.map((name) => [name, secretFrom(env, name)])),
});
