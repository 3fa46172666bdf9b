/**
 * Redis as a queue's store: nothing is evicted, and every command is in the append-only file before its answer leaves
 * (synced to the disk every second), so kill -9 of the process loses nothing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { requireProgram } from './install.js';
import { filesOf, LIMITS_USER, passwordOf } from './secure.js';
import type { Server } from './server.js';
import type { Site } from './site.js';
import type { ServerRecord } from './state.js';

/** What counting needs, and what a client asks when it connects. */
const limitsCommands = '+eval +evalsha +set +incrby +pttl +expire +ping +info +hello';

/** In a file, readable by its owner: what stands in arguments every user of the machine can see. */
const secureSettings = (site: Site, { port }: ServerRecord, dir: string): string => {
  const { ca, certificate, key } = filesOf(site);
  const file = join(dir, 'redis.conf');
  const settings = [
    'port 0',
    `tls-port ${port}`,
    `tls-cert-file ${certificate}`,
    `tls-key-file ${key}`,
    `tls-ca-cert-file ${ca}`,
    'tls-auth-clients no',
    `requirepass ${passwordOf(site, 'redis')}`,
    `user ${LIMITS_USER} on >${passwordOf(site, LIMITS_USER)} resetchannels ~*.limit.* -@all ${limitsCommands}`,
  ];
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  return file;
};

export const redisServer: Server = {
  name: 'redis',
  variable: 'REDIS_URL',
  needsControllerPort: false,
  givesWay: false,
  address: ({ isSecure }, record) => `${isSecure ? 'rediss' : 'redis'}://127.0.0.1:${record.port}`,
  prepare: async (site) => {
    await requireProgram(site, 'redis-server', 'redis-server');
    return 'redis-server';
  },
  command: async (site, record) => {
    const dir = join(site.dir, 'redis');
    mkdirSync(dir, { recursive: true });
    const where = site.isSecure ? [secureSettings(site, record, dir)] : ['--port', String(record.port)];
    const at = [...where, '--bind', '127.0.0.1', '--dir', dir];
    const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
    const limits = ['--maxmemory-policy', 'noeviction', '--loglevel', 'warning'];
    const program = await requireProgram(site, 'redis-server', 'redis-server');
    return { command: program, args: [...at, ...durability, ...limits] };
  },
  ready: async (site, record) => {
    const redis = new Redis({
      host: '127.0.0.1',
      port: record.port,
      ...(site.isSecure ? { password: passwordOf(site, 'redis'), tls: { ca: readFileSync(filesOf(site).ca) } } : {}),
      lazyConnect: true,
      connectTimeout: 1_000,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  },
};
