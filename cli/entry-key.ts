/**
 * How the dashboard hands on what is typed into it: to the intake of the same installation, with a key of its own.
 *
 * An operator names the key (`INTAKE_KEY`, or a file by `INTAKE_KEY_FILE`). A demonstration issues one for as long as it runs.
 */
import { COUNTRY } from '#domain';
import { secretFrom } from '#service';
import { issueKey, revokeKey, type Environment } from './access-keys.js';
import { openKafka } from './installation.js';

export interface Entry {
  readonly env: Environment;
  /** Ends a key that was issued here. */
  readonly end: () => Promise<void>;
}

/** A demonstration that is up for longer is started again. */
const DAYS = 365;

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/** Of the intake that is started beside the dashboard: over TLS where that ends in the service. */
const besideAddress = ({ INTAKE_PORT, TLS_CERT_FILE }: Environment): string =>
  isSet(TLS_CERT_FILE) ? `https://localhost:${INTAKE_PORT ?? 8081}` : `http://127.0.0.1:${INTAKE_PORT ?? 8081}`;

/** @param env of the services, among them an intake, or where one is */
export const withEntry = async (env: Environment): Promise<Entry> => {
  const INTAKE_URL = isSet(env.INTAKE_URL) ? env.INTAKE_URL : besideAddress(env);
  const none = { env: { ...env, INTAKE_URL }, end: () => Promise.resolve() };
  if (secretFrom(env, 'INTAKE_KEY') !== undefined || env.ACCESS !== 'demo') return none;
  const installation = await openKafka(env);
  const asked = { role: 'reporter', unit: COUNTRY, days: DAYS, name: 'dashboard' } as const;
  const { id, token } = await issueKey(installation, env, asked);
  const end = async (): Promise<void> => {
    // It runs out by itself where Kafka is gone already.
    await revokeKey(installation, env, id).catch(() => false);
  };
  return { env: { ...none.env, INTAKE_KEY: token }, end };
};
