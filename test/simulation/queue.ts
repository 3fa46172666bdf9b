/**
 * BullMQ's queue as its users see it: jobs by id, locks that lapse, jobs that come again, attempts, delays, and a Redis that may forget
 * everything.
 */
import { QueueUnavailable } from '#queue';
import type { SimClock } from './clock.js';
import type { Network, SimServer } from './network.js';

interface QueuedJob {
  readonly name: string;
  readonly data: unknown;
  readonly opts?: { readonly jobId?: string; readonly prevMillis?: number };
}

export interface SimJob extends QueuedJob {
  readonly id: string;
  readonly timestamp: number;
  state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';
  attemptsMade: number;
  attemptsStarted: number;
  failedReason?: string;
  token?: string;
  lockedUntil: number;
  readyAt: number;
}

const LOCK_MS = 6_000;
const ATTEMPTS = 5;
const BACKOFF_MS = 1_000;

export class SimQueue {
  private jobs = new Map<string, SimJob>();
  /** Scheduled jobs by id, and when each comes. */
  private crons = new Map<string, { readonly job: QueuedJob; readonly at: number; hasCome: boolean }>();
  private made = 0;

  constructor(
    private readonly clock: SimClock,
    private readonly network: Network,
    private readonly server: SimServer,
    private readonly cronAt: number,
  ) {}

  forgetEverything(): void {
    this.jobs = new Map();
    this.crons = new Map();
  }

  /** The sending end, as `JobQueue` is. */
  readonly sender = {
    add: ({ name, data, opts }: QueuedJob) => this.do(() => this.put({ name, data, opts })),
    stateOf: (id: string) =>
      this.do(() => {
        const job = this.jobs.get(id);
        return job && { state: job.state, failedReason: job.failedReason };
      }),
    forget: (id: string) => this.do(() => this.jobs.delete(id)).then(() => undefined),
    ensureCron: ({ id, name, data }: QueuedJob & { readonly id: string }) =>
      this.do(() => {
        if (!this.crons.has(id)) this.crons.set(id, { job: { name, data }, at: this.cronAt, hasCome: false });
      }),
  };

  /** Gives a worker the next job, if there is one. */
  take(token: string): Promise<SimJob | undefined> {
    return this.do(() => {
      this.comeRound();
      for (const job of this.jobs.values()) {
        const isReady = job.state === 'waiting' || (job.state === 'delayed' && job.readyAt <= this.clock.now);
        const isStalled = job.state === 'active' && job.lockedUntil < this.clock.now;
        if (!isReady && !isStalled) continue;
        Object.assign(job, { state: 'active', token, lockedUntil: this.clock.now + LOCK_MS });
        job.attemptsStarted += 1;
        return { ...job };
      }
      return undefined;
    });
  }

  renew = (id: string, token: string) => this.held(id, token, (job) => (job.lockedUntil = this.clock.now + LOCK_MS));

  complete = (id: string, token: string) => this.held(id, token, (job) => (job.state = 'completed'));

  delay = (id: string, token: string, ms: number) =>
    this.held(id, token, (job) => Object.assign(job, { state: 'delayed', readyAt: this.clock.now + ms }));

  fail = (id: string, token: string, reason: string, isFinal: boolean) =>
    this.held(id, token, (job) => {
      job.attemptsMade += 1;
      const isOver = isFinal || job.attemptsMade >= ATTEMPTS;
      const readyAt = this.clock.now + BACKOFF_MS * 2 ** job.attemptsMade;
      Object.assign(job, isOver ? { state: 'failed', failedReason: reason } : { state: 'delayed', readyAt });
    });

  private put({ name, data, opts }: QueuedJob): void {
    const id = opts?.jobId ?? String(this.made++);
    if (this.jobs.has(id)) return;
    const counts = { attemptsMade: 0, attemptsStarted: 0, lockedUntil: 0, readyAt: 0 };
    this.jobs.set(id, { id, name, data, opts: { ...opts }, timestamp: Date.now(), state: 'waiting', ...counts });
  }

  private comeRound(): void {
    for (const [id, cron] of this.crons) {
      if (cron.hasCome || Date.now() < cron.at) continue;
      cron.hasCome = true;
      this.put({ ...cron.job, opts: { jobId: `repeat-${id}`, prevMillis: cron.at } });
    }
  }

  /** Whoever has lost the lock changes nothing. */
  private held(id: string, token: string, change: (job: SimJob) => unknown): Promise<void> {
    return this.do(() => {
      const job = this.jobs.get(id);
      if (job?.token === token && job.state === 'active') change(job);
    });
  }

  private do<T>(work: () => T): Promise<T> {
    const lost = () => new QueueUnavailable('Redis did not answer');
    return this.network.ask(this.server, (answer) => answer(work()), lost);
  }
}
