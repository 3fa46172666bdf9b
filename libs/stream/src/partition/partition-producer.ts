/**
 * A producer that belongs to one partition of a stage: what changed, what it adds up to and how far was read (which stands in the
 * state) go out in one transaction.
 *
 * Its transactional id is the stage and the partition, so a worker that takes the partition over fences the one before: the
 * old one's next send fails, whenever it wakes up. `open` takes the epoch at once, before any state is read.
 */
import { type Kafka, type PartitionerArgs, type Producer, byTopic, chunked, tracedFirst, type OutRecord } from '#kafka';
import { tracing, type Cause, type TraceHeaders } from '#tracing';

/** A transaction that is not ended holds up every reader of its partitions for this long. */
const TRANSACTION_TIMEOUT_MS = 15_000;
/** The broker refuses a transaction that follows another until its markers are written, some milliseconds later. */
const retry = { initialRetryTime: 4, factor: 0.2, multiplier: 1.5, maxRetryTime: 500, retries: 30 };

/** Every record of a stage says its partition; looking one up by key would be work for nothing, thousands of times a flush. */
const partitionOfRecord = ({ message }: PartitionerArgs): number => message.partition ?? 0;

export class PartitionProducer {
  private readonly producer: Producer;

  constructor(kafka: Kafka, transactionalId: string) {
    this.producer = kafka.producer({
      transactionalId,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: TRANSACTION_TIMEOUT_MS,
      createPartitioner: () => partitionOfRecord,
      retry,
    });
  }

  /** Connects and fences its previous owner. */
  async open(): Promise<void> {
    await this.producer.connect();
    const transaction = await this.producer.transaction();
    await transaction.abort();
  }

  /** All of the records, or nothing. @param cause what led to them, if that is traced */
  publish(records: readonly OutRecord[], cause?: Cause): Promise<void> {
    return tracing().send(records, cause, (headers) => this.transact(records, headers));
  }

  private async transact(records: readonly OutRecord[], headers?: TraceHeaders): Promise<void> {
    const transaction = await this.producer.transaction();
    try {
      for (const chunk of chunked(records)) {
        await transaction.sendBatch({ topicMessages: byTopic(tracedFirst(chunk, headers)), acks: -1 });
      }
      await transaction.commit();
    } catch (error) {
      await transaction.abort().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => undefined);
  }
}
