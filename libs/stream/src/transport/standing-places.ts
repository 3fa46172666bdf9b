/**
 * Places that stand still before the end of what has been read, and are read again from there.
 *
 * kafkajs tries a commit again until it is answered, by then perhaps as a member of another generation of the group. Such a commit may
 * arrive after those of the partition's next owner, and set its place back. Where more is written the next commit mends that. Where
 * nothing is, the place would stand there for good, and a cut-off, a summary and a drain, which wait for places, with it. A partition of which
 * nothing was ever committed stands before its first record in the same way: who wrote it all, lost it before the commit, has it again and fails
 * to write, goes on from behind what he wrote.
 *
 * So every place is looked at now and then. Reading again does no harm, and ends in a commit.
 */
import type { Kafka } from '#kafka';

/** How far a group has come with a partition, and where the partition begins and ends. */
export interface PlaceProgress {
  /** Undefined: nothing is committed. */
  readonly committed?: bigint;
  readonly beginning: bigint;
  readonly end: bigint;
}

const nowhere: PlaceProgress = { beginning: 0n, end: 0n };

export class StandingPlaces {
  private assigned: readonly number[] = [];
  /** Places that stood before their end at the look before. */
  private stood = new Map<number, bigint>();

  /**
   * @param ask how far the group has come, by partition
   * @param isAtRest whether nothing of the partition is under way
   * @param readAgain makes reading go on from the committed place, or from the beginning where nothing is committed
   */
  constructor(
    private readonly ask: () => Promise<ReadonlyMap<number, PlaceProgress>>,
    private readonly isAtRest: (partition: number) => boolean,
    private readonly readAgain: (partition: number, from: bigint, isCommitted: boolean) => void,
  ) {}

  /** Follows an assignment: what was seen before it counts no more. */
  assign(partitions: readonly number[]): void {
    this.assigned = partitions;
    this.stood = new Map();
  }

  /** Rejects where Kafka does not answer: then nothing is known, and nothing done. */
  async look(): Promise<void> {
    const { assigned, stood } = this;
    if (assigned.length === 0) return;
    const progress = await this.ask();
    if (this.stood !== stood) return;
    this.stood = new Map();
    for (const partition of assigned) {
      const { committed, beginning, end } = progress.get(partition) ?? nowhere;
      const from = committed ?? beginning;
      if (from >= end || !this.isAtRest(partition)) continue;
      if (stood.get(partition) === from) this.readAgain(partition, from, committed !== undefined);
      else this.stood.set(partition, from);
    }
  }
}

/** How far a group has come with each topic, over one connection for the time of the question. */
export const placeProgressOf = async (
  kafka: Kafka,
  groupId: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, PlaceProgress>>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const places = await admin.fetchOffsets({ groupId, topics: [...topics] });
    const progress = await Promise.all(
      places.map(async ({ topic, partitions }) => {
        const bounds = new Map((await admin.fetchTopicOffsets(topic)).map((each) => [each.partition, each]));
        const ofEach = partitions.map(
          ({ partition, offset }) => [partition, progressOf(offset, bounds.get(partition))] as const,
        );
        return [topic, new Map(ofEach)] as const;
      }),
    );
    return new Map(progress);
  } finally {
    await admin.disconnect();
  }
};

const progressOf = (committed: string, bounds = { low: '0', high: '0' }): PlaceProgress => ({
  committed: Number(committed) < 0 ? undefined : BigInt(committed),
  beginning: BigInt(bounds.low),
  end: BigInt(bounds.high),
});
