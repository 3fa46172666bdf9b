package vn.duan5.tonghop.peer;

import java.time.Duration;

/**
 * When what has changed is sent on: as soon as nothing more comes for a while, and at the latest after some time.
 *
 * <p>Streams' caches do this for tables, whose key is the record's; here one event changes ten windows and a month.
 */
final class Pace {
  /** How often to ask. */
  static final Duration TICK = Duration.ofMillis(50);

  private final int quietTicks;
  private final long atMostMs;
  private boolean isWaiting;
  private int ticksSinceChange;
  private long sentAt;

  Pace(int quietTicks, Duration atMost) {
    this.quietTicks = quietTicks;
    this.atMostMs = atMost.toMillis();
  }

  void changed() {
    isWaiting = true;
    ticksSinceChange = 0;
  }

  /** Asked once a tick; where the answer is yes, everything that waits is to be sent now. */
  boolean isDue(long now) {
    if (!isWaiting) {
      sentAt = now;
      return false;
    }
    ticksSinceChange += 1;
    if (ticksSinceChange <= quietTicks && now - sentAt < atMostMs) return false;
    sentAt = now;
    isWaiting = false;
    return true;
  }
}
