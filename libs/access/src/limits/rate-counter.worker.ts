/**
 * Counts in Redis for all processes, in a thread of its own: a Redis client must not be loaded where events pass (docs/adr/0014), and a thread has
 * text of its own (docs/adr/0035).
 *
 * While Redis does not answer it counts here, for this process alone, and says so.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { inBackground } from '#promises';
import { countBy, window } from './rate-counter.js';
import type { Charge } from './rate-counts.js';
import type { FromWorker, WorkerSettings } from './worker-counter.js';

const ANSWER_MS = 500;
const MOST_PAUSE_MS = 2_000;

const port = parentPort;
if (port === null) throw new Error('is a thread of a service');
const say = (message: FromWorker): void => port.postMessage(message);

const { url, username, password, ca, prefix } = workerData as WorkerSettings;
const redis = new Redis(url, {
  username,
  password,
  ...(ca === undefined ? {} : { tls: { ca } }),
  commandTimeout: ANSWER_MS,
  connectTimeout: MOST_PAUSE_MS,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  retryStrategy: (times) => Math.min(100 * times, MOST_PAUSE_MS),
});
redis.on('ready', () => say({ isShared: true }));
redis.on('close', () => say({ isShared: false }));
// What it fails by is said by 'close'.
redis.on('error', () => undefined);
const limiter = new RateLimiterRedis({
  ...window,
  keyPrefix: prefix,
  storeClient: redis,
  rejectIfRedisNotReady: true,
  insuranceLimiter: new RateLimiterMemory({ ...window, keyPrefix: prefix }),
});

port.on('message', (charges: readonly Charge[]) =>
  inBackground(countBy(limiter, charges).then((counted) => say({ counted }))),
);
