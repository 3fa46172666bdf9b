/**
 * The life of a service process: configuration, start, drain on SIGTERM or SIGINT, and an honest exit status.
 *
 * 0 after a drain that succeeded, 75 (EX_TEMPFAIL) when the generation changed and the process is to be started again, 1 after
 * a fault that it could not go on from.
 */
import { readFileSync } from 'node:fs';
import { inBackground } from '#promises';
import { tracing } from '#tracing';
import type { PlatformConfig } from './config.js';
import type { Logger } from './logging.js';
import { serveProbes } from './probe-server.js';
import { ServiceWatch } from './service-watch.js';
import type { TlsConfig } from './tls.js';

const EXIT_RESTART = 75;
const DRAIN_MS = 20_000;

type WatchConfig = Pick<PlatformConfig, 'HEALTH_HOST' | 'HEALTH_PORT' | 'SERVICE_RESTARTS'> & TlsConfig;

/** Of the program: compiled it lies one folder deeper than its source. */
const packageVersion = (): string => {
  for (const folder of ['../../..', '../../../..']) {
    try {
      const text = readFileSync(new URL(`${folder}/package.json`, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as { name?: string; version?: string };
      if (name === 'tonghop' && version !== undefined) return version;
    } catch {
      // It is not there.
    }
  }
  return 'unknown';
};

export class ServiceLife {
  private ending?: Promise<never>;
  private readonly closers: (() => unknown)[] = [];
  private watch?: ServiceWatch;
  private probesAt?: string;
  private hasFailed = false;

  constructor(private readonly logger: Logger) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => inBackground(this.end(0, signal)));
    if (process.connected) process.on('disconnect', () => inBackground(this.end(0, 'the supervisor is gone')));
    this.onEnd(() => tracing().close());
    process.on('unhandledRejection', (error) => this.fatal(error));
    process.on('uncaughtException', (error) => this.fatal(error));
  }

  /** Closed on the way out, last registered first. */
  onEnd(close: () => unknown): void {
    this.closers.unshift(close);
  }

  /**
   * Begins to watch the process.
   *
   * @param usualPort of probes, for a service that has no HTTP interface of its own
   */
  async watched(service: string, config: WatchConfig, usualPort?: number): Promise<ServiceWatch> {
    const watch = new ServiceWatch({ service, version: packageVersion(), restarts: config.SERVICE_RESTARTS });
    this.watch = watch;
    this.onEnd(() => watch.close());
    if (usualPort === undefined) return watch;
    const at = { host: config.HEALTH_HOST, port: config.HEALTH_PORT, usual: usualPort, tls: config };
    const probes = await serveProbes(watch, at, this.logger);
    this.onEnd(() => probes.close());
    this.probesAt = probes.url;
    return watch;
  }

  readonly fatal = (error: unknown): void => {
    this.logger.fatal({ err: error }, 'cannot go on');
    inBackground(this.end(1, 'fatal'));
  };

  readonly restart = (): void => inBackground(this.end(EXIT_RESTART, 'the generation changed'));

  /**
   * Closes something in a shutdown hook of a module. Nest logs what a hook fails by and goes on; so does this, and the exit status says it.
   */
  async closing(close: () => unknown): Promise<void> {
    try {
      await close();
    } catch (error) {
      this.hasFailed = true;
      this.logger.error({ err: error }, 'the drain failed');
    }
  }

  /** Tells a supervisor that asked for it (a process channel) that the service takes work. */
  ready(): void {
    this.watch?.started();
    process.send?.({ ready: true, probes: this.probesAt });
    this.logger.info('ready');
  }

  private end(status: number, why: string): Promise<never> {
    return (this.ending ??= this.drain(status, why));
  }

  private async drain(status: number, why: string): Promise<never> {
    this.logger.info({ why }, 'draining');
    this.watch?.draining();
    const failed = status === 0 ? 1 : status;
    const timeout = setTimeout(() => process.exit(failed), DRAIN_MS);
    for (const close of this.closers) {
      await this.closing(close);
      if (this.hasFailed) process.exit(failed);
    }
    clearTimeout(timeout);
    process.exit(status);
  }
}

/** Runs a service's start; a fault before it is up is said in plain text, and the status is 1. */
export const runMain = (main: () => Promise<void>): void => {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
};
