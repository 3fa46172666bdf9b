/**
 * What a stack remembers: each server's kind, port and process, and which processes need the servers up.
 *
 * The file is replaced in one step and at once after every spawn, so a crash at any moment leaves either the old or the
 * new state, never a running server that nobody has written down. Ports and kinds outlive `down`: the next `up` finds the
 * clients' addresses and the data format unchanged.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from './process.js';
import type { Site } from './site.js';

export const serverNames = ['kafka', 'mongodb', 'redis'] as const;
export type ServerName = (typeof serverNames)[number];

export interface ServerRecord {
  /** Which program serves it; the data of one kind is not read by another. */
  kind: string | undefined;
  /** 0 until one has been chosen. */
  port: number;
  /** Kafka's second listener; 0 for the others. */
  controllerPort: number;
  /** Kafka's listener behind a proxy, where there is one. */
  proxiedPort?: number;
  process: Identity | undefined;
}

export interface StackState {
  servers: Record<ServerName, ServerRecord>;
  /** Processes for whose lifetime the stack was asked for. */
  owners: Identity[];
  /** True when it was asked for without an owner: it stays until `down`. */
  kept: boolean;
  guard: Identity | undefined;
}

const newRecord = (): ServerRecord => ({ kind: undefined, port: 0, controllerPort: 0, process: undefined });

const newState = (): StackState => ({
  servers: { kafka: newRecord(), mongodb: newRecord(), redis: newRecord() },
  owners: [],
  kept: false,
  guard: undefined,
});

export const stateFileOf = (site: Site): string => join(site.dir, 'stack.json');
export const lockFileOf = (site: Site): string => join(site.dir, 'stack.lock');

export const readState = (site: Site): StackState => {
  try {
    return JSON.parse(readFileSync(stateFileOf(site), 'utf8')) as StackState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return newState();
    throw error;
  }
};

export const saveState = (site: Site, state: StackState): void => {
  mkdirSync(site.dir, { recursive: true });
  const draft = `${stateFileOf(site)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, stateFileOf(site));
};
