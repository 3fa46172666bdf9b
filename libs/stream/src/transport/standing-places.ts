/**
 * Places that stand still before the end of what has been read, and are read again from there.
 *
 * kafkajs tries a commit again until it is answered, by then perhaps as a member of another generation of the group. Such a commit may
 * arrive after those of the partition's next owner, and set its place back. Where more is written the next commit mends that. Where
 * nothing is, the place would stand there for good, and a cut-off, a summary and a drain, which wait for places, with it.
 *
 * So every place is looked at now and then. Reading again does no harm, and ends in a commit.
 */
import type { Kafka } from '#kafka';

/** How far a group has come with a partition, and where the partition ends. */
export interface PlaceProgress {
  /** Undefined: nothing is committed. */
  readonly committed?: bigint;
  readonly end: bigint;
}

export class StandingPlaces {
  private assigned: readonly number[] = [];
  /** Places that stood before their end at the look before. */
  private stood = new Map<number, bigint>();

  /**
   * @param ask how far the group has come, by partition
   * @param isAtRest whether nothing of the partition is under way
   * @param readAgain makes reading go on from the committed place
   */
  constructor(
    private readonly ask: () => Promise<ReadonlyMap<number, PlaceProgress>>,
    private readonly isAtRest: (partition: number) => boolean,
    private readonly readAgain: (partition: number, committed: bigint) => void,
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
      const { committed, end } = progress.get(partition) ?? { end: 0n };
      if (committed === undefined || committed >= end || !this.isAtRest(partition)) continue;
      if (stood.get(partition) === committed) this.readAgain(partition, committed);
      else this.stood.set(partition, committed);
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
        const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, high]));
        return [
          topic,
          new Map(
            partitions.map(({ partition, offset }) => [
              partition,
              { committed: Number(offset) < 0 ? undefined : BigInt(offset), end: BigInt(ends.get(partition) ?? '0') },
            ]),
          ),
        ] as const;
      }),
    );
    return new Map(progress);
  } finally {
    await admin.disconnect();
  }
};
