/**
 * A process' metrics, in a registry of its own: what it counts while it works, and what it asks for when it is scraped.
 *
 * Names follow OpenTelemetry's conventions where they have one, and Prometheus' everywhere: base units, `_total` for counters. No label has
 * values that a stranger chooses or that grow without bound. Nothing that is asked at a scrape may take longer than a second or fail
 * the scrape: it is left out, and a gauge says so. docs/metrics.md lists every metric.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type PartitionObserver, type PartitionLag, unobserved, type SeenBatch, type StreamObserver } from '#stream';
import { within } from './readiness.js';

/** Looking at the event loop every 10 ms, as is usual, would keep an idle process awake. */
const LOOP_PRECISION_MS = 100;
/** A sampler that asks a dependency gives up sooner, and says so. */
const SCRAPE_MS = 1_200;
/** Gauges whose names end as only a counter's may. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const sizeBuckets = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];

export interface BuildInfo {
  readonly service: string;
  readonly version: string;
  /** How often a supervisor has started the process again. */
  readonly restarts: number;
}

export class ServiceMetrics {
  readonly registry = new Registry();
  private readonly samplers: (() => Promise<void>)[] = [];

  constructor({ service, version, restarts }: BuildInfo) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
    for (const name of misnamed) this.registry.removeSingleMetric(name);
    new Gauge({
      name: 'tonghop_build_info',
      help: 'Always 1; its labels say what runs',
      labelNames: ['service', 'version', 'node'],
      registers,
    }).set({ service, version, node: process.version }, 1);
    new Counter({
      name: 'tonghop_restarts_total',
      help: 'How often the supervisor has started the process again',
      registers,
    }).inc(restarts);
  }

  gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** Of durations. */
  seconds<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: secondsBuckets, registers: [this.registry] });
  }

  /** Of how many there are in one. */
  sizes<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: sizeBuckets, registers: [this.registry] });
  }

  /** Something to do at each scrape before the metrics are written; what takes much longer than a second is not waited for. */
  atScrape(sample: () => Promise<void>): void {
    this.samplers.push(sample);
  }

  /** The metrics as text; never fails because something that was asked does. */
  async scrape(): Promise<string> {
    await Promise.all(this.samplers.map((sample) => within(SCRAPE_MS, sample)));
    return this.registry.metrics();
  }
}

/** What a transport does, counted. */
export class StreamMetrics implements StreamObserver {
  readonly rejoining = unobserved.rejoining;
  readonly beat = unobserved.beat;
  readonly taken = unobserved.taken;
  readonly passed = unobserved.passed;
  private readonly batchSeconds;
  private readonly batchRecords;
  private readonly consumed;
  private readonly failures;
  private readonly crashes;
  private readonly joins;
  private readonly unreadables;
  private readonly lag;
  private readonly oldest;

  constructor(metrics: ServiceMetrics) {
    const name = ['messaging_destination_name'] as const;
    this.batchSeconds = metrics.seconds(
      'messaging_process_duration_seconds',
      'How long handling a batch of records took',
      name,
    );
    this.consumed = metrics.counter('messaging_client_consumed_messages_total', 'Records handled', name);
    this.batchRecords = metrics.sizes('tonghop_batch_records', 'Records in a batch', ['topic']);
    this.failures = metrics.counter('tonghop_batch_failures_total', 'Batches that were taken again', ['topic']);
    this.crashes = metrics.counter('tonghop_consumer_crashes_total', 'Consumers that ended by an error', ['topic']);
    this.joins = metrics.counter('tonghop_consumer_joins_total', 'Times that a consumer joined its group', ['topic']);
    this.unreadables = metrics.counter(
      'tonghop_unreadable_batches_total',
      'Batches that no decoder could read, passed over',
      ['topic'],
    );
    const place = ['topic', 'partition'] as const;
    this.lag = metrics.gauge('tonghop_consumer_lag_records', 'Records that wait to be handled', place);
    this.oldest = metrics.gauge(
      'tonghop_consumer_oldest_age_seconds',
      'Age of the oldest record that is not handled, by its timestamp; 0 where none waits',
      place,
    );
  }

  joined(topic: string): void {
    this.joins.inc({ topic });
    this.crashes.inc({ topic }, 0);
    this.failures.inc({ topic }, 0);
    this.unreadables.inc({ topic }, 0);
  }

  crashed(topic: string): void {
    this.crashes.inc({ topic });
  }

  handled({ topic, records }: SeenBatch, ms: number): void {
    const labels = { messaging_destination_name: topic };
    this.batchSeconds.observe(labels, ms / 1_000);
    this.consumed.inc(labels, records.length);
    this.batchRecords.observe({ topic }, records.length);
  }

  failed({ topic }: SeenBatch): void {
    this.failures.inc({ topic });
  }

  unreadable(topic: string): void {
    this.unreadables.inc({ topic });
  }

  lags(lags: readonly PartitionLag[]): void {
    this.lag.reset();
    this.oldest.reset();
    for (const { topic, partition, records, oldestSeconds } of lags) {
      this.lag.set({ topic, partition }, records);
      this.oldest.set({ topic, partition }, oldestSeconds);
    }
  }
}

/** What owned partitions do, counted. */
export class PartitionMetrics implements PartitionObserver {
  private readonly flushSeconds;
  private readonly flushRecords;
  private readonly restoreSeconds;
  private readonly failures;

  constructor(metrics: ServiceMetrics) {
    this.flushSeconds = metrics.seconds(
      'tonghop_flush_duration_seconds',
      "How long a write of a partition's changes took: a transaction in the stages, bulk writes in the projection",
    );
    this.flushRecords = metrics.sizes('tonghop_flush_records', "Changes in one write of a partition's changes");
    this.restoreSeconds = metrics.seconds(
      'tonghop_restore_duration_seconds',
      'How long taking a partition over and restoring its state took',
    );
    this.failures = metrics.counter(
      'tonghop_partition_failures_total',
      'Writes and restores that failed; the partition was started again',
    );
  }

  opening(): void {
    // Counted when it is done.
  }

  opened(_partition: number, ms: number): void {
    this.restoreSeconds.observe(ms / 1_000);
  }

  failed(): void {
    this.failures.inc();
  }

  flushed(_partition: number, records: number, ms: number): void {
    this.flushSeconds.observe(ms / 1_000);
    this.flushRecords.observe(records);
  }

  closed(): void {
    // Says nothing that the group's joins do not.
  }
}
