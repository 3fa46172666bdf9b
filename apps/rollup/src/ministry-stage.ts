/**
 * The ministry stage's state of one partition: what every province says of its windows, and the country that follows from it.
 */
import type { KafkaMessage } from 'kafkajs';
import { decodeWindowTuples } from '#contracts';
import { NationalState, windowIndex, type NationalWindow } from '#domain';
import type { OutRecord, PartitionState } from '#platform';

export class MinistryStage implements PartitionState<OutRecord> {
  /** Every restore begins at the first record. */
  readonly readUpTo = '0';
  private readonly state = new NationalState();
  /** Offset of the newest record of each province's window: read again after a rebalance, an older one changes nothing. */
  private readonly offsets = new Map<string, bigint>();

  /** @param committed offset up to which the country was published before: reading that far only restores */
  constructor(
    private readonly committed: bigint,
    private readonly generation: number,
    private readonly toRecord: (window: NationalWindow) => OutRecord,
  ) {}

  get pending(): number {
    return this.state.pending;
  }

  apply(records: readonly KafkaMessage[]): number {
    for (const { value, offset } of records) {
      if (value === null) continue;
      const record = decodeWindowTuples(value.toString());
      if (record === undefined || record.g !== this.generation || windowIndex(record.window) === undefined) continue;
      const { unit, window, items, changed } = record;
      if (!this.isNewer(`${unit}|${window}`, BigInt(offset))) continue;
      if (BigInt(offset) < this.committed) this.state.restore(unit, window, items);
      else this.state.put(unit, window, items, changed);
    }
    return 0;
  }

  private isNewer(key: string, offset: bigint): boolean {
    const held = this.offsets.get(key);
    if (held !== undefined && held >= offset) return false;
    this.offsets.set(key, offset);
    return true;
  }

  take(): OutRecord[] {
    return this.state.takeChanges().map((window) => this.toRecord(window));
  }
}
