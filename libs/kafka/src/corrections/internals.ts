/**
 * The insides of kafkajs that the corrections (kafkajs-*.ts) reach into, each looked for when this is loaded.
 *
 * They are known for one version. With another, or with one of them gone, a process does not start, and says what it misses: a
 * correction that silently no longer takes effect would show weeks later, under load.
 */
import { createRequire } from 'node:module';
import { Kafka, logLevel } from 'kafkajs';

/** What the corrections were written for, and tested with. */
export const KAFKAJS_VERSION = '2.2.4';

/** Functions by module: of its prototype, or the module itself where there is no name. */
const corrected: readonly (readonly [module: string, method?: string])[] = [
  ['network/connection', 'connect'],
  ['network/requestQueue', 'scheduleCheckPendingRequests'],
  ['cluster', 'findGroupCoordinatorMetadata'],
  ['protocol/requests/fetch/v4/decodeMessages'],
  ['protocol/recordBatch/record/v0'],
];
const CREATE_CLUSTER = 'private:Kafka:createCluster';

/** By which a client makes its connection to the brokers; undefined where kafkajs has no such thing. */
export const createClusterKey = (kafka: object): symbol | undefined =>
  Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);

export interface Installed {
  readonly version: string;
  /** A module below kafkajs' `src`. Throws where there is none. */
  readonly load: (module: string) => unknown;
  readonly client: Kafka;
}

/** What the corrections do not find. */
export const missingInsides = ({ version, load, client }: Installed): string[] => [
  ...(version === KAFKAJS_VERSION ? [] : [`version ${KAFKAJS_VERSION} (it is ${version})`]),
  ...corrected.flatMap(([module, method]) =>
    isThere(load, module, method) ? [] : [[module, method].join(' ').trim()],
  ),
  ...(createClusterKey(client) === undefined ? [CREATE_CLUSTER] : []),
];

const isThere = (load: Installed['load'], module: string, method?: string): boolean => {
  try {
    const loaded = load(module);
    const held = method === undefined ? loaded : (loaded as { prototype: Record<string, unknown> }).prototype[method];
    return typeof held === 'function';
  } catch {
    return false;
  }
};

const require = createRequire(import.meta.url);

const missing = missingInsides({
  version: (require('kafkajs/package.json') as { version: string }).version,
  load: (module) => require(`kafkajs/src/${module}`) as unknown,
  client: new Kafka({ brokers: ['none:1'], logLevel: logLevel.NOTHING }),
});
if (missing.length > 0)
  throw new Error(`the corrections of kafkajs do not fit what is installed; missing: ${missing.join(', ')}`);
