/**
 * MongoDB, or a server that speaks its protocol: a `mongod` that is installed, else SecantusDB in Rust if it has been
 * built, else SecantusDB for Python, which installs in seconds.
 *
 * All run as a one-member replica set (transactions, change streams) and make an acknowledged write durable. A data folder
 * stays with the kind that wrote it for as long as that can be had: the kinds do not read each other's files.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { findProgram, installDebian, installOnce, orCompose, requireProgram, runStep } from './install.js';
import { end, launch, type Launch } from './process.js';
import { filesOf, passwordOf, STORE_USER } from './secure.js';
import type { Server } from './server.js';
import { logFileOf, StackError, type Site } from './site.js';
import type { ServerRecord } from './state.js';

const pythonVersion = '0.7.0b3';
const rustVersion = '0.5.3-beta.193';
const replicaSet = 'tonghop';

type Kind = 'mongod' | 'secantusd-rs' | 'secantusd-py';

const pythonFolder = (site: Site): string => join(site.cache, 'secantus-py');
const cargoFolder = (site: Site): string => join(site.cache, 'cargo');

const findPython = (site: Site): string | undefined =>
  existsSync(join(pythonFolder(site), `complete-${pythonVersion}`))
    ? join(pythonFolder(site), 'bin', 'secantusd-py')
    : undefined;

const find: Record<Kind, (site: Site) => string | undefined> = {
  mongod: (site) => findProgram('mongod', site.env),
  'secantusd-rs': (site) =>
    findProgram('secantusd-rs', site.env, [join(cargoFolder(site), 'bin'), join(homedir(), '.cargo', 'bin')]),
  'secantusd-py': findPython,
};

const installPython = async (site: Site, python: string): Promise<void> => {
  const folder = pythonFolder(site);
  rmSync(folder, { recursive: true, force: true });
  const create = (): Promise<void> => runStep(site, 'creating a Python environment', python, ['-m', 'venv', folder]);
  try {
    await create();
  } catch {
    // Debian's Python comes without the module that makes environments.
    await installDebian(site, 'the venv module of Python 3', 'python3-venv');
    await create();
  }
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', `secantusdb==${pythonVersion}`];
  await runStep(site, `installing SecantusDB ${pythonVersion} with pip`, join(folder, 'bin', 'python'), pip);
  writeFileSync(join(folder, `complete-${pythonVersion}`), '');
};

const prepare = async (site: Site, record: ServerRecord): Promise<Kind> => {
  // The others are not set up for users here (docs/runbook.md).
  if (site.isSecure) return preparePython(site);
  const held = record.kind as Kind | undefined;
  const kinds: Kind[] = ['mongod', 'secantusd-rs'];
  const available = kinds.filter((kind) => find[kind](site) !== undefined);
  if (held !== undefined && available.includes(held)) return held;
  const first = available[0];
  if (held !== 'secantusd-py' && first !== undefined) {
    if (held !== undefined) site.progress(`mongodb: ${held} is gone; ${first} starts with empty data`);
    return first;
  }
  return preparePython(site);
};

const preparePython = async (site: Site): Promise<Kind> => {
  if (findPython(site) === undefined) {
    const python = await requireProgram(site, 'python3', 'python3-venv');
    await installOnce(
      site,
      () => findPython(site),
      () => installPython(site, python),
    );
  }
  return 'secantusd-py';
};

/** Each kind has a folder of its own under the stack's. */
const command = async (site: Site, record: ServerRecord): Promise<Omit<Launch, 'logFile'>> => {
  const kind = record.kind as Kind;
  const folder = join(site.dir, 'mongodb');
  const data = join(folder, kind);
  mkdirSync(data, { recursive: true });
  const program = find[kind](site) as string;
  const at = ['--port', String(record.port)];
  if (kind === 'mongod') {
    const member = ['--replSet', replicaSet, '--bind_ip', '127.0.0.1', '--dbpath', data, '--quiet'];
    return { command: program, args: [...at, ...member, '--wiredTigerCacheSizeGB', '1'] };
  }
  // An empty file, named: otherwise a configuration in the user's home would be found and obeyed.
  const config = join(folder, 'secantusd.toml');
  writeFileSync(config, '');
  const store = ['--storage-path', data, '--sync-on-commit', '--cache-size', '1G'];
  const args = ['--config', config, '--host', '127.0.0.1', ...at, ...store, '--log-level', 'WARNING'];
  return { command: program, args: site.isSecure ? await withUser(site, record, program, args) : args };
};

/** It takes users only while it asks for none: once, before it listens for others, it is run so, by TLS, and told of its user. */
const withUser = async (site: Site, { port }: ServerRecord, program: string, args: string[]): Promise<string[]> => {
  const { certificate, key } = filesOf(site);
  const byTls = [...args, '--tls-cert-file', certificate, '--tls-key-file', key];
  const marker = join(site.dir, 'mongodb', 'user-made');
  if (existsSync(marker)) return [...byTls, '--auth'];
  const process = launch({ command: program, args: byTls, logFile: logFileOf(site, 'mongodb') });
  try {
    await makeUser(site, port);
    writeFileSync(marker, '');
  } finally {
    await end(process);
  }
  return [...byTls, '--auth'];
};

const makeUser = async (site: Site, port: number): Promise<void> => {
  const client = clientOf(site, port, 20_000);
  try {
    const pwd = passwordOf(site, STORE_USER);
    const roles = [{ role: 'readWriteAnyDatabase', db: 'admin' }];
    await client.db('admin').command({ createUser: STORE_USER, pwd, roles });
  } finally {
    await client.close();
  }
};

const clientOf = (site: Site, port: number, serverSelectionTimeoutMS: number, auth?: mongo.Auth): mongo.MongoClient =>
  new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: 5_000,
    ...(site.isSecure ? { tls: true, tlsCAFile: filesOf(site).ca } : {}),
    ...(auth === undefined ? {} : { auth }),
  });

/** A mongod's replica set has to be told of its only member once, and again when its port has changed. */
const electItself = async (admin: mongo.Admin, port: number): Promise<void> => {
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === members[0]?.host) return;
    await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
  } catch (error) {
    if ((error as mongo.MongoServerError).codeName !== 'NotYetInitialized') throw error;
    await admin.command({ replSetInitiate: { _id: replicaSet, members } });
  }
};

const ready = async (site: Site, record: ServerRecord): Promise<void> => {
  const auth = site.isSecure ? { username: STORE_USER, password: passwordOf(site, STORE_USER) } : undefined;
  const client = clientOf(site, record.port, 2_000, auth);
  try {
    const admin = client.db('admin').admin();
    if (record.kind === 'mongod') await electItself(admin, record.port);
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] !== true) throw new Error('not the primary yet');
  } finally {
    await client.close();
  }
};

export const mongodbServer: Server = {
  name: 'mongodb',
  variable: 'MONGODB_URI',
  needsControllerPort: false,
  givesWay: true,
  address: ({ database, isSecure }, { port }) =>
    `mongodb://127.0.0.1:${port}/${database}${isSecure ? '?authSource=admin' : ''}`,
  prepare,
  command,
  ready,
};

/** Makes sure that there is a `secantusd-rs` (about 5 min the first time) and answers where; new stacks then use it. */
export const buildRustServer = async (site: Site): Promise<string> => {
  const have = (): string | undefined => find['secantusd-rs'](site);
  const already = have();
  if (already !== undefined) return already;
  const cargo = findProgram('cargo', site.env, [join(homedir(), '.cargo', 'bin')]);
  if (cargo === undefined) {
    throw new StackError('NOT_INSTALLED', `cargo was not found: install Rust 1.95 or newer ${orCompose}`);
  }
  const what = ['--locked', '--ignore-rust-version', '--version', rustVersion, 'secantus-mdb'];
  const args = ['install', '--root', cargoFolder(site), ...what];
  return installOnce(site, have, () => runStep(site, `building secantusd-rs ${rustVersion}`, cargo, args));
};
