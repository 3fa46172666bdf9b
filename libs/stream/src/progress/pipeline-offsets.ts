/**
 * Where topics end and how far groups have read, over one connection that is kept.
 *
 * A topic's end is that of all that was written, records of open transactions included: a transaction is decided some moments before
 * its markers stand in every partition, and until then an end "as committed" leaves out what has been committed. kafkajs lets a
 * consumer choose, an admin not, so the client is given to it with that choice made.
 *
 * Kafka away is said within seconds (`KafkaUnavailable`); the next question tries anew.
 */
import { type Admin, type Kafka, createClusterKey } from '#kafka';
import { AppError, type TopicOffsets } from '#domain';
import { awaitedLater, inBackground } from '#promises';

export class KafkaUnavailable extends AppError {
  readonly code = 'KAFKA_UNAVAILABLE';
  readonly retryable = true;
}

/** A topic that is read beside another: its partitions go by their own number and what that begins at. */
export interface BesideTopic {
  readonly topic: string;
  readonly numbersFrom: number;
}

export interface TopicBounds {
  readonly low: TopicOffsets;
  readonly high: TopicOffsets;
}

/** What is asked of Kafka to see how far a pipeline has come. */
export interface OffsetSource {
  /** First and end offsets of a topic, and of those that are read beside it. */
  bounds(topic: string, besides?: readonly BesideTopic[]): Promise<TopicBounds>;
  /** What a group has committed of a topic, and of those beside it; partitions without a commit are left out. */
  committed(group: string, topic: string, besides?: readonly BesideTopic[]): Promise<TopicOffsets>;
}

/** How often a question is asked again, and after how long it is given up. */
interface Patience {
  readonly retries: number;
  readonly answerMs: number;
}
const soon: Patience = { retries: 1, answerMs: 5_000 };

const READ_UNCOMMITTED = 0;

export class PipelineOffsets implements OffsetSource {
  private admin?: Admin;
  private opening?: Promise<Admin>;

  constructor(
    private readonly kafka: Kafka,
    private readonly patience = soon,
  ) {}

  bounds(topic: string, besides: readonly BesideTopic[] = []): Promise<TopicBounds> {
    return this.ask(async (admin) => {
      const all = await Promise.all(
        [{ topic, numbersFrom: 0 }, ...besides].map(async (each) =>
          (await admin.fetchTopicOffsets(each.topic)).map(({ partition, low, high }) => ({
            number: each.numbersFrom + partition,
            low,
            high,
          })),
        ),
      );
      const by = (edge: 'low' | 'high') => Object.fromEntries(all.flat().map((held) => [held.number, held[edge]]));
      return { low: by('low'), high: by('high') };
    });
  }

  committed(group: string, topic: string, besides: readonly BesideTopic[] = []): Promise<TopicOffsets> {
    const numbersFrom = new Map(besides.map((each) => [each.topic, each.numbersFrom]));
    return this.ask(async (admin) => {
      const found = await admin.fetchOffsets({ groupId: group, topics: [topic, ...numbersFrom.keys()] });
      const places = found.flatMap(({ topic: read, partitions }) =>
        partitions.map(({ partition, offset }) => ({ number: (numbersFrom.get(read) ?? 0) + partition, offset })),
      );
      const known = places.filter(({ offset }) => !offset.startsWith('-'));
      return Object.fromEntries(known.map(({ number, offset }) => [number, offset]));
    });
  }

  async close(): Promise<void> {
    const { admin } = this;
    this.admin = undefined;
    this.opening = undefined;
    await admin?.disconnect().catch(() => undefined);
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      const { answerMs } = this.patience;
      timer = setTimeout(() => reject(new Error(`no answer in ${answerMs} ms`)), answerMs);
    });
    try {
      return await Promise.race([this.connected().then(question), silence]);
    } catch (error) {
      // What is left of the connection must not hold up the next question.
      inBackground(this.close());
      throw new KafkaUnavailable('Kafka did not answer', {}, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  private connected(): Promise<Admin> {
    if (this.opening !== undefined) return this.opening;
    const admin = readUncommitted(this.kafka).admin({
      retry: { retries: this.patience.retries, initialRetryTime: 100 },
    });
    this.admin = admin;
    return (this.opening = awaitedLater(admin.connect().then(() => admin)));
  }
}

/** The same client, with clusters that see what is not committed yet. */
const readUncommitted = (kafka: Kafka): Kafka => {
  const key = createClusterKey(kafka) as symbol;
  const create = (kafka as unknown as Record<symbol, (options: object) => unknown>)[key];
  const value = (options: object) => create({ ...options, isolationLevel: READ_UNCOMMITTED });
  return Object.create(kafka, { [key]: { value } }) as Kafka;
};
