/**
 * Offsets on their way to the group's coordinator: the newest of each partition, a few times a second, all in one request.
 *
 * Every commit is a write of the broker; one for each small batch would cost more than the batch itself. What is done but not
 * committed when a worker dies is read again, which every handler must bear anyway.
 */
import type { Logger } from 'pino';
import type { Consumer } from '#kafka';
import { inBackground } from '#promises';
import { markOf } from './committed-places.js';

const COMMIT_MS = 200;

export class OffsetCommits {
  private readonly waiting = new Map<number, string>();
  private timer?: NodeJS.Timeout;
  private last: Promise<void> = Promise.resolve();
  private isClosed = false;
  private joins = 0;

  constructor(
    private readonly consumer: Pick<Consumer, 'commitOffsets'>,
    private readonly topic: string,
    private readonly logger: Logger,
  ) {}

  /** Everything of the partition before the offset is done with. */
  note(partition: number, offset: string): void {
    if (this.isClosed) return;
    this.waiting.set(partition, offset);
    this.timer ??= setTimeout(() => inBackground(this.flush()), COMMIT_MS);
  }

  /**
   * The consumer has joined its group again and goes on from the committed places. What waits is given up, and said again once it is read again:
   * another may have had the partition meanwhile, or have it now, and have committed more.
   */
  joined(): void {
    this.joins += 1;
    this.waiting.clear();
  }

  /** Commits what waits. Never throws: what could not be committed waits on, unless it was overtaken or the group was joined again. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.last = this.last.then(() => this.commit()));
  }

  /** The consumer has left its group: what still waits, or is noted from now on, is read again by its next owner. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private async commit(): Promise<void> {
    const offsets = [...this.waiting];
    if (offsets.length === 0) return;
    this.waiting.clear();
    const { joins } = this;
    try {
      await this.consumer.commitOffsets(
        offsets.map(([partition, offset]) => ({ topic: this.topic, partition, offset, metadata: markOf(offset) })),
      );
    } catch (error) {
      this.logger.debug({ topic: this.topic, err: error }, 'offsets were not committed, they wait on');
      if (joins !== this.joins) return;
      for (const [partition, offset] of offsets) if (!this.waiting.has(partition)) this.note(partition, offset);
    }
  }
}
