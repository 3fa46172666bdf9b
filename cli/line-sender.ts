/** A way for lines to the event topic. */
import type { RefusedLine } from './refused-lines.js';

export interface WholeLine {
  readonly number: number;
  readonly bytes: Buffer;
}

export interface LineSender {
  /** Resolves with what was refused when everything else is acknowledged; rejects where it cannot be sent. */
  send(lines: readonly WholeLine[]): Promise<readonly RefusedLine[]>;
  close(): Promise<void>;
}
