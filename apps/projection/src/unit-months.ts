/**
 * Units' months on their way to MongoDB: the newest of each, waiting to be written.
 *
 * While the stage before says that more of the same is on its way, months wait here, so that a unit's year is written once for
 * many changes. Nothing waits that is not read again after a crash: the offset is committed after the write.
 */
import type { KafkaMessage } from '#kafka';
import { ACCOUNTS_KEY, DECIDED_PREFIX, decodeNote, NOTE_PREFIX, OVERFLOW_PREFIX, type AccountsNote } from '#contracts';
import type { PartitionStore, PartitionState } from '#stream';
import {
  decidedMonthWrite,
  overflowWrite,
  unitMonthWrite,
  versionOf,
  type DecidedMonthWrite,
  type MonthOverflowWrite,
  type RollupWriter,
  type UnitMonthWrite,
} from '#store';
import type { Turn } from './turn.js';

interface Decided {
  readonly decided: DecidedMonthWrite;
}

interface Overflow {
  readonly overflow: MonthOverflowWrite;
}

/** A month to write, an overflow of one, what was decided of one, or the accounts of a state partition. */
export type Change =
  UnitMonthWrite | Overflow | Decided | { readonly accounts: AccountsNote; readonly version: number };

const MORE = 1_000_000;

export class WaitingMonths implements PartitionState<Change> {
  private waiting = new Map<string, Change>();
  private nextOffset = 0;

  constructor(private readonly generation: number) {}

  get pending(): number {
    return this.waiting.size;
  }

  apply(records: readonly KafkaMessage[]): number {
    this.followRewind(records);
    let more = false;
    for (const record of records) {
      if (record.value === null || record.key === null || record.key === undefined) continue;
      const key = record.key.toString();
      if (key === ACCOUNTS_KEY) this.applyAccounts(key, record);
      else if (key.startsWith(DECIDED_PREFIX)) this.applyDecided(key, record);
      else if (key.startsWith(OVERFLOW_PREFIX)) this.applyOverflow(key, record);
      else if (!key.startsWith(NOTE_PREFIX)) more = this.applyMonth(key, record) ?? more;
    }
    return more ? MORE : 0;
  }

  take(): Change[] {
    const changes = [...this.waiting.values()];
    this.waiting = new Map();
    return changes;
  }

  /**
   * Read again from an earlier offset, as after a rebalance, everything that waits comes again: it is dropped, or an older month
   * would leave beside a newer one of the same document, under that one's version.
   */
  private followRewind(records: readonly KafkaMessage[]): void {
    if (records.length === 0) return;
    if (Number(records[0].offset) < this.nextOffset) this.waiting = new Map();
    this.nextOffset = Number(records[records.length - 1].offset) + 1;
  }

  private applyMonth(key: string, record: KafkaMessage): boolean | undefined {
    const month = unitMonthWrite(record, this.generation);
    if (month !== undefined) this.put(key, month.write);
    return month?.more;
  }

  private applyAccounts(key: string, record: KafkaMessage): void {
    const accounts = decodeNote<AccountsNote>(String(record.value), this.generation);
    if (accounts !== undefined) this.put(key, { accounts, version: versionOf(accounts.g, record.offset) });
  }

  private applyDecided(key: string, record: KafkaMessage): void {
    const decided = decidedMonthWrite(record, this.generation);
    if (decided !== undefined) this.put(key, { decided });
  }

  private applyOverflow(key: string, record: KafkaMessage): void {
    const overflow = overflowWrite(key, record, this.generation);
    if (overflow !== undefined) this.put(key, { overflow });
  }

  /** The newest of a key stands last, so that changes leave in the order of their versions. */
  private put(key: string, change: Change): void {
    this.waiting.delete(key);
    this.waiting.set(key, change);
  }
}

/** Writes to MongoDB. */
export class UnitMonthsStore implements PartitionStore<Change> {
  constructor(
    private readonly writer: RollupWriter,
    private readonly generation: number,
    private readonly turn: Turn,
  ) {}

  open(): Promise<WaitingMonths> {
    return Promise.resolve(new WaitingMonths(this.generation));
  }

  async publish(changes: readonly Change[]): Promise<void> {
    const months = changes.flatMap((change) => ('unit' in change ? [change] : []));
    const overflows = changes.flatMap((change) => ('overflow' in change ? [change.overflow] : []));
    const decided = changes.flatMap((change) => ('decided' in change ? [change.decided] : []));
    await this.writer.writeOverflows(overflows);
    await this.turn.take(() => this.writer.writeUnitMonths(months));
    await this.writer.writeDecidedMonths(decided);
    for (const change of changes) {
      if ('accounts' in change)
        await this.writer.writeAccounts(change.accounts.partition, change.version, change.accounts.accounts);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
