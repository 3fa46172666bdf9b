/**
 * The ministry stage's state of one partition: what every province says of its windows, and the country that follows from it.
 */
import type { KafkaMessage } from 'kafkajs';
import { decodeWindowRollups } from '#contracts';
import { NationalState, windowIndex, type NationalWindow } from '#domain';
import type { OutRecord, PartitionState } from '#platform';

export class MinistryStage implements PartitionState<OutRecord> {
  private readonly state = new NationalState();

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
      const { g, unit, window, items, changed } = decodeWindowRollups(value.toString());
      if (g !== this.generation || windowIndex(window) === undefined) continue;
      if (BigInt(offset) < this.committed) this.state.restore(unit, window, items);
      else this.state.put(unit, window, items, changed);
    }
    return 0;
  }

  take(): OutRecord[] {
    return this.state.takeChanges().map((window) => this.toRecord(window));
  }
}
