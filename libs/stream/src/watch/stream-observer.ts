/**
 * What a transport tells those who watch it: readiness, lag and metrics are made of this, and of nothing else.
 *
 * A call a batch, never one a record, so that watching costs nothing that can be measured.
 */
import type { Consumer } from '#kafka';

/** A batch as it was fetched. */
export interface SeenBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly { readonly timestamp: string }[];
  readonly firstOffset: string;
  readonly nextOffset: string;
  /** Records that wait behind it. */
  readonly behind: number;
}

export interface StreamObserver {
  /** The consumer is a member of its group and owns these partitions. */
  joined(topic: string, partitions: readonly number[]): void;
  /** It has to join again. */
  rejoining(topic: string): void;
  /** The group's coordinator has acknowledged a heartbeat. */
  beat(topic: string): void;
  /** It has ended by an error, and is perhaps started again. */
  crashed(topic: string, error: unknown): void;
  /** A batch is in hand. */
  taken(batch: SeenBatch): void;
  /** @param ms how long it took */
  handled(batch: SeenBatch, ms: number): void;
  /** It is taken again. @param failures in a row */
  failed(batch: SeenBatch, failures: number): void;
  /** Only markers of transactions, or what compaction left nothing of, stand before the offset. */
  passed(topic: string, partition: number, nextOffset: string): void;
  /** Records that no decoder can read are passed over. */
  unreadable(topic: string, partition: number): void;
}

const nothing = (): void => undefined;

/** For a transport that nobody watches. */
export const unobserved: StreamObserver = {
  joined: nothing,
  rejoining: nothing,
  beat: nothing,
  crashed: nothing,
  taken: nothing,
  handled: nothing,
  failed: nothing,
  passed: nothing,
  unreadable: nothing,
};

/** Tells several. */
export const observers = (all: readonly StreamObserver[]): StreamObserver => ({
  joined: (topic, partitions) => all.forEach((each) => each.joined(topic, partitions)),
  rejoining: (topic) => all.forEach((each) => each.rejoining(topic)),
  beat: (topic) => all.forEach((each) => each.beat(topic)),
  crashed: (topic, error) => all.forEach((each) => each.crashed(topic, error)),
  taken: (batch) => all.forEach((each) => each.taken(batch)),
  handled: (batch, ms) => all.forEach((each) => each.handled(batch, ms)),
  failed: (batch, failures) => all.forEach((each) => each.failed(batch, failures)),
  passed: (topic, partition, nextOffset) => all.forEach((each) => each.passed(topic, partition, nextOffset)),
  unreadable: (topic, partition) => all.forEach((each) => each.unreadable(topic, partition)),
});

/** Passes on what a consumer says of its life, for each of its topics. */
export const observeConsumer = (consumer: Consumer, topics: readonly string[], observer: StreamObserver): void => {
  const { events } = consumer;
  consumer.on(events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
    for (const topic of topics) observer.joined(topic, memberAssignment[topic] ?? []);
  });
  consumer.on(events.REBALANCING, () => topics.forEach((topic) => observer.rejoining(topic)));
  consumer.on(events.HEARTBEAT, () => topics.forEach((topic) => observer.beat(topic)));
  consumer.on(events.CRASH, ({ payload }) => topics.forEach((topic) => observer.crashed(topic, payload.error)));
  consumer.on(events.END_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, lastOffset } }) => {
    if (batchSize === 0) observer.passed(topic, partition, String(BigInt(lastOffset) + 1n));
  });
};
