/**
 * How far the projection has come with a rollup topic: what it has committed is in MongoDB.
 *
 * A place that somebody set by hand proves nothing and counts as the beginning.
 */
import { projectionGroup } from '#contracts';
import type { Kafka } from '#kafka';
import { markOf } from '#stream';

export class WrittenPlaces {
  private readonly admin: ReturnType<Kafka['admin']>;

  constructor(
    kafka: Kafka,
    private readonly prefix: string,
  ) {
    this.admin = kafka.admin({ retry: { retries: 3 } });
  }

  /** By partition: everything before the offset is written. */
  async of(topic: string, generation: number): Promise<ReadonlyMap<number, number>> {
    await this.admin.connect();
    const groupId = projectionGroup(this.prefix, topic, generation);
    const [{ partitions }] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    return new Map(
      partitions.map(({ partition, offset, metadata }) => [
        partition,
        metadata === markOf(offset) ? Math.max(Number(offset), 0) : 0,
      ]),
    );
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }
}
