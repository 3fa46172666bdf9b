/**
 * The province stage's state of one partition: the cells of its provinces and the accounts of what was read.
 */
import type { KafkaMessage, OutRecord } from '#kafka';
import { addCounts, decisionOf, decodeCommuneReports, emptyAccount, reportOf, type Account } from '#contracts';
import type { Outcome, ProvinceState } from '#domain';
import type { PartitionState } from '#stream';
import type { Progress, ProvinceRecords } from './province-records.js';

export class ProvincePartitionState implements PartitionState<OutRecord> {
  private readonly accounts: Record<string, Account>;
  readUpTo?: string;
  /** Events that waited behind the newest record, and when it was read, by partition of the event topic. */
  private readonly behind = new Map<number, { readonly events: number; readonly at: number }>();

  constructor(
    private readonly state: ProvinceState,
    { accounts, readUpTo }: Progress,
    private readonly generation: number,
    private readonly to: ProvinceRecords,
    private readonly clock: { readonly now: () => number; readonly holdsMs: number },
  ) {
    this.accounts = { ...accounts };
    this.readUpTo = readUpTo;
  }

  get pending(): number {
    return this.state.pending;
  }

  apply(records: readonly KafkaMessage[]): number {
    const from = BigInt(this.readUpTo ?? 0);
    for (const { value, offset, timestamp } of records) {
      // Read again, as after a rebalance: it is in the state and in the accounts.
      if (BigInt(offset) < from) continue;
      if (value !== null) this.applyRecord(value.toString(), Number(timestamp));
      this.readUpTo = String(BigInt(offset) + 1n);
    }
    return this.upstream();
  }

  /**
   * The most that waits in a partition of the event topic. It counts for a while: a partition with much to read comes up
   * many times a second; one whose rest went to other provinces, or that nobody reads, does not come up here any more.
   */
  private upstream(): number {
    const { now, holdsMs } = this.clock;
    const since = now() - holdsMs;
    let most = 0;
    for (const [from, { events, at }] of this.behind) {
      if (at < since) this.behind.delete(from);
      else most = Math.max(most, events);
    }
    return most;
  }

  take(isBehind: boolean): OutRecord[] {
    return [
      ...this.state.takeDecisions((month) => this.to.decisions(month)).flat(),
      ...this.state.takeUnitMonths((changed) => this.to.unitMonth(changed, isBehind)).flat(),
      ...this.state.takeWindows((window) => this.to.window(window)),
      this.to.accounts(this.progress),
    ];
  }

  private get progress(): Progress {
    const { months, overflows } = this.state;
    return { accounts: this.accounts, readUpTo: this.readUpTo, months, ...(overflows === 0 ? {} : { overflows }) };
  }

  /** Merges one record; one of another generation, or that is none, is passed over. */
  private applyRecord(text: string, writtenAt: number): void {
    const record = decodeCommuneReports(text, this.generation);
    if (record === undefined) return;
    for (const carried of record.decisions ?? []) {
      const decision = decisionOf(carried);
      if (decision !== undefined) this.state.decide(decision);
    }
    const { from, behind = 0, counts, reports } = record;
    if (from === undefined || counts === undefined) return;
    const outcomes: Record<Outcome, number> = { won: 0, superseded: 0, repeated: 0 };
    let unknown = 0;
    for (const tuple of reports) {
      const report = reportOf(tuple, writtenAt);
      if (report === undefined) unknown += 1;
      else outcomes[this.state.merge(report)] += 1;
    }
    const refused = counts.refused + unknown;
    this.accounts[from] = addCounts(this.accounts[from] ?? emptyAccount, { ...counts, refused }, outcomes);
    this.behind.set(from, { events: behind, at: this.clock.now() });
  }
}
