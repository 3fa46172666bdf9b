/**
 * Committed places that are this program's own, told from those that somebody set by hand.
 *
 * Every offset is committed with a mark that says it again. A tool that resets a group leaves no mark, or the mark of another
 * offset. What lies between such a place and the right one was perhaps never read, so reading starts over: repeats do no harm.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Consumer, type Kafka, seek } from '#kafka';
import { awaitedLater, withTimeout } from '#promises';

export const markOf = (offset: string): string => `tonghop@${offset}`;

export interface CommittedPlace {
  /** Undefined: nothing is committed. */
  readonly offset?: bigint;
  readonly isOwn: boolean;
}

/** What a group has committed of a topic, by partition. */
export const committedPlaces = async (kafka: Kafka, groupId: string, topic: string): Promise<TopicPlaces> =>
  (await committedPlacesOf(kafka, groupId, [topic])).get(topic) as TopicPlaces;

/** By partition. */
export type TopicPlaces = ReadonlyMap<number, CommittedPlace>;

/** The same of several topics, in one question. */
export const committedPlacesOf = async (
  kafka: Kafka,
  groupId: string,
  topics: string[],
): Promise<ReadonlyMap<string, TopicPlaces>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const found = await admin.fetchOffsets({ groupId, topics });
    return new Map(found.map(({ topic, partitions }) => [topic, placesOf(partitions)]));
  } finally {
    await admin.disconnect();
  }
};

const placesOf = (
  partitions: readonly { readonly partition: number; readonly offset: string; readonly metadata: string | null }[],
): TopicPlaces =>
  new Map(
    partitions.map(({ partition, offset, metadata }) => [
      partition,
      Number(offset) < 0 ? { isOwn: false } : { offset: BigInt(offset), isOwn: metadata === markOf(offset) },
    ]),
  );

/**
 * Whoever asks while an answer is waited for gets the same one.
 *
 * @param ms an answer that takes longer is given up, and the next who asks asks anew
 */
export const askedTogether = <T>(ask: () => Promise<T>, ms: number): (() => Promise<T>) => {
  let asking: Promise<T> | undefined;
  const inTime = () => withTimeout(ask(), ms, `no answer within ${ms} ms`);
  return () => (asking ??= awaitedLater(inTime().finally(() => (asking = undefined))));
};

const AGAIN_MS = 1_000;

/**
 * For one consumer: looks at the committed place of every partition that it gets before a batch of it is handled.
 *
 * At every assignment, also of partitions that it had before: kafkajs goes back to the committed place then, and a beginning that it
 * was told to seek to is forgotten.
 */
export class PlaceCheck {
  private checks = new Map<number, Promise<TopicPlaces | undefined>>();

  constructor(
    private readonly consumer: Consumer,
    private readonly groupId: string,
    private readonly topic: string,
    private readonly logger: Logger,
    /** What the group has committed of the topic. */
    private readonly ask: () => Promise<TopicPlaces>,
    private readonly startsOver = true,
  ) {}

  /** Follows an assignment. */
  assign(partitions: readonly number[]): void {
    const checks = new Map<number, Promise<TopicPlaces | undefined>>();
    this.checks = checks;
    if (partitions.length === 0) return;
    const check = awaitedLater(this.check(partitions, () => this.checks === checks));
    for (const partition of partitions) checks.set(partition, check);
  }

  /** Resolves when the partition's place is known to be right, or reading was told to start over. */
  async settled(partition: number): Promise<void> {
    await this.checks.get(partition);
  }

  /** The same; whether this program had committed something of the partition before it was assigned. */
  async isBegun(partition: number): Promise<boolean> {
    return (await this.checks.get(partition))?.get(partition)?.isOwn === true;
  }

  /** @param isWanted whether the assignment still stands */
  private async check(partitions: readonly number[], isWanted: () => boolean): Promise<TopicPlaces | undefined> {
    const { topic, groupId } = this;
    const places = await this.places(isWanted);
    for (const partition of partitions) {
      const { offset, isOwn } = places?.get(partition) ?? { isOwn: false };
      if (offset === undefined || isOwn || !this.startsOver || !isWanted()) continue;
      const context = { code: 'GROUP_SET_ELSEWHERE', groupId, topic, partition, offset: String(offset) };
      this.logger.warn(context, 'the place was set by somebody else, starting over from the beginning');
      // One that crashed meanwhile joins its group again, and is checked again then.
      if (!seek(this.consumer, { topic, partition, offset: '0' })) break;
    }
    return places;
  }

  /** Asks until the broker answers; undefined once the assignment has changed. */
  private async places(isWanted: () => boolean): Promise<ReadonlyMap<number, CommittedPlace> | undefined> {
    for (;;) {
      try {
        return await this.ask();
      } catch (error) {
        this.logger.debug({ topic: this.topic, err: error }, 'the committed places are not known yet');
        await sleep(AGAIN_MS);
        if (!isWanted()) return undefined;
      }
    }
  }

  /** Nobody waits any more. */
  close(): void {
    this.checks = new Map();
  }
}
