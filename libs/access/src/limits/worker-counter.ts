/**
 * The counter that all processes share: a thread with a Redis client (rate-counter.worker.ts), asked one question at a time.
 *
 * A thread that fails or does not answer is ended and started again; until it answers the process counts for itself. Nothing is thrown.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { withTimeout } from '#promises';
import { redisSecurity, type Logger, type RedisSecurity } from '#service';
import { memoryCounter, type RateCounter } from './rate-counter.js';
import type { Charge, Counted } from './rate-counts.js';

export interface WorkerSettings {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly ca?: string;
  readonly prefix: string;
}
export type FromWorker = { readonly counted: readonly Counted[] } | { readonly isShared: boolean };

const ANSWER_MS = 3_000;
const PAUSE_MS = 1_000;

/** Beside this file as it was compiled, or beside the one file of a service (cli/bundle.mjs). */
export const workerFile = (): string =>
  ['rate-counter.worker.js', 'rate-counter.worker.cjs']
    .map((name) => fileURLToPath(new URL(`./${name}`, import.meta.url)))
    .find((file) => existsSync(file)) as string;

export const workerSettings = (security: RedisSecurity, prefix: string): WorkerSettings => {
  const { tls, ...user } = redisSecurity(security);
  return { url: security.REDIS_URL, ...user, ca: tls?.ca.toString(), prefix };
};

export class WorkerCounter implements RateCounter {
  private readonly alone = memoryCounter();
  private worker?: Worker;
  private answer?: (counted: readonly Counted[]) => void;
  private again?: NodeJS.Timeout;
  private isClosed = false;
  private isShared?: boolean;

  /** @param onShared told whether the processes count together, whenever that changes */
  constructor(
    private readonly file: string,
    private readonly settings: WorkerSettings,
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly onShared: (isShared: boolean) => void,
  ) {
    this.start();
  }

  async count(charges: readonly Charge[]): Promise<readonly Counted[]> {
    const { worker } = this;
    if (worker === undefined) return this.alone.count(charges);
    try {
      const answered = new Promise<readonly Counted[]>((resolve) => {
        this.answer = resolve;
      });
      worker.postMessage(charges);
      return await withTimeout(answered, ANSWER_MS, 'the thread that counts does not answer');
    } catch (error) {
      this.failed(worker, error as Error);
      return this.alone.count(charges);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.again);
    await this.worker?.terminate();
  }

  private start(): void {
    // What is in the environment is not for the thread.
    const worker = new Worker(this.file, { workerData: this.settings, env: {}, name: 'rate-counter' });
    this.worker = worker;
    worker.on('message', (message: FromWorker) => {
      if ('counted' in message) this.answer?.(message.counted);
      else this.tell(message.isShared);
    });
    worker.on('error', (error) => this.failed(worker, error));
    worker.unref();
  }

  private tell(isShared: boolean): void {
    if (this.isShared === isShared) return;
    this.isShared = isShared;
    this.onShared(isShared);
  }

  private failed(worker: Worker, error: Error): void {
    if (this.worker !== worker || this.isClosed) return;
    this.logger.warn({ err: error }, 'the thread that counts for the rate limits is started again');
    this.worker = undefined;
    this.tell(false);
    worker.terminate().catch(() => undefined);
    this.again = setTimeout(() => this.start(), PAUSE_MS).unref();
  }
}
