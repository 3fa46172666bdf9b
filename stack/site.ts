/**
 * Where an embedded stack lives and how it talks: the caller's options with every default filled in.
 *
 * Two kinds of folders are told apart. `dir` holds one stack (state, logs, data); `cache` holds the programs that all
 * stacks of a checkout share, so that a test's throw-away stack never downloads anything twice.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface StackAddresses {
  KAFKA_BROKERS: string;
  MONGODB_URI: string;
  REDIS_URL: string;
}

export interface StackOptions {
  /** Project root; default `process.cwd()`. */
  root?: string;
  /** Data folder; default `.local/stack` under the root. */
  dir?: string;
  /** Database name in the URI; default `tonghop`. */
  database?: string;
  /** Take the servers down when this process is gone, even by kill -9. Without it they stay until `stackDown`. */
  ownerPid?: number;
  /** Called with one human progress line at a time; default stderr. */
  progress?: (line: string) => void;
  /** TLS, users and rights for every server. A folder that was made so stays so; default folder `.local/secure-stack`. */
  secure?: boolean;
  /** Gives Kafka a second listener, to be reached through a proxy at this port: clients of that listener are told the proxy's address. */
  kafkaProxyPort?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Site {
  readonly root: string;
  readonly dir: string;
  readonly cache: string;
  readonly database: string;
  readonly ownerPid: number | undefined;
  readonly env: Environment;
  readonly progress: (line: string) => void;
  readonly kafkaProxyPort: number | undefined;
  readonly isSecure: boolean;
}

/** What is secret of a secure stack. */
export const secureFolderOf = ({ dir }: Pick<Site, 'dir'>): string => join(dir, 'secure');

/** A stack that cannot be had or does not start. The message says what to do; `code` is stable. */
export class StackError extends Error {
  constructor(
    readonly code: 'NOT_INSTALLED' | 'INSTALL_FAILED' | 'START_FAILED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StackError';
  }
}

const toStderr = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

export const siteOf = (options: StackOptions = {}, env: Environment = process.env): Site => {
  const root = resolve(options.root ?? process.cwd());
  const usual = options.secure === true ? 'secure-stack' : 'stack';
  const dir = resolve(root, options.dir ?? join('.local', usual));
  return {
    root,
    dir,
    cache: join(root, '.local'),
    database: options.database ?? 'tonghop',
    ownerPid: options.ownerPid,
    env,
    progress: options.progress ?? toStderr,
    kafkaProxyPort: options.kafkaProxyPort,
    isSecure: options.secure === true || existsSync(secureFolderOf({ dir })),
  };
};

export const logFileOf = (site: Site, name: string): string => join(site.dir, 'logs', `${name}.log`);
