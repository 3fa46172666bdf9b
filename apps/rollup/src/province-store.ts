/**
 * The durable side of a province partition: commune-rollups, the stage's own state.
 *
 * State, output and the place in the input go out in one transaction; the group's offset follows. Taking a partition over fences the old
 * owner first, then writes a note of its own to the state topic and reads that partition from its beginning up to the note: all that was
 * ever committed.
 */
import { rollupGroup } from '#contracts';
import type { Kafka, OutRecord } from '#kafka';
import type { CompactedReader, PartitionStore } from '#stream';
import type { Cause } from '#tracing';
import { FencedPartition } from './fenced-partition.js';
import { provinceRecords, ProvinceRestore } from './province-records.js';
import { ProvincePartitionState } from './province-partition-state.js';
import type { StageContext } from './rollup.config.js';
import { requireInput, requireWhole } from './state-truncated.js';

const BEGINNING = '0';

export class ProvinceStore implements PartitionStore<OutRecord> {
  private readonly fenced: FencedPartition;

  constructor(
    private readonly kafka: Kafka,
    private readonly reader: CompactedReader,
    private readonly context: StageContext,
    private readonly partition: number,
  ) {
    this.fenced = new FencedPartition(kafka, context, context.topics.communeRollups, partition);
  }

  async open(): Promise<ProvincePartitionState> {
    const { config, generation, wordsBeside } = this.context;
    const restore = new ProvinceRestore(generation, await this.fenced.takeOver(), wordsBeside);
    await this.reader.read(this.partition, (records) => restore.take(records));
    await this.requireWhole(restore);
    const progress = restore.progress ?? { accounts: {}, readUpTo: BEGINNING };
    const records = provinceRecords(this.context, this.partition);
    const clock = { now: Date.now, holdsMs: config.BEHIND_FLUSH_MS };
    return new ProvincePartitionState(restore.end(), progress, generation, records, clock);
  }

  publish(records: readonly OutRecord[], _offset: string, cause?: Cause): Promise<void> {
    return this.fenced.publish(records, cause);
  }

  close(): Promise<void> {
    return this.fenced.close();
  }

  /** Throws where records of the state are gone, or records of the input that are not in it yet. */
  private async requireWhole({ found, progress }: ProvinceRestore): Promise<void> {
    const { config, topics, generation } = this.context;
    const { partition } = this;
    const input = { topic: topics.communeReports, groupId: rollupGroup(config.TOPIC_PREFIX, 'province', generation) };
    await requireWhole(this.kafka, input, { topic: topics.communeRollups, partition, ...found });
    if (progress?.readUpTo !== undefined) await requireInput(this.kafka, input, partition, progress.readUpTo);
  }
}
