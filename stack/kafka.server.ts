/**
 * Kafka: one real broker that is its own KRaft controller.
 *
 * The jars come from Maven by `pom.xml` beside this file. Settings differ from the broker's defaults only where one node,
 * a small heap or short waits in tests ask for it; topics set their own limits. Acknowledged records survive kill -9: they
 * are in the page cache by then.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { kafkaUsers } from '#contracts';
import { createProbingKafka, defaultPartitioner } from '#kafka';
import { prepareKafka } from './kafka-acls.js';
import { findProgram, installOnce, requireProgram, runStep } from './install.js';
import type { Launch } from './process.js';
import { filesOf, passwordOf, STACK_USER, stackSecurity } from './secure.js';
import type { Server } from './server.js';
import type { Site } from './site.js';
import type { ServerRecord } from './state.js';

const version = '4.1.1';
const kind = `kafka-${version}`;
const coordinatorPartitions = 5;

const libsOf = (site: Site): string => join(site.cache, kind, 'libs');
const folderOf = (site: Site): string => join(site.dir, 'kafka');

const javaOf = async (site: Site): Promise<string> => {
  const home = site.env['JAVA_HOME'];
  const own = home === undefined ? undefined : findProgram('java', {}, [join(home, 'bin')]);
  return own ?? requireProgram(site, 'java', 'default-jre-headless');
};

const downloadJars = async (site: Site): Promise<void> => {
  const mvn = findProgram('mvn', site.env) as string;
  const libs = libsOf(site);
  const partial = `${libs}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${partial}`, '-DincludeScope=runtime'];
  await runStep(site, `downloading Kafka ${version} with Maven (54 MB)`, mvn, [
    '-B',
    '-ntp',
    '-f',
    join(site.root, 'stack', 'pom.xml'),
    ...goal,
  ]);
  renameSync(partial, libs);
};

const prepare = async (site: Site): Promise<string> => {
  await javaOf(site);
  const have = (): true | undefined => existsSync(libsOf(site)) || undefined;
  // Maven may itself have to be installed, which takes the install lock: before, not inside.
  if (!have()) await requireProgram(site, 'mvn', 'maven');
  await installOnce(site, have, () => downloadJars(site));
  return kind;
};

interface Listener {
  readonly name: string;
  readonly port: number;
  /** What clients are told, where it is not the port itself. */
  readonly advertised?: number;
}

/** Clients that come by the second listener are sent through the proxy again, to the coordinator and to every partition. */
const listenersOf = ({ kafkaProxyPort }: Site, { port, proxiedPort }: ServerRecord): Listener[] => [
  { name: 'PLAINTEXT', port },
  ...(kafkaProxyPort === undefined || proxiedPort === undefined
    ? []
    : [{ name: 'PROXIED', port: proxiedPort, advertised: kafkaProxyPort }]),
];

const SCRAM = 'SCRAM-SHA-512';

/**
 * Clients by TLS and SCRAM; the controller knows the broker by its certificate, whose authority makes no other. Whoever is not on the
 * access-control list may do nothing.
 */
const security = (site: Site): Record<string, string | boolean> => {
  if (!site.isSecure) return {};
  const { ca, keystore } = filesOf(site);
  const login = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
  const jaas = `${login} username="${STACK_USER}" password="${passwordOf(site, STACK_USER)}";`;
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
    'listener.name.controller.ssl.client.auth': 'required',
    'sasl.enabled.mechanisms': SCRAM,
    'sasl.mechanism.inter.broker.protocol': SCRAM,
    'listener.name.plaintext.scram-sha-512.sasl.jaas.config': jaas,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${STACK_USER};User:CN=stack`,
  };
};

/** Each listener speaks one protocol; PLAINTEXT is the name of the usual one, whatever it speaks. */
const protocolsOf = ({ isSecure }: Site): string =>
  isSecure
    ? 'PLAINTEXT:SASL_SSL,PROXIED:SASL_SSL,CONTROLLER:SSL'
    : 'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT';

const properties = (site: Site, record: ServerRecord, listeners = listenersOf(site, record)): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${record.controllerPort}`,
    listeners: [...listeners, { name: 'CONTROLLER', port: record.controllerPort }]
      .map(({ name, port }) => `${name}://127.0.0.1:${port}`)
      .join(),
    'advertised.listeners': listeners
      .map(({ name, port, advertised = port }) => `${name}://127.0.0.1:${advertised}`)
      .join(),
    'listener.security.protocol.map': protocolsOf(site),
    ...security(site),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folderOf(site), 'data'),
    'auto.create.topics.enable': false,
    'log.retention.ms': -1,
    'socket.request.max.bytes': 104_857_600,
    'replica.fetch.max.bytes': 16_777_216,
    'offsets.topic.num.partitions': coordinatorPartitions,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': coordinatorPartitions,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // After a kill the controller refuses the broker's new life until the old one's session ends: 9 s by default.
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 1_000,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 3_000,
    // The default, 128 MiB, would be a quarter of the heap; 32 MiB still holds a million keys a pass.
    'log.cleaner.dedupe.buffer.size': 33_554_432,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

const logging = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %-5p %c{1} - %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
logger.server.name=kafka.server.KafkaRaftServer
logger.server.level=info
logger.groups.name=org.apache.kafka.coordinator.group
logger.groups.level=info
`;

const jvm = (site: Site): string[] => [
  '-Djava.awt.headless=true',
  `-Dlog4j2.configurationFile=${join(folderOf(site), 'log4j2.properties')}`,
  '-cp',
  readdirSync(libsOf(site))
    .map((jar) => join(libsOf(site), jar))
    .join(delimiter),
];

/** Sixteen random bytes as Kafka writes them. The first bit is 0: an id that begins with a dash is read as an option. */
const newClusterId = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('base64url');
};

/** The users of a secure Kafka are made when it is formatted. Passwords go by a file: arguments are seen, and logged. */
const withUsers = async (site: Site, args: string[], format: (args: string[]) => Promise<void>): Promise<void> => {
  if (!site.isSecure) return format(args);
  const users = [STACK_USER, ...kafkaUsers].flatMap((name) => [
    '--add-scram',
    `${SCRAM}=[name=${name},password=${passwordOf(site, name)}]`,
  ]);
  const file = join(folderOf(site), 'format.args');
  writeFileSync(file, [...args, ...users].map((arg) => `"${arg.replaceAll('\\', '\\\\')}"\n`).join(''), {
    mode: 0o600,
  });
  try {
    await format([`@${file}`]);
  } finally {
    rmSync(file);
  }
};

const command = async (site: Site, record: ServerRecord): Promise<Omit<Launch, 'logFile'>> => {
  const folder = folderOf(site);
  const config = join(folder, 'server.properties');
  mkdirSync(folder, { recursive: true });
  writeFileSync(config, properties(site, record), { mode: 0o600 });
  writeFileSync(join(folder, 'log4j2.properties'), logging);
  const java = await javaOf(site);
  if (!existsSync(join(folder, 'data', 'meta.properties'))) {
    const clusterId = newClusterId();
    const format = ['kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t', clusterId, '-c', config];
    await withUsers(site, [...jvm(site), ...format], (args) =>
      runStep(site, 'kafka: formatting its storage', java, args),
    );
  }
  return { command: java, args: [...machine, ...jvm(site), 'kafka.Kafka', config] };
};

/**
 * Of HotSpot's two compilers the quick one alone: the other one takes a fifth of a processor for the broker's first minutes, which is as long as most
 * of these brokers live, and gains little in what a broker does. The whole heap at once: one that grows is collected more often.
 */
const machine = [
  ...['-server', '-XX:TieredStopAtLevel=1', '-Xms512m', '-Xmx512m'],
  ...['-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-XX:+ExitOnOutOfMemoryError'],
];

/** Their hashes are consecutive numbers, so each falls to another partition of the offsets topic. */
const groupsOnEveryCoordinator = Array.from({ length: coordinatorPartitions }, (_, index) => `stack-${index}`);

/**
 * The topic list shows that the broker is registered. Describing groups and opening a transactional producer make the two
 * coordinators' topics and wait for them, so that the first real client does not meet "coordinator not available".
 */
const ready = async (site: Site, record: ServerRecord): Promise<void> => {
  const broker = `127.0.0.1:${record.port}`;
  const kafka = createProbingKafka(broker, 'stack', site.isSecure ? stackSecurity(site) : {});
  const admin = kafka.admin();
  const producer = kafka.producer({
    transactionalId: 'stack',
    idempotent: true,
    // An idempotent producer may not go without retries.
    retry: { retries: 5, initialRetryTime: 50 },
    createPartitioner: defaultPartitioner,
  });
  try {
    await admin.connect();
    await admin.listTopics();
    await admin.describeGroups(groupsOnEveryCoordinator);
    await producer.connect();
    // Empty, so there is nothing to end: beginning it is what needs the transaction coordinator.
    await (await producer.transaction()).abort();
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
  if (site.isSecure) await prepareKafka(site, broker);
};

export const kafkaServer: Server = {
  name: 'kafka',
  variable: 'KAFKA_BROKERS',
  needsControllerPort: true,
  givesWay: true,
  address: (_site, record) => `127.0.0.1:${record.port}`,
  prepare,
  command,
  ready,
};
