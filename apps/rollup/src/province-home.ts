/**
 * The durable side of a province partition: commune-rollups, the stage's own state.
 *
 * State, output and the place in the input go out in one transaction; the group's offset follows. Taking a partition over fences the old owner first, then writes a note
 * of its own to the state topic and reads that partition from its beginning up to the note: all that was ever committed.
 */
import { randomUUID } from 'node:crypto';
import type { KafkaMessage, Kafka, OutRecord } from '#kafka';
import {
  ACCOUNTS_KEY,
  communeRollupKey,
  decodeNote,
  encodeCommuneRollup,
  encodeWindowRollups,
  NOTE_PREFIX,
  OWNER_KEY,
  readUnitMonth,
  RECORD_VERSION,
  rollupGroup,
  windowRollupsKey,
  type AccountsNote,
  type OwnerNote,
} from '#contracts';
import { ProvinceState } from '#domain';
import type { Cause } from '#tracing';
import { PartitionProducer, windowPartition, type CompactedReader, type PartitionHome } from '#stream';
import { ProvinceStage, type ProvinceRecords } from './province-stage.js';
import type { StageContext } from './rollup.config.js';
import { requireInput, requireWhole } from './state-truncated.js';

/** What a restore finds besides the cells: the newest note, and the unit months that there are. */
interface Notes {
  accounts?: AccountsNote;
  readonly months: Set<string>;
}

const BEGINNING = '0';

export class ProvinceHome implements PartitionHome<OutRecord> {
  private producer?: PartitionProducer;

  constructor(
    private readonly kafka: Kafka,
    private readonly reader: CompactedReader,
    private readonly context: StageContext,
    private readonly partition: number,
  ) {}

  async open(): Promise<ProvinceStage> {
    const { config, generation: g } = this.context;
    const producer = new PartitionProducer(this.kafka, `${config.TOPIC_PREFIX}.rollup-province.${this.partition}`);
    this.producer = producer;
    await producer.open();
    const owner = randomUUID();
    const note: OwnerNote = { v: RECORD_VERSION, g, owner };
    await producer.publish([this.stateRecord(OWNER_KEY, JSON.stringify(note))]);
    return this.restore(owner);
  }

  async publish(records: readonly OutRecord[], _offset: string, cause?: Cause): Promise<void> {
    if (this.producer === undefined) throw new Error('the partition is not open');
    await this.producer.publish(records, cause);
  }

  async close(): Promise<void> {
    await this.producer?.close();
    this.producer = undefined;
  }

  private async restore(owner: string): Promise<ProvinceStage> {
    const state = new ProvinceState();
    const notes: Notes = { months: new Set() };
    await this.reader.read(this.partition, (records) => {
      let found = false;
      for (const record of records) found = this.restoreRecord(record, owner, state, notes) || found;
      return found;
    });
    await this.requireWhole(notes);
    state.endRestore();
    const { accounts = {}, readUpTo } = notes.accounts ?? { readUpTo: BEGINNING };
    const word = { now: Date.now, holdsMs: this.context.config.BEHIND_FLUSH_MS };
    const records: ProvinceRecords = {
      accounts: (held) => {
        const { generation: g } = this.context;
        const note: AccountsNote = { v: RECORD_VERSION, g, partition: this.partition, ...held };
        return this.stateRecord(ACCOUNTS_KEY, JSON.stringify(note));
      },
      unitMonth: (month, isBehind) =>
        this.stateRecord(
          communeRollupKey(month.unit, month.month),
          encodeCommuneRollup({ g: this.context.generation, more: isBehind }, month),
        ),
      window: ({ unit, window, changed, items, reports }) => ({
        topic: this.context.topics.provinceRollups,
        partition: windowPartition(window, this.windowPartitions()),
        key: windowRollupsKey(unit, window),
        value: encodeWindowRollups({ g: this.context.generation, unit, window, changed, items, reports }),
      }),
    };
    return new ProvinceStage(state, { accounts, readUpTo }, this.context.generation, records, word);
  }

  /** Puts one durable record back; true for the note that ends the restore. */
  private restoreRecord(record: KafkaMessage, owner: string, state: ProvinceState, notes: Notes): boolean {
    const key = record.key?.toString() ?? '';
    if (record.value === null) return false;
    const { generation } = this.context;
    if (key === OWNER_KEY) return decodeNote<OwnerNote>(record.value.toString(), generation)?.owner === owner;
    if (key === ACCOUNTS_KEY) {
      notes.accounts = decodeNote<AccountsNote>(record.value.toString(), generation) ?? notes.accounts;
      return false;
    }
    if (key.startsWith(NOTE_PREFIX)) return false;
    const reports = readUnitMonth(record.value, generation);
    if (reports === undefined) return false;
    notes.months.add(key);
    state.restore(reports);
    return false;
  }

  /** Throws where records of the state are gone, or records of the input that are not in it yet. */
  private async requireWhole({ accounts, months }: Notes): Promise<void> {
    const { config, topics, generation } = this.context;
    const { partition } = this;
    const input = { topic: topics.communeReports, groupId: rollupGroup(config.TOPIC_PREFIX, 'province', generation) };
    const found = { topic: topics.communeRollups, partition, found: months.size };
    await requireWhole(this.kafka, input, { ...found, noted: accounts?.months, hasNote: accounts !== undefined });
    if (accounts?.readUpTo !== undefined) await requireInput(this.kafka, input, partition, accounts.readUpTo);
  }

  private stateRecord(key: string, value: string): OutRecord {
    return { topic: this.context.topics.communeRollups, partition: this.partition, key, value };
  }

  private windowPartitions(): number {
    return this.context.partitions.get(this.context.topics.provinceRollups) as number;
  }
}
