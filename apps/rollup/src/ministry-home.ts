/**
 * The durable side of a ministry partition: its own input, province-rollups, read again from the beginning.
 *
 * While it reads what was already committed it publishes nothing, so no half-summed country is ever seen; after that every
 * window that changed goes out with the offset in one transaction.
 */
import { encodeWindowRollups, rollupGroup, windowPartition, windowRollupsKey } from '#contracts';
import { COUNTRY, type NationalWindow } from '#domain';
import { PartitionProducer, type Kafka, type OutRecord, type PartitionHome } from '#platform';
import { MinistryStage } from './ministry-stage.js';
import type { StageContext } from './rollup.config.js';

export class MinistryHome implements PartitionHome<OutRecord> {
  readonly readsFrom = 'beginning';
  private producer?: PartitionProducer;
  private committedAtOpen = -1n;

  constructor(
    private readonly kafka: Kafka,
    private readonly context: StageContext,
    private readonly partition: number,
  ) {}

  async open(): Promise<MinistryStage> {
    const { config } = this.context;
    const producer = new PartitionProducer(this.kafka, `${config.TOPIC_PREFIX}.rollup-ministry.${this.partition}`);
    this.producer = producer;
    await producer.open();
    this.committedAtOpen = await this.committed();
    return new MinistryStage(this.committedAtOpen, this.context.generation, (window) => this.record(window));
  }

  async publish(records: readonly OutRecord[], offset: string): Promise<void> {
    if (this.producer === undefined) throw new Error('the partition is not open');
    // Still restoring: an offset committed now would make the next owner publish from the middle.
    if (BigInt(offset) <= this.committedAtOpen) return;
    await this.producer.publish(records, {
      groupId: this.groupId(),
      topic: this.context.topics.provinceRollups,
      partition: this.partition,
      offset,
    });
  }

  async close(): Promise<void> {
    await this.producer?.close();
    this.producer = undefined;
  }

  /** The offset up to which the national figures were published; asked for after the owner before was fenced. */
  private async committed(): Promise<bigint> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const topic = this.context.topics.provinceRollups;
      const [{ partitions }] = await admin.fetchOffsets({ groupId: this.groupId(), topics: [topic] });
      const held = partitions.find(({ partition }) => partition === this.partition);
      return BigInt(held?.offset ?? '-1');
    } finally {
      await admin.disconnect();
    }
  }

  private groupId(): string {
    return rollupGroup(this.context.config.TOPIC_PREFIX, 'ministry', this.context.generation);
  }

  private record({ window, changed, items }: NationalWindow): OutRecord {
    const { topics, generation: g, partitions } = this.context;
    return {
      topic: topics.nationalRollups,
      partition: windowPartition(window, partitions.get(topics.nationalRollups) as number),
      key: windowRollupsKey(COUNTRY, window),
      value: encodeWindowRollups({ g, unit: COUNTRY, window, changed, items }),
    };
  }
}
