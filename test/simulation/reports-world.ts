/**
 * A world for one schedule of the summaries: MongoDB, a queue on Redis, a pipeline that lags behind its events, two reports workers,
 * people who ask.
 *
 * When the faults are over, every summary that somebody was promised, and the scheduled one, is issued; none changed after it was, none
 * says less than there was when it was asked for, and of the scheduled window there is one.
 */
import { KafkaUnavailable } from '#stream';
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
  /** An event comes, or somebody asks for a window's summary, or both. */
  readonly arrivals: readonly {
    readonly at: number;
    readonly message: { readonly value: string };
    readonly asks: boolean;
    readonly changed: boolean;
    /** How long after it was appended an event is in the figures. */
    readonly takenInMs: number;
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
  const arrivals = Array.from({ length: 2 + below(random, 10) }, () => {
    const asks = random() < 0.5;
    return {
      at: between(random, 500, SPAN_MS),
      message: { value: pick(random, windows) },
      asks,
      changed: !asks || random() < 0.5,
      takenInMs: between(random, 50, 6_000),
    };
  });
  const kinds = ['kill', 'kill', 'stop', 'leave', 'away', 'loss', 'slow', 'forget'] as const;
  const faults = Array.from({ length: 1 + below(random, 6) }, (): Fault => {
    const kind = pick(random, kinds);
    const on = kind === 'away' ? pick(random, ['mongodb', 'redis', 'kafka']) : pick(random, workers);
    return { kind, on, at: between(random, 500, SPAN_MS), forMs: between(random, 100, 12_000) };
  });
  const inOrder = (a: { at: number }, b: { at: number }) => a.at - b.at;
  return { seed, arrivals: arrivals.sort(inOrder), faults: faults.sort(inOrder) };
};

export class ReportsWorld {
  private readonly house: SimHouse;
  private readonly servers: ReportsServers;
  private readonly figures: Figures = { appended: 1, now: 1 };
  /** Ids that were promised, and how many events there were when that was asked for. */
  private readonly promised = new Map<string, number>();
  private readonly asIssued = new Map<string, string>();

  constructor(private readonly plan: ReportsPlan) {
    const house = new SimHouse(plan.seed, HEAD_START_MS);
    this.house = house;
    const { clock, network, random } = house;
    const store = new SimStore(network, house.server('mongodb'), random);
    const queue = new SimQueue(clock, network, house.server('redis'), dueAt(windowIndex(SCHEDULED) as number));
    const broker = house.server('kafka');
    const away = () => new KafkaUnavailable('Kafka did not answer');
    const kafka = <T>(answer: () => T) => network.ask<T>(broker, (reply) => reply(answer()), away);
    this.servers = { store, queue, figures: this.figures, kafka };
  }

  async run(isTracing = false): Promise<Outcome> {
    const { house } = this;
    house.isTracing = isTracing;
    const boot = (worker: string) => startReports(worker, this.servers, house.logger(worker));
    const failure = await house.inhabited(workers, boot, () => {
      for (const { at, message, asks, changed, takenInMs } of this.plan.arrivals) {
        if (changed) house.clock.after(at, () => this.append(takenInMs));
        if (asks) house.clock.after(at, () => this.ask(message.value), house.passerBy());
      }
      for (const fault of this.plan.faults) house.clock.after(fault.at, () => this.begin(fault));
      return this.outcome();
    });
    return { failure, trace: house.trace, steps: house.clock.events };
  }

  private append(takenInMs: number): void {
    const { figures, house } = this;
    figures.appended += 1;
    const event = figures.appended;
    house.clock.after(takenInMs, () => (figures.now = Math.max(figures.now, event)));
  }

  private ask(window: string): void {
    const { appended } = this.figures;
    askForSummary(this.servers, window).then(
      (id) => {
        this.house.note(`${window} was promised as ${id}, with ${appended} events`);
        this.promised.set(id, Math.max(appended, this.promised.get(id) ?? 0));
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
    for (const id of this.promised.keys())
      if (summaries.get(id)?.status !== 'issued')
        return `${id} was promised and is ${String(summaries.get(id)?.status)}`;
    const pending = this.summaries().find(({ status }) => status !== 'issued');
    if (pending !== undefined) return `${pending._id} is ${String(pending.status)}`;
    if (summaries.has(`VN-${SCHEDULED}-r2`)) return `two summaries of ${SCHEDULED}`;
    if (!summaries.has(`VN-${SCHEDULED}-r1`)) return `the summary of ${SCHEDULED} did not come`;
    return this.saysLess();
  }

  /** Which summary says less than there was when it was asked for. */
  private saysLess(): string | undefined {
    const summaries = this.servers.store.collection('summaries');
    for (const [id, events] of this.promised) {
      const { figure } = JSON.parse(String(summaries.get(id)?.json)) as { figure: number };
      if (figure < events) return `${id} says ${figure}, and there were ${events} events when it was asked for`;
    }
    return undefined;
  }
}
