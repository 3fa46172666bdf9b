/**
 * Kafka's log as its clients see it: partitions, transactions with their markers, the last stable offset, compaction.
 *
 * A transaction is decided in one place and its markers reach the partitions one by one, as on a broker (KIP-98). Compaction keeps the
 * newest record of a key and every offset as it was.
 */
import type { SimClock } from './clock.js';
import { kafkaError } from './network.js';
import { between, type Random } from './random.js';

export interface SimRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}
interface Entry extends SimRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly transaction?: Transaction;
  readonly isMarker?: boolean;
}

interface Transaction {
  readonly id: string;
  readonly epoch: number;
  readonly partitions: Set<SimPartition>;
  state: 'open' | 'committed' | 'aborted';
  markersLeft: number;
}

export interface Fetched {
  readonly messages: readonly { key: Buffer | null; value: Buffer | null; offset: string; timestamp: string }[];
  /** Of the last entry read, markers and aborted records too; -1 for none. */
  readonly lastOffset: number;
  readonly highWatermark: number;
}

export class SimPartition {
  private entries: Entry[] = [];
  private next = 0;
  /** First offset of each transaction that has no marker here yet. */
  private readonly open = new Map<Transaction, number>();
  private waiting: (() => void)[] = [];

  constructor(private readonly clock: SimClock) {}

  get highWatermark(): number {
    return this.next;
  }

  get lastStable(): number {
    return Math.min(this.next, ...this.open.values());
  }

  append(records: readonly SimRecord[], transaction?: Transaction): void {
    if (transaction !== undefined && !this.open.has(transaction)) this.open.set(transaction, this.next);
    const timestamp = Date.now();
    for (const { key, value } of records)
      this.entries.push({ key, value, offset: this.next++, timestamp, transaction });
    this.wake();
  }

  mark(transaction: Transaction): void {
    if (!this.open.delete(transaction)) return;
    const base = { key: null, value: null, timestamp: Date.now() };
    this.entries.push({ ...base, offset: this.next++, transaction, isMarker: true });
    this.wake();
  }

  /** Committed records from an offset on, `most` entries at most. */
  fetch(from: number, most: number): Fetched {
    const end = this.lastStable;
    const raw = this.entries.filter(({ offset }) => offset >= from && offset < end).slice(0, most);
    const seen = raw.filter(({ transaction, isMarker }) => !isMarker && transaction?.state !== 'aborted');
    const messages = seen.map(({ key, value, offset, timestamp }) => ({
      key,
      value,
      offset: String(offset),
      timestamp: String(timestamp),
    }));
    return { messages, lastOffset: raw.at(-1)?.offset ?? -1, highWatermark: this.next };
  }

  /** Calls back once when something is added, or after a while. */
  whenMore(most: number, then: () => void): void {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      then();
    };
    this.waiting.push(once);
    this.clock.after(most, once);
  }

  compact(): void {
    const newest = new Map<string, number>();
    const end = this.lastStable;
    for (const { key, offset, transaction, isMarker } of this.entries) {
      if (isMarker || key === null || offset >= end || transaction?.state === 'aborted') continue;
      newest.set(key.toString(), offset);
    }
    this.entries = this.entries.filter(({ key, offset, isMarker, transaction }) => {
      if (isMarker || offset >= end) return true;
      return transaction?.state !== 'aborted' && key !== null && newest.get(key.toString()) === offset;
    });
  }

  private wake(): void {
    for (const once of this.waiting.splice(0)) once();
  }
}

const TRANSACTION_TIMEOUT_MS = 15_000;
const MARKER_MS = 12;

/** The topics and the coordinator of transactions. */
export class SimLog {
  private readonly topics = new Map<string, SimPartition[]>();
  private readonly epochs = new Map<string, number>();
  private readonly transactions = new Map<string, Transaction>();

  constructor(
    private readonly clock: SimClock,
    private readonly random: Random,
  ) {}

  create(topic: string, partitions: number): void {
    this.topics.set(
      topic,
      Array.from({ length: partitions }, () => new SimPartition(this.clock)),
    );
  }

  partitions(topic: string): readonly SimPartition[] {
    return this.topics.get(topic) as SimPartition[];
  }

  /** The epoch of a transactional id's next owner, once the transaction before is over; fences the owner before, at once. */
  initProducer(id: string, answer: (epoch: number) => void): void {
    const held = this.transactions.get(id);
    if (held?.state === 'open') this.fence(held);
    if (held !== undefined && held.markersLeft > 0) {
      this.clock.after(5, () => this.initProducer(id, answer));
      return;
    }
    const epoch = (this.epochs.get(id) ?? -1) + 1;
    this.epochs.set(id, epoch);
    answer(epoch);
  }

  /** Throws what the broker answers to one who was fenced, or to a transaction that follows too closely. */
  transaction(id: string, epoch: number): Transaction {
    this.requireEpoch(id, epoch);
    const held = this.transactions.get(id);
    if (held?.state === 'open') return held;
    if (held !== undefined && held.markersLeft > 0) throw kafkaError('CONCURRENT_TRANSACTIONS');
    const begun: Transaction = { id, epoch, partitions: new Set(), state: 'open', markersLeft: 0 };
    this.transactions.set(id, begun);
    this.clock.after(TRANSACTION_TIMEOUT_MS, () => this.timeOut(begun));
    return begun;
  }

  /** Ends the transaction of an owner. Asked once more it answers the same; what was ended otherwise, or never begun, is refused. */
  endTransaction(id: string, epoch: number, state: 'committed' | 'aborted'): void {
    this.requireEpoch(id, epoch);
    const held = this.transactions.get(id);
    if (held?.epoch !== epoch) throw kafkaError('INVALID_TXN_STATE');
    if (held.state === 'open') this.end(held, state);
    else if (held.state !== state) throw kafkaError('INVALID_TXN_STATE');
  }

  private requireEpoch(id: string, epoch: number): void {
    if (this.epochs.get(id) !== epoch) throw kafkaError('INVALID_PRODUCER_EPOCH');
  }

  private timeOut(transaction: Transaction): void {
    if (transaction.state === 'open') this.fence(transaction);
  }

  /** Its owner can write no more, and what it has written is taken back. */
  private fence(transaction: Transaction): void {
    this.epochs.set(transaction.id, transaction.epoch + 1);
    this.end(transaction, 'aborted');
  }

  private end(transaction: Transaction, state: 'committed' | 'aborted'): void {
    transaction.state = state;
    transaction.markersLeft = transaction.partitions.size;
    for (const partition of transaction.partitions) {
      this.clock.after(between(this.random, 0, MARKER_MS), () => {
        partition.mark(transaction);
        transaction.markersLeft -= 1;
      });
    }
  }
}
