/**
 * The durable side of a ministry partition: its own input, province-rollups, read again from the beginning.
 *
 * Taking a partition over fences the old owner, writes a note of its own to the input and reads everything up to that note. Only
 * then is the country published, every window of it, once: no half-summed country is ever seen, and whatever place the
 * consumer group was set to, nothing is left out.
 */
import { randomUUID } from 'node:crypto';
import { encodeWindowRollups, OWNER_KEY, RECORD_VERSION, rollupGroup, windowRollupsKey } from '#contracts';
import { WINDOWS_KEY, type OwnerNote, type WindowsNote } from '#contracts';
import { COUNTRY, type NationalWindow } from '#domain';
import type { Kafka, OutRecord } from '#kafka';
import type { Cause } from '#tracing';
import { PartitionProducer, windowPartition, type CompactedReader, type PartitionHome } from '#stream';
import { MinistryStage } from './ministry-stage.js';
import type { StageContext } from './rollup.config.js';
import { requireWhole } from './state-truncated.js';

export class MinistryHome implements PartitionHome<OutRecord> {
  private producer?: PartitionProducer;

  constructor(
    private readonly kafka: Kafka,
    private readonly reader: CompactedReader,
    private readonly context: StageContext,
    private readonly partition: number,
  ) {}

  async open(): Promise<MinistryStage> {
    const { config, generation: g, topics } = this.context;
    const producer = new PartitionProducer(this.kafka, `${config.TOPIC_PREFIX}.rollup-ministry.${this.partition}`);
    this.producer = producer;
    await producer.open();
    const owner = randomUUID();
    const note: OwnerNote = { v: RECORD_VERSION, g, owner };
    await producer.publish([this.note(OWNER_KEY, note)]);
    const stage = new MinistryStage(g, {
      window: (window) => this.record(window),
      windows: (windows) => this.note(WINDOWS_KEY, { v: RECORD_VERSION, g, windows } satisfies WindowsNote),
    });
    await this.reader.read(this.partition, (records) => stage.restore(records, owner));
    const { found, noted } = stage.windows;
    const input = { topic: topics.provinceRollups, groupId: rollupGroup(config.TOPIC_PREFIX, 'ministry', g) };
    const restored = { topic: input.topic, partition: this.partition, found, noted, hasNote: noted !== undefined };
    await requireWhole(this.kafka, input, restored);
    await this.publish(stage.take());
    return stage;
  }

  async publish(records: readonly OutRecord[], _offset?: string, cause?: Cause): Promise<void> {
    if (this.producer === undefined) throw new Error('the partition is not open');
    if (records.length > 0) await this.producer.publish(records, cause);
  }

  async close(): Promise<void> {
    await this.producer?.close();
    this.producer = undefined;
  }

  private note(key: string, note: OwnerNote | WindowsNote): OutRecord {
    return { topic: this.context.topics.provinceRollups, partition: this.partition, key, value: JSON.stringify(note) };
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
