/**
 * The room that requests have in the intake's memory, from their first byte to Kafka's acknowledgement.
 *
 * Above the limit a sender is told to come again instead of waiting in memory. A request that is larger than all of it is taken
 * when it is alone, so that no limit keeps out for ever what the protocol allows.
 */
import { TooBusy } from './intake-errors.js';

export class Room {
  private held = 0;

  constructor(private readonly maxBytes: number) {}

  /** Bytes that requests hold now. */
  get bytes(): number {
    return this.held;
  }

  /** A request's part, empty at first. */
  open(): Portion {
    let own = 0;
    const requireRoom = (bytes: number): void => {
      const others = this.held - own;
      if (others > 0 && this.held + bytes > this.maxBytes)
        throw new TooBusy('more is under way than there is room for');
    };
    return {
      requireRoom,
      grow: (bytes) => {
        requireRoom(bytes);
        own += bytes;
        this.held += bytes;
      },
      release: () => {
        this.held -= own;
        own = 0;
      },
    };
  }

  /** Holds room for the bytes while they are handled. Throws `TooBusy` where there is none. */
  async within<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const portion = this.open();
    try {
      portion.grow(bytes);
      return await work();
    } finally {
      portion.release();
    }
  }
}

export interface Portion {
  /** Throws `TooBusy` where there is no room for so many bytes more. */
  requireRoom(bytes: number): void;
  /** Takes so many bytes more. Throws `TooBusy` where there is no room for them. */
  grow(bytes: number): void;
  release(): void;
}
