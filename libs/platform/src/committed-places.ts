/**
 * Committed places that are this program's own, told from those that somebody set by hand.
 *
 * Every offset is committed with a mark that says it again. A tool that resets a group leaves no mark, or the mark of another
 * offset. What lies between such a place and the right one was perhaps never read, so reading starts over: repeats do no harm.
 */
import type { Consumer, Kafka } from 'kafkajs';
import type { Logger } from './logging.js';

export const markOf = (offset: string): string => `tonghop@${offset}`;

export interface CommittedPlace {
  /** Undefined: nothing is committed. */
  readonly offset?: bigint;
  readonly isOwn: boolean;
}

/** What a group has committed of a topic, by partition. */
export const committedPlaces = async (
  kafka: Kafka,
  groupId: string,
  topic: string,
): Promise<ReadonlyMap<number, CommittedPlace>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [{ partitions }] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return new Map(
      partitions.map(({ partition, offset, metadata }) => [
        partition,
        Number(offset) < 0 ? { isOwn: false } : { offset: BigInt(offset), isOwn: metadata === markOf(offset) },
      ]),
    );
  } finally {
    await admin.disconnect();
  }
};

const AGAIN_MS = 1_000;

/** For one consumer: looks at the committed place of every partition that it gets before a batch of it is handled. */
export class PlaceCheck {
  private readonly checks = new Map<number, Promise<void>>();

  constructor(
    private readonly kafka: Kafka,
    private readonly consumer: Consumer,
    private readonly groupId: string,
    private readonly topic: string,
    private readonly logger: Logger,
  ) {}

  /** Follows an assignment. */
  assign(partitions: readonly number[]): void {
    for (const partition of this.checks.keys()) if (!partitions.includes(partition)) this.checks.delete(partition);
    const fresh = partitions.filter((partition) => !this.checks.has(partition));
    if (fresh.length === 0) return;
    const check = this.check(fresh);
    for (const partition of fresh) this.checks.set(partition, check);
  }

  /** Resolves when the partition's place is known to be right, or reading was told to start over. */
  settled(partition: number): Promise<void> {
    return this.checks.get(partition) ?? Promise.resolve();
  }

  private async check(fresh: readonly number[]): Promise<void> {
    const { topic, groupId } = this;
    const places = await this.places(fresh);
    for (const partition of fresh) {
      const { offset, isOwn } = places?.get(partition) ?? { isOwn: false };
      if (offset === undefined || isOwn || !this.checks.has(partition)) continue;
      const context = { code: 'GROUP_SET_ELSEWHERE', groupId, topic, partition, offset: String(offset) };
      this.logger.warn(context, 'the place was set by somebody else, starting over from the beginning');
      this.consumer.seek({ topic, partition, offset: '0' });
    }
  }

  /** Asks until it is told; undefined when nobody wants to know any more. */
  private async places(fresh: readonly number[]): Promise<ReadonlyMap<number, CommittedPlace> | undefined> {
    for (;;) {
      try {
        return await committedPlaces(this.kafka, this.groupId, this.topic);
      } catch (error) {
        this.logger.debug({ topic: this.topic, err: error }, 'the committed places are not known yet');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        if (!fresh.some((partition) => this.checks.has(partition))) return undefined;
      }
    }
  }

  /** Nobody waits any more. */
  close(): void {
    this.checks.clear();
  }
}
