/**
 * What watches a service process: its readiness, its metrics, and who tells them.
 *
 * Every process makes one in its main and hands its parts to what it watches. `/healthz`, `/readyz` and `/metrics` ask it: over the
 * service's own port, or over one for probes alone (probe-server.ts).
 */
import type { Kafka } from '#kafka';
import {
  PartitionHealth,
  type PartitionObserver,
  StreamHealth,
  StreamLag,
  type TopicEnds,
  observers,
  unobserved,
  type StreamObserver,
} from '#stream';
import { PartitionMetrics, ServiceMetrics, StreamMetrics, type BuildInfo } from './metrics.js';
import { Readiness, within, type ReadinessReport } from './readiness.js';

/** Scraping never waits longer for a dependency. */
const ASK_MS = 1_000;

/** What a probe asks for. */
export interface Probes {
  readiness(): Promise<ReadinessReport>;
  metrics(): Promise<string>;
}

export interface StreamWatch {
  readonly stream: StreamObserver;
  readonly partitions: PartitionObserver;
}

export class ServiceWatch implements Probes {
  readonly service: ServiceMetrics;
  readonly ready = new Readiness();
  private isStarted = false;
  private isDraining = false;
  private readonly closers: (() => Promise<void>)[] = [];

  constructor(build: BuildInfo) {
    this.service = new ServiceMetrics(build);
    const isReady = this.service.gauge(
      'tonghop_ready',
      'Whether a part of what the process needs is as it ought to be, as /readyz says',
      ['part'],
    );
    this.service.atScrape(async () => {
      const { parts } = await this.ready.report();
      for (const [part, ok] of Object.entries(parts)) isReady.set({ part }, ok ? 1 : 0);
    });
    this.ready.rule('process', () => (this.isDraining ? 'draining' : this.isStarted ? undefined : 'starting'));
  }

  /** The service takes work. */
  started(): void {
    this.isStarted = true;
  }

  draining(): void {
    this.isDraining = true;
  }

  readiness(): Promise<ReadinessReport> {
    return this.ready.report();
  }

  metrics(): Promise<string> {
    return this.service.scrape();
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
  }

  /** Kafka has to answer. @param topic any that there is */
  kafka(kafka: Kafka, topic: string): void {
    const admin = this.admin(kafka);
    this.ready.dependency('kafka', async () => {
      await admin.connect();
      await admin.fetchTopicMetadata({ topics: [topic] });
    });
  }

  /**
   * Consumers have to do their work, and the partitions that they own have to be restored.
   *
   * @param groupOf the consumer group of a topic
   * @param owned the topic whose partitions are restored and written (`partitions` is told of them)
   */
  streams(kafka: Kafka, groupOf: (topic: string) => string, owned?: string): StreamWatch {
    const health = new StreamHealth(Date.now);
    const partitions = new PartitionHealth();
    const lag = new StreamLag(Date.now);
    const counted = new StreamMetrics(this.service);
    this.ready.rule('stream', () => health.fault());
    this.sampleLag(this.admin(kafka), groupOf, lag, counted);
    if (owned === undefined) return { stream: observers([health, lag, counted]), partitions: observersOf([]) };
    this.ready.rule('partitions', () => partitions.fault());
    this.samplePartitions(partitions);
    const assigned: StreamObserver = {
      ...unobserved,
      joined: (topic, all) => topic === owned && partitions.assigned(all),
    };
    return {
      stream: observers([health, lag, counted, assigned]),
      partitions: observersOf([partitions, new PartitionMetrics(this.service)]),
    };
  }

  private samplePartitions(partitions: PartitionHealth): void {
    const gauge = this.service.gauge('tonghop_partitions', 'Partitions that the process owns, by what they do', [
      'state',
    ]);
    this.service.atScrape(() => {
      for (const [state, count] of Object.entries(partitions.counts())) gauge.set({ state }, count);
      return Promise.resolve();
    });
  }

  private sampleLag(admin: Admin, groupOf: (topic: string) => string, lag: StreamLag, counted: StreamMetrics): void {
    const isKnown = this.service.gauge('tonghop_lag_up', 'Whether Kafka said at this scrape where its topics end');
    this.service.atScrape(async () => {
      const ends = await within(ASK_MS, () => askEnds(admin, groupOf, lag));
      isKnown.set(ends === undefined ? 0 : 1);
      counted.lags(lag.lags(ends));
    });
  }

  private admin(kafka: Kafka): Admin {
    const admin = kafka.admin({ retry: { retries: 0 } });
    this.closers.push(() => admin.disconnect().catch(() => undefined));
    return admin;
  }
}

type Admin = ReturnType<Kafka['admin']>;

const askEnds = async (admin: Admin, groupOf: (topic: string) => string, lag: StreamLag): Promise<TopicEnds> => {
  await admin.connect();
  for (const topic of lag.unbegun) {
    const [{ partitions }] = await admin.fetchOffsets({ groupId: groupOf(topic), topics: [topic] });
    lag.begins(
      topic,
      new Map(
        partitions.filter(({ offset }) => Number(offset) >= 0).map(({ partition, offset }) => [partition, offset]),
      ),
    );
  }
  const ends = await Promise.all(
    lag.topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const),
  );
  return new Map(
    ends.map(([topic, partitions]) => [topic, new Map(partitions.map(({ partition, high }) => [partition, high]))]),
  );
};

const observersOf = (all: readonly PartitionObserver[]): PartitionObserver => ({
  opening: (partition) => all.forEach((each) => each.opening(partition)),
  opened: (partition, ms) => all.forEach((each) => each.opened(partition, ms)),
  failed: (partition, code) => all.forEach((each) => each.failed(partition, code)),
  flushed: (partition, records, ms) => all.forEach((each) => each.flushed(partition, records, ms)),
  closed: (partition) => all.forEach((each) => each.closed(partition)),
});
