/**
 * How far a partition has been read. A place is an offset: everything before it is in.
 *
 * Three of them, none behind the next: up to where it is written, up to where the state has taken records in, and where
 * the next batch begins. Between the last two nothing may be left out, so reading is sent back; the first is where reading begins again
 * when the state is lost.
 */
export class ReadingPlace {
  /** Up to where it is written; until something is, where the first batch began. */
  private written?: string;
  /** Up to where the state has taken records in, written or not; undefined where the state does not say and no batch has come. */
  private taken?: string;
  /** The same, while it is not written yet. */
  private unwritten?: string;
  /** Where reading was sent back to last. */
  private sentBackTo?: string;

  /** Where reading begins again when the state is lost; undefined before the first batch. */
  get restart(): string | undefined {
    return this.written;
  }

  get hasUnwritten(): boolean {
    return this.unwritten !== undefined;
  }

  /** A batch has come, whether or not it is taken in. */
  handed(firstOffset: string): void {
    this.written ??= firstOffset;
  }

  /** A state was made from what is durable. @param readUpTo where it says it stands, if it does */
  restored(readUpTo: string | undefined): void {
    this.taken = readUpTo;
    this.sentBackTo = undefined;
  }

  /**
   * Where reading has to go back to, because records lie between what the state has taken in and a batch: a rebalance in the middle of a
   * restore makes the consumer go on from what is committed; another worker may have had the partition for a while; somebody may
   * have set the group's offset. Once: what is not there any more the second time is gone from the topic.
   */
  backFrom(firstOffset: string): string | undefined {
    const { taken, written } = this;
    if (taken === undefined || this.sentBackTo === taken || !isBefore(taken, firstOffset)) return undefined;
    this.sentBackTo = taken;
    if (written === undefined || isBefore(taken, written)) this.written = taken;
    return taken;
  }

  /** A batch is in the state. */
  took(nextOffset: string): void {
    this.taken = nextOffset;
    this.unwritten = nextOffset;
  }

  /** Up to where the state is about to be written; undefined where nothing of it is new. */
  takeUnwritten(): string | undefined {
    const { unwritten } = this;
    this.unwritten = undefined;
    return unwritten;
  }

  /** A write up to there is durable. */
  wrote(offset: string): void {
    this.written = offset;
  }

  /** What is not written is gone with the state. */
  lost(): void {
    this.unwritten = undefined;
  }

  /** The consumer has joined its group again. It may be a new one, which does not know where the one before was sent back to. */
  rejoined(): void {
    this.sentBackTo = undefined;
  }
}

const isBefore = (a: string, b: string): boolean => BigInt(a) < BigInt(b);
