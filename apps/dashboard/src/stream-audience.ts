/**
 * Those who read the same channels of the stream: they are written the same bytes, those of a moment together.
 *
 * Nobody waits for a reader that is slow. Who has not taken what was written is written nothing more until he has; what waits for him meanwhile
 * is his place in the log, which costs the same however long he stands still. Of windows that were asked for by name only the newest event of
 * each figure is written, so that what waits is never more than there are figures.
 */
import type { ServerResponse } from 'node:http';
import { newestOf, type LogEvent } from './event-log.js';
import type { Subscription } from './stream-channels.js';

export interface Watcher extends Subscription {
  readonly response: ServerResponse;
  readonly audience: Audience;
  /** Since when it waits for what it is to begin with; undefined once it has that. */
  waitingSince?: number;
  /** Whether it has to be told to read everything anew. */
  isLost: boolean;
  /** The number of the last event that it was written, where it has not taken what was written; undefined: it is not behind. */
  behindFrom?: number;
}

/** What one begins with who reads figures from MongoDB beside the stream. */
export interface Beginning {
  /** The number of the last event before it. */
  readonly from: number;
  readonly text: string;
}

export class Audience {
  readonly watchers = new Set<Watcher>();
  /** As it was made for the first; what came after it is in the log. */
  beginning?: Beginning;
  /** The number of the last event that was written to everyone who could take it. */
  written = 0;
  /** By the monotonic clock, milliseconds. */
  writtenAt = -Infinity;
  private pending: LogEvent[] = [];

  constructor(
    readonly channels: readonly string[],
    readonly isNewestOnly: boolean,
  ) {}

  get hasPending(): boolean {
    return this.pending.length > 0;
  }

  /** Takes an event that is to be written, once, whichever of the channels it comes by. */
  take(event: LogEvent): void {
    if (this.pending.at(-1) !== event) this.pending.push(event);
  }

  /** Writes what is pending. @param last number of all events that there are */
  write(last: number): void {
    const before = this.written;
    this.written = last;
    if (!this.hasPending) return;
    const events = this.isNewestOnly ? newestOf(this.pending) : this.pending;
    this.pending = [];
    this.writtenAt = performance.now();
    const bytes = Buffer.from(textOf(events));
    for (const watcher of this.watchers) {
      if (watcher.waitingSince !== undefined || watcher.behindFrom !== undefined) continue;
      if (watcher.response.writableNeedDrain) watcher.behindFrom = before;
      else write(watcher, bytes);
    }
  }
}

export const textOf = (events: readonly LogEvent[]): string => events.map(({ text }) => text).join('');

export const write = ({ response }: Watcher, text: string | Buffer): void => {
  if (text.length > 0) response.write(text);
};
