/**
 * What every simulated world stands in: a clock, a network, servers, workers with a supervisor, and faults that begin and end on time.
 */
import type { Logger } from 'pino';
import { inBackground } from '#promises';
import { SimClock, SimProcess } from './clock.js';
import { Network, SimServer } from './network.js';
import type { Fault } from './plan.js';
import { seeded, type Random } from './random.js';

/** Writes what waits and lets everything go. */
export type Drain = () => Promise<void>;

/** Starts a worker by its name; resolves when it takes work. */
export type Boot = (worker: string, onFatal: (error: unknown) => void) => Promise<Drain>;

interface Running {
  readonly process: SimProcess;
  drain?: Drain;
}

const RESTART_MS = 300;
const TRACE_LINES = 80;
const USUALLY_SLOW = 0.03;

export class SimHouse {
  readonly clock: SimClock;
  readonly random: Random;
  readonly network: Network;
  readonly trace: string[] = [];
  isTracing = false;
  private readonly servers = new Map<string, SimServer>();
  private readonly running = new Map<string, Running>();
  private boot: Boot = () => Promise.reject(new Error('nobody lives here'));

  /** @param headStartMs how long before the usual beginning the clock begins */
  constructor(seed: number, headStartMs = 0) {
    this.clock = new SimClock(headStartMs);
    this.random = seeded(seed ^ 0x5bd1e995);
    this.network = new Network(this.clock, this.random);
  }

  server(name: string): SimServer {
    const server = new SimServer(name, this.clock);
    this.servers.set(name, server);
    return server;
  }

  /** Somebody outside, who never fails. */
  passerBy(): SimProcess {
    return new SimProcess('somebody');
  }

  /** Runs `work` with this clock in the place of Node's and the workers up. */
  async inhabited<T>(workers: readonly string[], boot: Boot, work: () => Promise<T>): Promise<T> {
    const onRejection = (error: unknown) => this.crash(this.clock.current, error);
    process.on('unhandledRejection', onRejection);
    this.boot = boot;
    this.clock.install();
    try {
      for (const worker of workers) this.start(worker);
      return await work();
    } finally {
      this.clock.release();
      process.off('unhandledRejection', onRejection);
    }
  }

  begin({ kind, on, forMs }: Fault): void {
    this.note(`${kind} ${on} for ${Math.round(forMs)} ms`);
    const later = (run: () => void) => this.clock.after(forMs, run);
    if (kind === 'away') this.servers.get(on)?.goAway(forMs);
    else if (kind === 'loss') {
      this.network.loss = 0.25;
      later(() => (this.network.loss = 0));
    } else if (kind === 'slow') {
      this.network.slow = 0.5;
      later(() => (this.network.slow = USUALLY_SLOW));
    } else if (kind !== 'forget') this.strike(kind, on, later);
  }

  note(line: string): void {
    if (!this.isTracing) return;
    this.trace.push(`${(this.clock.now / 1000).toFixed(3).padStart(8)} s  ${line}`);
    if (this.trace.length > TRACE_LINES) this.trace.shift();
  }

  logger(worker: string): Logger {
    const write = (fields: { err?: unknown } | undefined, message: string) =>
      this.note(`${worker}: ${message}${fields?.err === undefined ? '' : ` (${String(fields.err)})`}`);
    const silent = () => undefined;
    return { fatal: write, error: write, warn: write, info: silent, debug: silent, trace: silent } as unknown as Logger;
  }

  private start(worker: string): void {
    const process = new SimProcess(worker);
    const running: Running = { process };
    this.running.set(worker, running);
    const boot = async () => {
      try {
        running.drain = await this.boot(worker, (error) => this.crash(process, error));
      } catch (error) {
        this.crash(process, error);
      }
    };
    this.clock.after(1, () => inBackground(boot()), process);
  }

  /** The process ends by a fault of its own; its supervisor starts it again. */
  private crash(process: SimProcess | undefined, error: unknown): void {
    if (process === undefined) throw error;
    if (!process.isAlive) return;
    this.note(`${process.name} ends: ${String(error)}`);
    process.isAlive = false;
    this.clock.after(RESTART_MS, () => this.start(process.name));
  }

  private strike(kind: Fault['kind'], on: string, later: (run: () => void) => void): void {
    const running = this.running.get(on);
    if (!running?.process.isAlive) return;
    const { process, drain } = running;
    if (kind === 'stop') {
      process.stop();
      later(() => this.clock.goOn(process));
      return;
    }
    const end = () => {
      process.isAlive = false;
    };
    if (kind === 'leave' && drain !== undefined)
      this.clock.after(0, () => inBackground(drain().then(end, end)), process);
    else end();
    later(() => {
      end();
      this.start(process.name);
    });
  }
}
