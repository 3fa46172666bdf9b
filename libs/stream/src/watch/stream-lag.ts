/**
 * How far a process' consumers are behind: records that wait in each partition it owns, and since when the oldest of them does.
 *
 * Where a partition ends is asked of Kafka at each scrape, so that a consumer that stands still shows its lag growing. What is
 * in hand has its timestamp; what was not fetched yet waits at least since the last record handled, or since it was first seen to wait.
 */
import { unobserved, type SeenBatch, type StreamObserver } from './stream-observer.js';

interface Place {
  /** The next offset to handle; undefined before the first batch. */
  next?: bigint;
  /** Of the first record in hand, milliseconds since the epoch. */
  inHandSince?: number;
  /** Not in hand, and waiting at least since then: the last record handled while others waited, or when they were first seen to wait. */
  waitingSince?: number;
}

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
  readonly oldestSeconds: number;
}

/** End offsets of topics, by partition. */
export type TopicEnds = ReadonlyMap<string, ReadonlyMap<number, string>>;

export class StreamLag implements StreamObserver {
  readonly rejoining = unobserved.rejoining;
  readonly beat = unobserved.beat;
  readonly crashed = unobserved.crashed;
  readonly failed = unobserved.failed;
  readonly unreadable = unobserved.unreadable;
  private readonly places = new Map<string, Map<number, Place>>();
  private ends: TopicEnds = new Map();

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {}

  get topics(): readonly string[] {
    return [...this.places.keys()];
  }

  joined(topic: string, partitions: readonly number[]): void {
    const before = this.places.get(topic);
    this.places.set(topic, new Map(partitions.map((partition) => [partition, before?.get(partition) ?? {}])));
  }

  taken({ topic, partition, records, firstOffset }: SeenBatch): void {
    const place = this.place(topic, partition);
    place.next = BigInt(firstOffset);
    if (records.length > 0) place.inHandSince = Number(records[0].timestamp);
  }

  handled({ topic, partition, records, nextOffset, behind }: SeenBatch): void {
    const place = this.place(topic, partition);
    place.next = BigInt(nextOffset);
    place.inHandSince = undefined;
    place.waitingSince = behind > 0 && records.length > 0 ? Number(records[records.length - 1].timestamp) : undefined;
  }

  passed(topic: string, partition: number, nextOffset: string): void {
    const place = this.place(topic, partition);
    place.next = BigInt(nextOffset);
    place.waitingSince = undefined;
  }

  /** What a group has committed, for partitions of which nothing was fetched yet. */
  begins(topic: string, committed: ReadonlyMap<number, string>): void {
    for (const [partition, place] of this.places.get(topic) ?? [])
      place.next ??= BigInt(committed.get(partition) ?? '0');
  }

  /** Topics of which a partition was assigned and nothing fetched. */
  get unbegun(): readonly string[] {
    return this.topics.filter((topic) =>
      [...(this.places.get(topic)?.values() ?? [])].some(({ next }) => next === undefined),
    );
  }

  /** @param ends where topics end now; undefined where Kafka did not say: what it said last stands */
  lags(ends: TopicEnds | undefined): PartitionLag[] {
    this.ends = ends ?? this.ends;
    return this.topics.flatMap((topic) =>
      [...(this.places.get(topic) ?? [])].map(([partition, place]) => {
        const end = BigInt(this.ends.get(topic)?.get(partition) ?? '0');
        const records = place.next === undefined || end <= place.next ? 0 : Number(end - place.next);
        return { topic, partition, records, oldestSeconds: this.oldest(place, records) };
      }),
    );
  }

  private oldest(place: Place, records: number): number {
    const now = this.now();
    if (records === 0 && place.inHandSince === undefined) {
      place.waitingSince = undefined;
      return 0;
    }
    place.waitingSince ??= now;
    return Math.max(0, now - (place.inHandSince ?? place.waitingSince)) / 1_000;
  }

  private place(topic: string, partition: number): Place {
    const places = this.places.get(topic) ?? new Map<number, Place>();
    this.places.set(topic, places);
    const held = places.get(partition) ?? {};
    places.set(partition, held);
    return held;
  }
}
