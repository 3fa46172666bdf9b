/**
 * The province stage's state of one partition: the cells of its provinces and the accounts of what was read.
 */
import type { KafkaMessage } from 'kafkajs';
import { addCounts, decodeCommuneReports, emptyAccount, reportOf, type Account, type Accounts } from '#contracts';
import type { Outcome, ProvinceState, ProvinceWindow, UnitMonth } from '#domain';
import type { OutRecord, PartitionState } from '#platform';

/** How changes become records. */
export interface ProvinceRecords {
  accounts(accounts: Accounts): OutRecord;
  unitMonth(month: UnitMonth, isBehind: boolean): OutRecord;
  window(window: ProvinceWindow): OutRecord;
}

export class ProvinceStage implements PartitionState<OutRecord> {
  private readonly accounts: Record<string, Account>;
  /** Events that waited behind the newest record, by partition of the event topic. */
  private readonly behind = new Map<number, number>();

  constructor(
    private readonly state: ProvinceState,
    accounts: Accounts,
    private readonly generation: number,
    private readonly to: ProvinceRecords,
  ) {
    this.accounts = { ...accounts };
  }

  get pending(): number {
    return this.state.pending;
  }

  apply(records: readonly KafkaMessage[]): number {
    for (const { value } of records) if (value !== null) this.applyRecord(value.toString());
    return Math.max(0, ...this.behind.values());
  }

  take(isBehind: boolean): OutRecord[] {
    return [
      ...this.state.takeUnitMonths((month) => this.to.unitMonth(month, isBehind)),
      ...this.state.takeWindows((window) => this.to.window(window)),
      this.to.accounts(this.accounts),
    ];
  }

  /** Merges one record; one of another generation, or that is none of this version, is passed over. */
  private applyRecord(text: string): void {
    const record = decodeCommuneReports(text);
    if (record === undefined || record.g !== this.generation) return;
    const { from, behind, counts, reports } = record;
    const outcomes: Record<Outcome, number> = { won: 0, superseded: 0, repeated: 0 };
    let unknown = 0;
    for (const tuple of reports) {
      const report = reportOf(tuple);
      if (report === undefined) unknown += 1;
      else outcomes[this.state.merge(report)] += 1;
    }
    const refused = counts.refused + unknown;
    this.accounts[from] = addCounts(this.accounts[from] ?? emptyAccount, { ...counts, refused }, outcomes);
    this.behind.set(from, behind);
  }
}
