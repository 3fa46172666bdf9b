/**
 * Redis as a queue's store: nothing is evicted, and every command is in the append-only file before its answer leaves
 * (synced to the disk every second), so kill -9 of the process loses nothing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { requireProgram } from './install.js';
export const redisServer = {
    name: 'redis',
    variable: 'REDIS_URL',
    needsControllerPort: false,
    address: (_site, record) => `redis://127.0.0.1:${record.port}`,
    prepare: async (site) => {
        await requireProgram(site, 'redis-server', 'redis-server');
        return 'redis-server';
    },
    command: async (site, record) => {
        const dir = join(site.dir, 'redis');
        mkdirSync(dir, { recursive: true });
        const at = ['--port', String(record.port), '--bind', '127.0.0.1', '--dir', dir];
        const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
        const limits = ['--maxmemory-policy', 'noeviction', '--loglevel', 'warning'];
        const program = await requireProgram(site, 'redis-server', 'redis-server');
        return { command: program, args: [...at, ...durability, ...limits] };
    },
    ready: async (record) => {
        const redis = new Redis({
            host: '127.0.0.1',
            port: record.port,
            lazyConnect: true,
            connectTimeout: 1_000,
            maxRetriesPerRequest: 0,
            retryStrategy: () => null,
        });
        redis.on('error', () => undefined);
        try {
            await redis.connect();
            await redis.ping();
        }
        finally {
            redis.disconnect();
        }
    },
};
