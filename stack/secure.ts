/**
 * What makes a stack secure: certificates, a password for each user, and for each service a file of the variables by which it shows who
 * it is. Made once, readable by their owner only, in the folder `secure` of the stack.
 *
 * A variable names the file of a password, never the password: none stands in an environment or an argument.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaUsers, OPERATOR } from '#contracts';
import { services, type ServiceEntry } from '#contracts/services';
import { secureFolderOf, type Site } from './site.js';

/** The stack's own user: makes topics, users and rights. */
export const STACK_USER = 'stack';
export const STORE_USER = 'tonghop';
/** Of Redis: counts what the rate limits are made of and reaches nothing else; for the service that events come in by. */
export const LIMITS_USER = 'limits';
const mechanism = 'scram-sha-512';

const OWNER_ONLY = { mode: 0o600 };

export interface SecureFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** Key and certificate together, as Kafka wants them. */
  readonly keystore: string;
}

export const filesOf = (site: Site): SecureFiles => {
  const file = (name: string) => join(secureFolderOf(site), name);
  return {
    ca: file('ca.pem'),
    certificate: file('server.pem'),
    key: file('server-key.pem'),
    keystore: file('keystore.pem'),
  };
};

const passwordFile = (site: Site, user: string): string => join(secureFolderOf(site), `${user}.password`);

export const passwordOf = (site: Site, user: string): string => readFileSync(passwordFile(site, user), 'utf8').trim();

/** Makes what is missing, all or nothing. */
export const makeSecure = async (site: Site): Promise<void> => {
  const folder = secureFolderOf(site);
  if (existsSync(folder)) return;
  const { newCertificates } = await import('./certificates.js');
  const { ca, certificate, key } = await newCertificates(new Date());
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFileSync(join(draft, name), text, OWNER_ONLY);
  write('ca.pem', ca);
  write('server.pem', certificate);
  write('server-key.pem', key);
  write('keystore.pem', `${key}\n${certificate}\n`);
  for (const user of [STACK_USER, STORE_USER, 'redis', LIMITS_USER, ...kafkaUsers])
    write(`${user}.password`, `${randomBytes(24).toString('hex')}\n`);
  for (const service of services) write(`${service.name}.env`, asLines(serviceVariables(site, service)));
  renameSync(draft, folder);
};

const asLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const kafkaVariables = (site: Site, user: string) => ({
  KAFKA_TLS_CA_FILE: filesOf(site).ca,
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_USERNAME: user,
  KAFKA_PASSWORD_FILE: passwordFile(site, user),
});

const storeVariables = (site: Site) => ({
  MONGODB_TLS_CA_FILE: filesOf(site).ca,
  MONGODB_USERNAME: STORE_USER,
  MONGODB_PASSWORD_FILE: passwordFile(site, STORE_USER),
});

const redisVariables = (site: Site) => ({
  REDIS_TLS_CA_FILE: filesOf(site).ca,
  REDIS_PASSWORD_FILE: passwordFile(site, 'redis'),
});

const limitsVariables = (site: Site) => ({
  REDIS_TLS_CA_FILE: filesOf(site).ca,
  REDIS_USERNAME: LIMITS_USER,
  REDIS_PASSWORD_FILE: passwordFile(site, LIMITS_USER),
});

const redisVariablesOf = (site: Site, isUsed: boolean, isLimited = false): Record<string, string> => {
  if (isUsed) return redisVariables(site);
  return isLimited ? limitsVariables(site) : { REDIS_PASSWORD_FILE: '' };
};

/** A service that does not use a server is not given its password. */
const serviceVariables = (site: Site, { name, servers: used, isLimited }: ServiceEntry): Record<string, string> => ({
  ...kafkaVariables(site, name),
  ...(used.includes('mongodb') ? storeVariables(site) : { MONGODB_USERNAME: '', MONGODB_PASSWORD_FILE: '' }),
  ...redisVariablesOf(site, used.includes('redis'), isLimited),
});

/** What the operator's commands need, and where the services' own variables are. */
export const operatorVariables = (site: Site): Record<string, string> => ({
  ...kafkaVariables(site, OPERATOR),
  ...storeVariables(site),
  ...redisVariables(site),
  SERVICE_CREDENTIALS_DIR: secureFolderOf(site),
});

/** By which the stack itself talks to Kafka. */
export const stackSecurity = (site: Site) =>
  ({
    KAFKA_TLS_CA_FILE: filesOf(site).ca,
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_USERNAME: STACK_USER,
    KAFKA_PASSWORD: passwordOf(site, STACK_USER),
  }) as const;
