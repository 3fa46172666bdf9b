/**
 * A world for one schedule of the summaries: MongoDB, a queue on Redis, two reports workers, people who ask.
 *
 * When the faults are over, every summary that somebody was promised, and the scheduled one, is issued; none changed after it was.
 */
import { sha256 } from '#store';
import { windowIndex } from '#domain';
import type { SimDocument } from './collection.js';
import { SimHouse } from './house.js';
import type { Fault } from './plan.js';
import { between, pick, seeded, below } from './random.js';
import { askForSummary, dueAt, startReports, type Figures, type ReportsServers } from './reports-worker.js';
import { SimQueue } from './queue.js';
import { SimStore } from './store.js';
import type { Outcome } from './world.js';

export interface ReportsPlan {
  readonly seed: number;
  /** Somebody asks for a window's summary; the figures have changed before, or not. */
  readonly arrivals: readonly {
    readonly at: number;
    readonly message: { readonly value: string };
    readonly changed: boolean;
  }[];
  readonly faults: readonly Fault[];
}

const workers = ['reports-1', 'reports-2'];
const windows = ['2026-09', '2026-10', '2026-Q3'];
const SCHEDULED = '2026-11';
/** The scheduled summary comes due so long after the beginning. */
const HEAD_START_MS = 6_000;
const SPAN_MS = 15_000;
/** Sweeps come every minute. */
const PATIENCE_MS = 400_000;

export const reportsPlanOf = (seed: number): ReportsPlan => {
  const random = seeded(seed);
  const arrivals = Array.from({ length: 1 + below(random, 6) }, () => ({
    at: between(random, 500, SPAN_MS),
    message: { value: pick(random, windows) },
    changed: random() < 0.5,
  }));
  const kinds = ['kill', 'kill', 'stop', 'leave', 'away', 'loss', 'slow', 'forget'] as const;
  const faults = Array.from({ length: 1 + below(random, 6) }, (): Fault => {
    const kind = pick(random, kinds);
    const on = kind === 'away' ? pick(random, ['mongodb', 'redis']) : pick(random, workers);
    return { kind, on, at: between(random, 500, SPAN_MS), forMs: between(random, 100, 12_000) };
  });
  const inOrder = (a: { at: number }, b: { at: number }) => a.at - b.at;
  return { seed, arrivals: arrivals.sort(inOrder), faults: faults.sort(inOrder) };
};

export class ReportsWorld {
  private readonly house: SimHouse;
  private readonly servers: ReportsServers;
  private readonly figures: Figures = { now: 1 };
  private readonly promised = new Set<string>();
  private readonly asIssued = new Map<string, string>();

  constructor(private readonly plan: ReportsPlan) {
    const house = new SimHouse(plan.seed, HEAD_START_MS);
    this.house = house;
    const { clock, network, random } = house;
    const store = new SimStore(network, house.server('mongodb'), random);
    const queue = new SimQueue(clock, network, house.server('redis'), dueAt(windowIndex(SCHEDULED) as number));
    this.servers = { store, queue, figures: this.figures };
  }

  async run(isTracing = false): Promise<Outcome> {
    const { house } = this;
    house.isTracing = isTracing;
    const boot = (worker: string) => startReports(worker, this.servers, house.logger(worker));
    const failure = await house.inhabited(workers, boot, () => {
      for (const { at, message, changed } of this.plan.arrivals)
        house.clock.after(at, () => this.ask(message.value, changed), house.passerBy());
      for (const fault of this.plan.faults) house.clock.after(fault.at, () => this.begin(fault));
      return this.outcome();
    });
    return { failure, trace: house.trace, steps: house.clock.events };
  }

  private ask(window: string, changed: boolean): void {
    if (changed) this.figures.now += 1;
    askForSummary(this.servers, window).then(
      (id) => {
        this.house.note(`${window} was promised as ${id}`);
        this.promised.add(id);
      },
      () => this.house.note(`${window} could not be asked for`),
    );
  }

  private begin(fault: Fault): void {
    this.house.begin(fault);
    if (fault.kind === 'forget') this.servers.queue.forgetEverything();
  }

  private async outcome(): Promise<string | undefined> {
    const { clock } = this.house;
    let wrong: string | undefined = 'not looked at';
    while (clock.now < SPAN_MS + HEAD_START_MS || (wrong !== undefined && clock.now < PATIENCE_MS)) {
      await clock.runUntil(clock.now + 1_000);
      const changed = this.changedSinceIssued();
      if (changed !== undefined) return changed;
      wrong = this.missing();
    }
    await clock.runUntil(clock.now + 70_000);
    return wrong ?? this.changedSinceIssued() ?? this.missing();
  }

  private summaries(): SimDocument[] {
    return [...this.servers.store.collection('summaries').values()];
  }

  private changedSinceIssued(): string | undefined {
    for (const { _id, status, checksum, json, issuedAt } of this.summaries()) {
      if (status !== 'issued') continue;
      if (sha256(json as Buffer) !== checksum) return `${_id} does not have its checksum`;
      const now = `${String(checksum)} ${String((issuedAt as Date).getTime())}`;
      const before = this.asIssued.get(_id) ?? now;
      this.asIssued.set(_id, before);
      if (before !== now) return `${_id} was issued twice`;
    }
    for (const id of this.asIssued.keys())
      if (this.servers.store.collection('summaries').get(id)?.status !== 'issued') return `${id} is issued no longer`;
    return undefined;
  }

  private missing(): string | undefined {
    const summaries = this.servers.store.collection('summaries');
    for (const id of this.promised)
      if (summaries.get(id)?.status !== 'issued')
        return `${id} was promised and is ${String(summaries.get(id)?.status)}`;
    const pending = this.summaries().find(({ status }) => status !== 'issued');
    if (pending !== undefined) return `${pending._id} is ${String(pending.status)}`;
    return summaries.has(`VN-${SCHEDULED}-r1`) ? undefined : `the summary of ${SCHEDULED} did not come`;
  }
}
