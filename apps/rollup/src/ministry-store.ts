/**
 * The durable side of a ministry partition: its own input, province-rollups, read again from the beginning.
 *
 * Taking a partition over fences the old owner, writes a note of its own to the input and reads everything up to that note. Only
 * then is the country published, every window of it, once: no half-summed country is ever seen, and whatever place the
 * consumer group was set to, nothing is left out.
 */
import { rollupGroup } from '#contracts';
import type { Kafka, OutRecord } from '#kafka';
import type { CompactedReader, PartitionStore } from '#stream';
import type { Cause } from '#tracing';
import { FencedPartition } from './fenced-partition.js';
import { ministryRecords } from './ministry-records.js';
import { MinistryPartitionState } from './ministry-partition-state.js';
import type { StageContext } from './rollup.config.js';
import { requireWhole } from './state-truncated.js';

export class MinistryStore implements PartitionStore<OutRecord> {
  private readonly fenced: FencedPartition;

  constructor(
    private readonly kafka: Kafka,
    private readonly reader: CompactedReader,
    private readonly context: StageContext,
    private readonly partition: number,
  ) {
    this.fenced = new FencedPartition(kafka, context, context.topics.provinceRollups, partition);
  }

  async open(): Promise<MinistryPartitionState> {
    const owner = await this.fenced.takeOver();
    const state = new MinistryPartitionState(this.context.generation, ministryRecords(this.context, this.partition));
    await this.reader.read(this.partition, (records) => state.restore(records, owner));
    await this.requireWhole(state);
    await this.publish(state.take());
    return state;
  }

  publish(records: readonly OutRecord[], _offset?: string, cause?: Cause): Promise<void> {
    return this.fenced.publish(records, cause);
  }

  close(): Promise<void> {
    return this.fenced.close();
  }

  /** Throws where records of the input are gone. */
  private async requireWhole({ windows: { found, noted } }: MinistryPartitionState): Promise<void> {
    const { config, topics, generation } = this.context;
    const input = { topic: topics.provinceRollups, groupId: rollupGroup(config.TOPIC_PREFIX, 'ministry', generation) };
    const restored = { topic: input.topic, partition: this.partition, found, noted, hasNote: noted !== undefined };
    await requireWhole(this.kafka, input, restored);
  }
}
