/** A batch as a handler gets it: everything that one fetch brought of a partition. */
import { type Batch, type Consumer, type EachBatchPayload, seek, type KafkaMessage } from '#kafka';
import type { Cause } from '#tracing';
import type { PartitionRests } from './partition-rests.js';
import type { PassedMarkers } from './passed-markers.js';

export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly KafkaMessage[];
  /** The offset that was asked for, and the one after the last record. What lies between may be markers, or compacted away. */
  readonly firstOffset: string;
  readonly nextOffset: string;
  /** Records that wait behind this batch. */
  readonly behind: number;
  /** The span of the work on it, where one is kept. */
  readonly cause?: Cause;
  /** Makes the partition go on from an offset, after the handler is done; not where the consumer has joined its group again since. */
  seek(offset: string): void;
  /** Leaves the partition out of the fetches for so many milliseconds; the others go on. */
  rest(ms: number): void;
  /**
   * Says that everything of the partition before the offset is durable; for handlers that say so themselves. Not where the consumer has
   * joined its group again since: reading goes on from the committed place then, and what is durable is said again.
   */
  done(offset: string): void;
  /** Whether the partition was told to go on from elsewhere since this batch came, or goes on from the committed place after a rebalance. */
  isStale(): boolean;
}

/** What a batch may do to its partition. */
export interface PartitionWays {
  readonly consumer: Consumer;
  readonly rests: PartitionRests;
  /** Undefined where nothing is committed when it is done. */
  readonly passed?: PassedMarkers;
  /** The records, with those that an operator has set aside marked. */
  readonly marked: (records: readonly KafkaMessage[]) => readonly KafkaMessage[];
  isStopping(): boolean;
  /** Whether the consumer has joined its group again since. */
  isOvertaken(): boolean;
}

export const toRecordBatch = ({ batch, isStale }: EachBatchPayload, ways: PartitionWays): RecordBatch => {
  const { topic, partition } = batch;
  const last = BigInt(batch.lastOffset());
  // A consumer that has left its group cannot be told, and its next owner, itself included, begins at the committed place.
  const isGone = () => ways.isStopping() || ways.isOvertaken();
  return {
    topic,
    partition,
    records: ways.marked(batch.messages),
    firstOffset: askedFor(batch),
    nextOffset: String(last + 1n),
    behind: Number(BigInt(batch.highWatermark) - last - 1n),
    seek: (offset) => {
      if (!isGone()) seek(ways.consumer, { topic, partition, offset });
    },
    rest: (ms) => {
      if (!isGone()) ways.rests.rest(partition, ms);
    },
    // Who has the partition since may have committed more: it is not set back.
    done: (offset) => {
      if (!ways.isOvertaken()) ways.passed?.done(partition, offset);
    },
    isStale: () => isStale() || ways.isOvertaken(),
  };
};

/** kafkajs keeps it, and leaves it out of its types. */
const askedFor = (batch: Batch): string => (batch as Batch & { readonly fetchedOffset: string }).fetchedOffset;
