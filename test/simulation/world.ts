/**
 * A world for one schedule of the stages: Kafka and MongoDB, two workers of each stage, events and faults on time.
 *
 * When the faults are over everything that was stopped goes on, and the figures must become exact and stay so, and every group have read
 * to the end.
 */
import { SimBroker } from './broker.js';
import { differenceOf, expectedOf } from './exactness.js';
import { SimHouse } from './house.js';
import { placeFault } from './places.js';
import { workers, type Fault, type Plan, type SimStage } from './plan.js';
import { SimStore } from './store.js';
import { PARTITIONS, startWorker, topics } from './worker.js';

export interface Outcome {
  /** What is wrong; undefined when everything is exact. */
  readonly failure?: string;
  readonly trace: readonly string[];
  /** Events of the clock. */
  readonly steps: number;
}

const LOOK_MS = 2_000;
/** After the last fault everything must be exact within this time, and stay so for that one. */
const PATIENCE_MS = 60_000;
const STAYS_MS = 4_000;

export class World {
  private readonly house: SimHouse;
  private readonly broker: SimBroker;
  private readonly store: SimStore;

  constructor(private readonly plan: Plan) {
    const house = new SimHouse(plan.seed);
    this.house = house;
    this.broker = new SimBroker(house.clock, house.network, house.server('kafka'), house.random);
    this.store = new SimStore(house.network, house.server('mongodb'), house.random);
    for (const topic of Object.values(topics)) this.broker.log.create(topic, PARTITIONS);
  }

  async run(isTracing = false): Promise<Outcome> {
    const { house, broker, store } = this;
    const { arrivals, faults } = this.plan;
    house.isTracing = isTracing;
    const boot = (worker: string, onFatal: (error: unknown) => void) =>
      startWorker(worker.split('-')[0] as SimStage, { broker, store }, house.logger(worker), onFatal);
    const failure = await house.inhabited(workers, boot, () => {
      for (const arrival of arrivals) house.clock.after(arrival.at, () => this.arrive(arrival));
      for (const fault of faults) house.clock.after(fault.at, () => this.begin(fault));
      return this.outcome();
    });
    return { failure, trace: house.trace, steps: house.clock.events };
  }

  private arrive({ message, decision }: Plan['arrivals'][number]): void {
    if (decision === undefined) return this.broker.append(topics.indicatorEvents, [message]);
    const { record, backMs } = decision;
    const about = new Date(Date.now() - backMs).toISOString();
    const value = JSON.stringify({ ...record, cutOff: about, upTo: about });
    this.broker.append(topics.decisions, [{ key: message.key, value }]);
  }

  private async outcome(): Promise<string | undefined> {
    const { clock } = this.house;
    const { arrivals, faults } = this.plan;
    const over = Math.max(...faults.map(({ at, forMs }) => at + forMs), ...arrivals.map(({ at }) => at), 0);
    await clock.runUntil(over);
    const expected = expectedOf(this.broker.log);
    const difference = () => differenceOf(expected, this.store, this.broker.log);
    const before = await this.lasting(difference);
    if (before !== undefined) return `never exact: ${before}`;
    await clock.runUntil(clock.now + STAYS_MS);
    const later = difference();
    if (later !== undefined) return `exact no longer: ${later}`;
    const standing = await this.lasting(() => placeFault(this.broker));
    return standing === undefined ? undefined : `not read to the end: ${standing}`;
  }

  /** What is wrong still when the time is up; undefined as soon as nothing is. */
  private async lasting(fault: () => string | undefined): Promise<string | undefined> {
    const { clock } = this.house;
    let found: string | undefined;
    for (const end = clock.now + PATIENCE_MS; clock.now < end;) {
      await clock.runUntil(clock.now + LOOK_MS);
      found = fault();
      if (found === undefined) return undefined;
    }
    return found;
  }

  private begin(fault: Fault): void {
    if (fault.kind !== 'compact') return this.house.begin(fault);
    this.house.note('compaction');
    for (const topic of [topics.communeRollups, topics.provinceRollups, topics.nationalRollups])
      for (const partition of this.broker.log.partitions(topic)) partition.compact();
  }
}
