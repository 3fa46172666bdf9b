/**
 * A world for one schedule: servers, two workers of each stage, a supervisor that starts again what ends, events and faults on time.
 *
 * When the faults are over everything that was stopped goes on, and the figures must become exact and stay so.
 */
import type { Logger } from '#platform';
import { SimClock, SimProcess } from './clock.js';
import { differenceOf, expectedOf } from './exactness.js';
import { SimBroker } from './broker.js';
import { Network, SimServer } from './network.js';
import { workers, type Fault, type Plan, type SimStage } from './plan.js';
import { seeded } from './random.js';
import { SimStore } from './store.js';
import { PARTITIONS, startWorker, topics, type Drain } from './worker.js';

export interface Outcome {
  /** What is wrong; undefined when everything is exact. */
  readonly failure?: string;
  readonly trace: readonly string[];
  /** Events of the clock. */
  readonly steps: number;
}

interface Running {
  readonly process: SimProcess;
  drain?: Drain;
}

const RESTART_MS = 300;
const LOOK_MS = 2_000;
/** After the last fault everything must be exact within this time, and stay so for that one. */
const PATIENCE_MS = 60_000;
const STAYS_MS = 4_000;
const TRACE_LINES = 80;

export class World {
  private readonly clock = new SimClock();
  private readonly network: Network;
  private readonly kafka: SimServer;
  private readonly mongodb: SimServer;
  private readonly broker: SimBroker;
  private readonly store: SimStore;
  private readonly running = new Map<string, Running>();
  private readonly trace: string[] = [];
  private isTracing = false;

  constructor(private readonly plan: Plan) {
    const random = seeded(plan.seed ^ 0x5bd1e995);
    this.network = new Network(this.clock, random);
    this.kafka = new SimServer('kafka', this.clock);
    this.mongodb = new SimServer('mongodb', this.clock);
    this.broker = new SimBroker(this.clock, this.network, this.kafka, random);
    this.store = new SimStore(this.network, this.mongodb, random);
    for (const topic of Object.values(topics)) this.broker.log.create(topic, PARTITIONS);
  }

  async run(isTracing = false): Promise<Outcome> {
    this.isTracing = isTracing;
    const { arrivals, faults } = this.plan;
    const onRejection = (error: unknown) => this.crash(this.clock.current, error);
    process.on('unhandledRejection', onRejection);
    this.clock.install();
    try {
      for (const worker of workers) this.start(worker);
      for (const { at, message } of arrivals)
        this.clock.after(at, () => this.broker.append(topics.indicatorEvents, [message]));
      for (const fault of faults) this.clock.after(fault.at, () => this.begin(fault));
      const failure = await this.outcome();
      return { failure, trace: this.trace, steps: this.clock.events };
    } finally {
      this.clock.release();
      process.off('unhandledRejection', onRejection);
    }
  }

  private async outcome(): Promise<string | undefined> {
    const { arrivals, faults } = this.plan;
    const over = Math.max(...faults.map(({ at, forMs }) => at + forMs), ...arrivals.map(({ at }) => at), 0);
    await this.clock.runUntil(over);
    const expected = expectedOf(this.broker.log);
    let difference: string | undefined = 'not looked at';
    for (const end = this.clock.now + PATIENCE_MS; difference !== undefined && this.clock.now < end;) {
      await this.clock.runUntil(this.clock.now + LOOK_MS);
      difference = differenceOf(expected, this.store);
    }
    if (difference !== undefined) return `never exact: ${difference}`;
    await this.clock.runUntil(this.clock.now + STAYS_MS);
    const later = differenceOf(expected, this.store);
    return later === undefined ? undefined : `exact no longer: ${later}`;
  }

  private start(worker: string): void {
    const process = new SimProcess(worker);
    const running: Running = { process };
    this.running.set(worker, running);
    const stage = worker.split('-')[0] as SimStage;
    const boot = async () => {
      try {
        running.drain = await startWorker(
          stage,
          { broker: this.broker, store: this.store },
          this.logger(worker),
          (error) => this.crash(process, error),
        );
      } catch (error) {
        this.crash(process, error);
      }
    };
    this.clock.after(1, () => void boot(), process);
  }

  /** The process ends by a fault of its own; its supervisor starts it again. */
  private crash(process: SimProcess | undefined, error: unknown): void {
    if (process === undefined) throw error;
    if (!process.isAlive) return;
    this.note(`${process.name} ends: ${String(error)}`);
    process.isAlive = false;
    this.clock.after(RESTART_MS, () => this.start(process.name));
  }

  private begin({ kind, on, forMs }: Fault): void {
    this.note(`${kind} ${on} for ${Math.round(forMs)} ms`);
    const later = (run: () => void) => void this.clock.after(forMs, run);
    const worker = this.running.get(on);
    if (kind === 'compact') this.compact();
    else if (kind === 'away') (on === 'kafka' ? this.kafka : this.mongodb).goAway(forMs);
    else if (kind === 'loss') this.during(later, (share) => (this.network.loss = share), 0.25);
    else if (kind === 'slow') this.during(later, (share) => (this.network.slow = share || 0.03), 0.5);
    else if (worker?.process.isAlive) this.strike(kind, worker, later);
  }

  private during(later: (run: () => void) => void, set: (share: number) => void, share: number): void {
    set(share);
    later(() => set(0));
  }

  private strike(kind: Fault['kind'], { process, drain }: Running, later: (run: () => void) => void): void {
    if (kind === 'stop') {
      process.stop();
      later(() => this.clock.goOn(process));
      return;
    }
    const end = () => {
      process.isAlive = false;
    };
    if (kind === 'leave' && drain !== undefined) this.clock.after(0, () => void drain().then(end, end), process);
    else end();
    later(() => {
      end();
      this.start(process.name);
    });
  }

  private compact(): void {
    for (const topic of [topics.communeRollups, topics.provinceRollups, topics.nationalRollups])
      for (const partition of this.broker.log.partitions(topic)) partition.compact();
  }

  private logger(worker: string): Logger {
    const write = (fields: { err?: unknown } | undefined, message: string) =>
      this.note(`${worker}: ${message}${fields?.err === undefined ? '' : ` (${String(fields.err)})`}`);
    const silent = () => undefined;
    return { fatal: write, error: write, warn: write, info: silent, debug: silent, trace: silent } as unknown as Logger;
  }

  private note(line: string): void {
    if (!this.isTracing) return;
    this.trace.push(`${(this.clock.now / 1000).toFixed(3).padStart(8)} s  ${line}`);
    if (this.trace.length > TRACE_LINES) this.trace.shift();
  }
}
