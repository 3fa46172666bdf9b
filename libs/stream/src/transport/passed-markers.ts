/**
 * Places behind markers: what a consumer has read past without being handed anything.
 *
 * A topic that is written in transactions holds markers, and records that were taken back, which nobody is handed. Where only such
 * stand at its end, the committed place would stay in front of them for as long as nothing is written, and nobody could tell
 * from outside that everything has been read. So once all that was handed out before them is done, the place behind them is
 * committed. Never as the first of a partition, where the group's places go with a state: of a place without a state it is taken that the
 * state is lost, and a worker that could not write its first yet would find such a place of its own.
 */
import type { Consumer } from '#kafka';
import { inBackground } from '#promises';
import type { OffsetCommits } from './offset-commits.js';

/** Listens to what a consumer reads without handing it out, and to where it is sent. @param passed by topic */
export const followMarkers = (consumer: Consumer, passed: ReadonlyMap<string, PassedMarkers>): void => {
  const { seek } = consumer;
  consumer.seek = (to) => {
    passed.get(to.topic)?.sent(to.partition);
    seek.call(consumer, to);
  };
  consumer.on(consumer.events.GROUP_JOIN, () => passed.forEach((each) => each.joined()));
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const read = passed.get(payload.topic)?.read(payload as EmptyBatch);
    if (read !== undefined) inBackground(read);
  });
};

interface Read {
  /** The offset after the last batch that was handed out; undefined: none since the partition was assigned. */
  handed?: bigint;
  /** Up to where that is done with. */
  done?: bigint;
  /** The offset after the markers behind it. */
  passed?: bigint;
  /** Reading was sent elsewhere: what is done is not known again before a batch was handed out. */
  isSent: boolean;
}

/** A batch of which nothing was handed out. */
export interface EmptyBatch {
  readonly partition: number;
  readonly batchSize: number;
  readonly firstOffset: string | null;
  readonly lastOffset: string;
}

export class PassedMarkers {
  private reads = new Map<number, Read>();

  /** @param mayBegin resolves when the place that a partition was assigned with is known to be right; whether one behind markers may come first */
  constructor(
    private readonly commits: Pick<OffsetCommits, 'note'>,
    private readonly mayBegin: (partition: number) => Promise<boolean>,
  ) {}

  /** The group was joined: of what was read before nothing counts. */
  joined(): void {
    this.reads = new Map();
  }

  handed(partition: number, nextOffset: string): void {
    this.reads.set(partition, { handed: BigInt(nextOffset), isSent: false });
  }

  /** Everything of the partition before the offset is done with. */
  done(partition: number, offset: string): void {
    const read = this.of(partition);
    const done = BigInt(offset);
    read.done = done;
    const behind = this.behind(read) ?? done;
    this.commits.note(partition, String(behind > done ? behind : done));
  }

  sent(partition: number): void {
    this.reads.set(partition, { isSent: true });
  }

  /** What has been read of a partition where all that was handed out is done with: the same object until more is, or reading is sent elsewhere. */
  atRest(partition: number): object | undefined {
    const read = this.of(partition);
    const { handed, done } = read;
    return handed === undefined || (done !== undefined && done >= handed) ? read : undefined;
  }

  /** Reading was sent to the committed place: all before it is done with. */
  sentToCommitted(partition: number, committed: bigint): void {
    this.reads.set(partition, { handed: committed, done: committed, isSent: false });
  }

  async read({ partition, batchSize, firstOffset, lastOffset }: EmptyBatch): Promise<void> {
    const read = this.of(partition);
    if (batchSize > 0 || firstOffset === null || read.isSent) return;
    if (read.handed !== undefined && BigInt(firstOffset) < read.handed) return;
    read.passed = BigInt(lastOffset) + 1n;
    const mayBegin = await this.mayBegin(partition);
    // Sent elsewhere, assigned anew, or handed a batch meanwhile.
    if (this.reads.get(partition) !== read || (read.done === undefined && !mayBegin)) return;
    const behind = this.behind(read);
    if (behind !== undefined) this.commits.note(partition, String(behind));
  }

  /** The place behind the markers, where all that was handed out before them is done. */
  private behind({ handed, done, passed, isSent }: Read): bigint | undefined {
    if (isSent || (handed !== undefined && (done === undefined || done < handed))) return undefined;
    return passed;
  }

  private of(partition: number): Read {
    const read = this.reads.get(partition) ?? { isSent: false };
    this.reads.set(partition, read);
    return read;
  }
}
