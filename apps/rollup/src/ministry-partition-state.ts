/**
 * The ministry stage's state of one partition: what every province says of its windows, and the country that follows from it.
 */
import type { KafkaMessage, OutRecord } from '#kafka';
import { decodeNote, decodeWindowTuples, NOTE_PREFIX, WINDOWS_KEY, type WindowsNote } from '#contracts';
import { NationalState, windowIndex } from '#domain';
import type { PartitionState } from '#stream';
import { isNoteOf } from './fenced-partition.js';
import type { MinistryRecords } from './ministry-records.js';

export class MinistryPartitionState implements PartitionState<OutRecord> {
  private readonly state = new NationalState();
  /** Windows of provinces that were ever said. */
  private readonly known = new Set<string>();
  private noted?: number;
  /** Up to where the input is in the state. */
  private from = 0n;

  constructor(
    private readonly generation: number,
    private readonly to: MinistryRecords,
  ) {}

  get pending(): number {
    return this.state.pending;
  }

  get readUpTo(): string {
    return String(this.from);
  }

  /** How many windows of provinces are known, and how many the newest note read says there are. */
  get windows(): { readonly found: number; readonly noted?: number } {
    return { found: this.known.size, noted: this.noted };
  }

  /** Takes in what is durable; true when it came to the owner's note, which ends the restore. */
  restore(records: readonly KafkaMessage[], owner: string): boolean {
    let isComplete = false;
    for (const record of records) {
      this.takeIn(record, 'restore');
      isComplete ||= isNoteOf(owner, record, this.generation);
    }
    return isComplete;
  }

  apply(records: readonly KafkaMessage[]): number {
    for (const record of records) this.takeIn(record, 'put');
    return 0;
  }

  /** The windows that changed; with them the stage's note where it does not say how much is known. */
  take(): OutRecord[] {
    const changes = this.state.takeChanges().map((window) => this.to.window(window));
    if (this.noted === this.known.size) return changes;
    this.noted = this.known.size;
    return [...changes, this.to.windows(this.noted)];
  }

  /** Read again after a rebalance, an older record changes nothing. */
  private takeIn({ key, value, offset }: KafkaMessage, how: 'put' | 'restore'): void {
    if (BigInt(offset) < this.from) return;
    this.from = BigInt(offset) + 1n;
    if (value === null) return;
    if (key?.toString().startsWith(NOTE_PREFIX)) this.takeNote(key.toString(), value.toString());
    else this.takeWindow(value.toString(), how);
  }

  private takeNote(key: string, text: string): void {
    const note = key === WINDOWS_KEY ? decodeNote<WindowsNote>(text, this.generation) : undefined;
    if (note !== undefined) this.noted = Math.max(this.noted ?? 0, note.windows);
  }

  private takeWindow(text: string, how: 'put' | 'restore'): void {
    const record = decodeWindowTuples(text, this.generation);
    if (record === undefined || windowIndex(record.window) === undefined) return;
    const { unit, window, items } = record;
    this.known.add(`${unit}|${window}`);
    this.state[how](unit, window, items);
  }
}
